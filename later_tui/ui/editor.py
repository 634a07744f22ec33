"""Words written in the person's own editor, while the app keeps working behind it."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from textual.app import App, SuspendNotSupported

from later_tui.domain.errors import OutsideError
from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.ui.sheet import command, saved, sheet, words_of, written

_MOST_BYTES = MAX_TEXT_BYTES + 1_024
"""Of a thought with all that says when and where it comes back."""
_HANG_UP_S = 1.0
"""How long the editor may take to end when the app does, s."""


class Editor:
    """Lends the terminal to the person's editor, and knows which files were left behind by it."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._left: list[Path] = []
        self.lent = False
        """Whether the editor has the terminal now: what is typed there is meant for it."""

    @property
    def left(self) -> list[Path]:
        """The files with what was written in the editor and was not taken over."""
        return [path for path in self._left if path.exists()]

    async def edited(self, text: str) -> str:
        """Let the person edit `text` in the editor and return what became of it.

        The app's tasks go on meanwhile; nothing is drawn. A file whose words are not returned is
        left where it is: when this is cancelled, too. Raises OutsideError: there is no editor, it
        failed, there is no room for its file, or the terminal cannot be lent.
        """
        args = command(os.environ)
        path = await asyncio.to_thread(written, sheet(text))
        self._left.append(path)
        try:
            code = await self._lend([*args, str(path)])
        except OutsideError:
            await self._remove(path)
            raise
        words = words_of(await asyncio.to_thread(saved, path))
        problem = f"{args[0]} ended with {code}" if code else _too_long(words)
        if problem and words != text.strip():
            raise OutsideError(f"{problem}: nothing is changed; what was written is in {path}")
        await self._remove(path)
        if problem:
            raise OutsideError(f"{problem}: nothing is changed")
        return words

    async def _lend(self, args: Sequence[str]) -> int:
        outcome: int | OSError | asyncio.CancelledError = 0
        try:
            with self._app.batch_update(), self._app.suspend():
                self.lent = True
                # No error may end this block: the framework would not take the terminal back.
                outcome = await _ended(args)
        except SuspendNotSupported:
            raise OutsideError(
                "this terminal cannot be lent to an editor; `e` edits here"
            ) from None
        finally:
            self.lent = False
        if isinstance(outcome, OSError):
            raise OutsideError(
                f"{args[0]} cannot be run ({outcome.strerror}); EDITOR=nano later would work"
            ) from outcome
        if isinstance(outcome, asyncio.CancelledError):
            raise outcome
        return outcome

    async def _remove(self, path: Path) -> None:
        self._left.remove(path)
        with suppress(OSError):
            await asyncio.to_thread(path.unlink)


def _too_long(words: str) -> str:
    size = len(words.encode())
    if size <= _MOST_BYTES:
        return ""
    return f"that has {size:,} bytes, and a thought at most {MAX_TEXT_BYTES:,}"


async def _ended(args: Sequence[str]) -> int | OSError | asyncio.CancelledError:
    """Run the editor; return its exit code, or what has kept it from ending."""
    try:
        process = await asyncio.create_subprocess_exec(*args)
    except (OSError, asyncio.CancelledError) as error:
        return error
    try:
        return await process.wait()
    except asyncio.CancelledError as error:
        await _hang_up(process)
        return error


async def _hang_up(process: Process) -> None:
    """End the editor as a closed terminal would: most save then what they hold, beside the file."""
    with suppress(ProcessLookupError):
        process.send_signal(getattr(signal, "SIGHUP", signal.SIGTERM))
    with suppress(TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(_HANG_UP_S):
            await process.wait()
