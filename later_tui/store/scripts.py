"""The scripts that run inside Redis: each a `.lua` file with its keys written at its top."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_FOLDER = Path(__file__).parent / "lua"


@dataclass(frozen=True)
class Script:
    """A script's name and text."""

    name: str
    text: str

    @cached_property
    def sha(self) -> str:
        """The SHA-1 by which EVALSHA knows it."""
        from hashlib import sha1  # a short command sends the whole text and needs none

        return sha1(self.text.encode(), usedforsecurity=False).hexdigest()


@cache
def script(name: str) -> Script:
    """Return the script `name`, with the shared functions of `lib.lua` before its own text."""
    text = "\n".join((_FOLDER / f"{part}.lua").read_text("utf-8") for part in ("lib", name))
    return Script(name, text)
