"""What is pasted reaches the app as one text, whatever stands in it.

The framework's parser looks for keys and ends inside of a paste, too: an escape in it, of coloured
output say, cut the paste in two and made keys of the rest. So a paste is taken out of the input,
without escape sequences, and is handed to the parser when it is whole.
"""

import re
import sys
from collections.abc import Iterable
from time import monotonic

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
"""Bracketed paste (xterm, "Bracketed Paste Mode")."""
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI (ECMA-48, 5.4)
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, PM, APC, SOS and their end
    r"|\x1b(?:[!-/]*[0-~])?"
)

_ALT = re.compile(r"\x1b+[\r -@`{|}~]")
"""Alt and a digit or a sign, or Escape before it in one piece, which `apart` in `ui/terminal.py`
takes it for, as it does with letters. The framework drops the one, or makes another sign of it.
"""
_BEGINS = frozenset("\x1b[OP]_^X\\")
"""What goes on a sequence that Escape begins, though it may come later (over a slow line)."""


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
    """The framework's parser, which finds in a paste what may stand there.

    An Escape at the end of what was read waits here for what may go on with it: the framework would
    take whatever comes next, within a tenth of a second, for a part of it.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pastes = Pastes()
        self._escape_at: float | None = None

    def feed(self, data: str) -> Iterable[Message]:
        handed_on = self._pastes.through(data)
        if self._escape_at is not None and (handed_on or not data):
            self._escape_at = None
            if handed_on[:1] in _BEGINS:
                handed_on = f"\x1b{handed_on}"
            else:
                yield _escape()
        whole = handed_on.rstrip("\x1b")
        if escapes := len(handed_on) - len(whole):
            self._escape_at = monotonic()
        # Nothing is the end of the input to the framework.
        if whole or not data:
            yield from self._parsed(whole)
        yield from (_escape() for _ in range(escapes - 1))

    def tick(self) -> Iterable[Message]:
        if self._escape_at is not None and monotonic() - self._escape_at >= ESCAPE_DELAY:
            self._escape_at = None
            yield _escape()
        yield from super().tick()

    def _parsed(self, data: str) -> Iterable[Message]:
        at = 0
        for found in _ALT.finditer(data):
            sign = found.group()[-1]
            # One that stands before an Escape is a key of its own.
            yield from self._fed(data[at : found.start()])
            yield from (_escape() for _ in range(len(found.group()) - 2))
            if sign == "\r":
                yield _escape()
                yield from self._fed(sign)
            else:
                yield events.Key(f"alt+{_character_to_key(sign)}", sign)
            at = found.end()
        if at < len(data) or not data:
            yield from super().feed(data[at:])

    def _fed(self, data: str) -> Iterable[Message]:
        return super().feed(data) if data else ()


def _escape() -> events.Key:
    return events.Key("escape", "\x1b")


def use_in(driver: type[Driver]) -> None:
    """Have the module of `driver` parse its input by `PasteParser`: it has no other way in."""
    module = sys.modules[driver.__module__]
    if hasattr(module, "XTermParser"):
        module.XTermParser = PasteParser  # type: ignore[attr-defined]
