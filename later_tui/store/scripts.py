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


_PARTS = {
    "follow": ("room", "add"),
    **{name: ("room", name) for name in ("arm", "beat", "renew", "resend")},
    **{name: ("room", name) for name in ("adopt", "mend", "set_aside", "trim")},
    **{name: ("room", "after", name) for name in ("claim", "settle")},
    # What a person does can be taken back.
    **{name: ("room", "remember", name) for name in ("answer", "reschedule", "undo")},
}
"""The scripts that work on a full server, too; `follow` is `add` for the next of a series, without
which the delivery of the one before could not be settled."""


@cache
def script(name: str) -> Script:
    """Return the script `name`, with the shared functions of `lib.lua` before its own text."""
    parts = ("lib", *_PARTS.get(name, (name,)))
    text = "\n".join((_FOLDER / f"{part}.lua").read_text("utf-8") for part in parts)
    return Script(name, text)
