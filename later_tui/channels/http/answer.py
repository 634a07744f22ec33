"""What an HTTP server answered, and its words for the person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from later_tui.domain.inert import one_line

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and as much of the body as came."""

    status: int
    body: bytes = b""
    kind: str = ""
    """The media type that it says the body has, without parameters: "application/json"."""
    whole: bool = True
    """False when the body broke off, came too slowly, or is longer than what is read."""
    retry_after_ms: int | None = None
    """What its `Retry-After` asks for, ms from now."""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def title(self) -> str:
        """The status in words: "404 Not Found"."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)

    def table(self) -> dict[str, object]:
        """Return the JSON object in the body; an empty one where there is none."""
        if not self.whole:
            return {}
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def words(text: object, hide: Iterable[str] = ()) -> str:
    """Return what a server said in one short inert line, with nothing of `hide` in it.

    A server may say back what it was sent, and an error is kept and shown.
    """
    line = one_line(str(text)) if text is not None else ""
    for secret in hide:
        if secret:
            line = line.replace(secret, "…")
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
