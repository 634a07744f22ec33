"""What is pasted reaches the app as one text, whatever stands in it.

The framework's parser looks for keys and ends inside of a paste, too: an escape in it, of coloured
output say, cut the paste in two and made keys of the rest. So a paste is taken out of the input,
without escape sequences, and is handed to the parser when it is whole.
"""

import re
import sys
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
"""Bracketed paste (xterm, "Bracketed Paste Mode")."""
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI (ECMA-48, 5.4)
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, PM, APC, SOS and their end
    r"|\x1b(?:[!-/]*[0-~])?"
)

_ESCAPE = re.compile(r"\x1b(?=[ -@`{|}~])")
"""Escape, and a digit or a sign in one piece with it: no sequence that a terminal sends begins so.
The framework would drop the one or change the other; for a letter see `ui/terminal.py`."""


class Pastes:
    """Follows the input, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._pasted: list[str] | None = None
        self._tail = ""

    def through(self, data: str) -> str:
        """Return `data` as it is handed on: what is pasted is held until it is whole."""
        out = ""
        while data:
            if self._pasted is None:
                start = (self._tail + data).find(START)
                if start < 0:
                    self._tail = (self._tail + data)[-len(START) + 1 :]
                    return out + data
                behind = start + len(START) - len(self._tail)
                out, data = out + data[:behind], data[behind:]
                self._pasted, self._tail = [], ""
            else:
                seam = self._tail + data
                self._pasted.append(data)
                if END not in seam:
                    self._tail = seam[-len(END) + 1 :]
                    return out
                text, _, data = "".join(self._pasted).partition(END)
                out += without_sequences(text) + END
                self._pasted, self._tail = None, ""
        return out


def without_sequences(text: str) -> str:
    """Return `text` without escape sequences: nothing in it is more than a character."""
    return _SEQUENCE.sub("", text)


class PasteParser(XTermParser):
    """The framework's parser, which finds in a paste what may stand there."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pastes = Pastes()

    def feed(self, data: str) -> Iterable[Message]:
        *before, last = _ESCAPE.split(self._pastes.through(data))
        for part in before:
            if part:
                yield from super().feed(part)
            yield events.Key("escape", "\x1b")
        # Nothing is the end of the input to the framework.
        if last or not data:
            yield from super().feed(last)


def use_in(driver: type[Driver]) -> None:
    """Have the module of `driver` parse its input by `PasteParser`: it has no other way in."""
    module = sys.modules[driver.__module__]
    if hasattr(module, "XTermParser"):
        module.XTermParser = PasteParser  # type: ignore[attr-defined]
