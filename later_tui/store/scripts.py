"""The scripts that run inside Redis: each a `.lua` file with its keys written at its top."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from pathlib import Path

_FOLDER = Path(__file__).parent / "lua"


@dataclass(frozen=True, slots=True)
class Script:
    """A script's name, text and the SHA-1 by which EVALSHA knows it."""

    name: str
    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """Return the script `name`, with the shared functions of `lib.lua` before its own text."""
    text = "\n".join((_FOLDER / f"{part}.lua").read_text("utf-8") for part in ("lib", name))
    return Script(name, text, sha1(text.encode(), usedforsecurity=False).hexdigest())
