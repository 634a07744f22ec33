"""What passes between the app and the person's terminal besides what is drawn: sequences of
channels, the title, and keys that arrived in one piece with an escape.
"""

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.message import Message

from later_tui.domain.inert import one_line
from later_tui.ui.courtesy import Courtesy
from later_tui.ui.enduring import enduring
from later_tui.ui.pasting import use_in

SETTLED_S = 1.0
"""How long a key may take before the next one is handled regardless, s."""
CLEAR = "\x1b[2J"
"""ED: erases the whole screen, before it is drawn anew."""
PUSH_TITLE, POP_TITLE = "\x1b[22;0t", "\x1b[23;0t"
"""XTWINOPS of xterm: put the icon's and the window's title by, take them back."""


class Terminal:
    """Writes to the terminal while the app draws on one."""

    def __init__(self, *, titled: bool = False) -> None:
        """`titled` says whether `title` is shown, and the old one restored in the end."""
        self._driver: Driver | None = None
        self._titled = titled
        self._title = ""
        self.lent = False
        """Whether another program, an editor say, has the terminal."""
        self.alt_keys: frozenset[str] = frozenset()
        """The keys with Alt that mean something: those are not taken apart."""
        self.turns = Turns()
        self.courtesy = Courtesy()

    @property
    def attached(self) -> bool:
        """Whether there is a terminal to write to."""
        return self._driver is not None

    def write(self, sequence: str) -> None:
        """Write `sequence` between two frames; without a terminal it goes nowhere."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def title(self, words: str) -> None:
        """Show `words` as the terminal's title, if titles are wanted."""
        self._title = words
        if self._titled and words:
            self.write(title_sequence(words))

    def driver(self, base: type[Driver]) -> type[Driver]:
        """Return a driver class that works as `base` and lends its output to this object.

        Going through the driver keeps a sequence from landing in the middle of another one.
        """
        terminal = self
        use_in(base)

        class LendingDriver(enduring(base)):  # type: ignore[misc]
            def start_application_mode(self) -> None:
                super().start_application_mode()
                terminal._driver = self
                terminal.lent = False
                if terminal._titled:
                    terminal.write(PUSH_TITLE)
                    terminal.title(terminal._title)

            def stop_application_mode(self) -> None:
                if terminal._titled:
                    terminal.write(POP_TITLE)
                terminal._driver = None
                terminal.lent = True
                super().stop_application_mode()

            def process_message(self, message: Message) -> None:
                # In the thread that reads: what is typed meanwhile keeps its place.
                for one in apart(message, terminal.alt_keys):
                    if isinstance(one, events.Key | events.Paste):
                        terminal.courtesy.key()
                        terminal.turns.wait()
                    super().process_message(one)
                    if isinstance(one, events.Key):
                        terminal.turns.took(one, self._app, self._loop)

        return LendingDriver


class Turns:
    """Sees to it that a key finds the focus where the key before it has put it.

    Keys typed quickly, or sent in one piece by a slow line, are read at once; the framework hands
    each to whatever has the focus then. So "a" and a word would be a word of commands.
    """

    def __init__(self) -> None:
        self._last: Future[None] | None = None

    def took(self, key: events.Key, app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
        """Note that a key was handed on. A letter into a text moves no focus."""
        focused = app.focused
        if focused is None or not focused.check_consume_key(key.key, key.character):
            with suppress(RuntimeError):  # the loop has ended
                self._last = asyncio.run_coroutine_threadsafe(settled(app), loop)

    def wait(self) -> None:
        """Wait, not in the loop's thread, until the last key has done what it does."""
        last, self._last = self._last, None
        if last is not None:
            with suppress(TimeoutError, CancelledError):
                last.result(SETTLED_S)


def apart(message: Message, alt_keys: Iterable[str] = ()) -> Iterator[Message]:
    """Yield `message`; as two keys, if it is an escape and a key that arrived in one piece.

    Without the keyboard protocol of newer terminals, Alt and a letter is the same two bytes as
    Escape and that letter. Over a slow line, or from quick fingers, it was Escape.
    """
    if (
        isinstance(message, events.Key)
        and message.key.startswith("alt+")
        and message.key not in alt_keys
        and message.character is not None  # the newer protocol sends none: there it is Alt
    ):
        yield events.Key("escape", "\x1b")
        yield events.Key(_character_to_key(message.character), message.character)
    else:
        yield message


async def settled(app: App[Any]) -> None:
    """Return when what a key has begun has gone from the focused widget up to the app, and back.

    A key is for whoever has the focus, and the one before may have moved it.
    """
    for _ in range(2):
        for node in (app.focused or app.screen).ancestors_with_self:
            done = asyncio.Event()
            node.call_later(done.set)
            await done.wait()


def title_sequence(words: str) -> str:
    """Return what sets the title (OSC 2), with nothing in `words` that could end it."""
    return f"\x1b]2;{one_line(words)}\x07"
