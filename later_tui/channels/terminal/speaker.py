"""Tells one terminal of a reminder, in one of the ways that terminals know."""

from collections.abc import Callable, Mapping

from later_tui.channels import words
from later_tui.channels.base import Notification
from later_tui.channels.terminal import osc
from later_tui.domain.errors import UnavailableError

_BELL = "\a"
_REMEMBERED = 256
"""How many of the last notifications can be taken away."""


class Speaker:
    """Writes to a terminal by `write`. `environ` says what stands between: tmux, GNU screen."""

    def __init__(self, write: Callable[[str], None], environ: Mapping[str, str]) -> None:
        self._write = write
        self._environ = environ
        self._closable: dict[str, None] = {}

    def tell(self, way: str, notification: Notification, *, bell: bool = True) -> None:
        """Write the reminder: by "osc-99", "osc-777" or "osc-9", as a "line", or only the "bell".

        Raises UnavailableError: the terminal went away; and what `write` raises of its own.
        """
        title, thought = words.title(notification), words.line(notification)
        ring = _BELL if bell else ""
        match way:
            case "osc-99":
                identifier = _identifier(notification.reminder_id)
                self._put(self._wrapped(osc.osc_99(identifier, title, thought)) + ring)
                self._remember(notification.reminder_id)
            case "osc-777":
                self._put(self._wrapped(osc.osc_777(title, thought)) + ring)
            case "osc-9":
                self._put(self._wrapped(osc.osc_9(f"{title}: {thought}")) + ring)
            case "line":
                # Over what stands there, as write(1) does, and the cursor at a line's beginning.
                self._put(f"{ring}\r\n{title}: {thought}\r\n")
            case _:
                self._put(_BELL)

    def take_away(self, reminder_id: str) -> None:
        """Take the notification away where the terminal can: where it was told by OSC 99."""
        if reminder_id in self._closable:
            del self._closable[reminder_id]
            self._put(self._wrapped(osc.osc_99_close(_identifier(reminder_id))))

    def _remember(self, reminder_id: str) -> None:
        self._closable[reminder_id] = None
        while len(self._closable) > _REMEMBERED:
            del self._closable[next(iter(self._closable))]

    def _put(self, sequence: str) -> None:
        try:
            self._write(sequence)
        except (OSError, ValueError) as error:
            raise UnavailableError("the terminal went away") from error

    def _wrapped(self, sequence: str) -> str:
        if self._environ.get("TMUX"):
            return osc.through_tmux(sequence)
        if self._environ.get("STY"):
            return osc.through_screen(sequence)
        return sequence


def _identifier(reminder_id: str) -> str:
    safe = "".join(char for char in reminder_id if char.isascii() and char.isalnum())
    return f"later-{safe}"
