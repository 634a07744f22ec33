"""Words written in the person's own editor, while the app keeps working behind it."""

import asyncio
import os
import shlex
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from textual.app import App, SuspendNotSupported

from later_tui.domain.errors import OutsideError

RULE = "-------- below this line nothing is kept --------"
_HELP = """\
The last line may say when and where it comes back:
  within 3d   by fri   after 2d within 2w   between 9-18   every week   at 18:00   #tag   !channel
Leave the thought empty to change nothing."""


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's command: VISUAL, or EDITOR, or vi. Raises OutsideError."""
    words = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    try:
        found = shlex.split(words)
    except ValueError as error:
        raise OutsideError(f"$EDITOR cannot be read ({error}); EDITOR=nano would work") from None
    return found or ["vi"]


def sheet(text: str) -> str:
    """Return what the editor opens: the words, and how to write them below a rule."""
    return f"{text}\n\n{RULE}\n{_HELP}\n"


def words_of(written: str) -> str:
    """Return the words of what the editor saved."""
    return written.partition(RULE)[0].strip()


async def edited(app: App[None], text: str) -> str:
    """Let the person edit `text` in the editor and return what became of it.

    The app's tasks go on meanwhile; nothing is drawn. Raises OutsideError: there is no editor, it
    failed, or the terminal cannot be lent.
    """
    args = command(os.environ)
    path = await asyncio.to_thread(_written, sheet(text))
    try:
        code = await _run(app, [*args, str(path)])
        if code:
            raise OutsideError(f"{args[0]} ended with {code}: nothing is changed")
        return words_of(await asyncio.to_thread(path.read_text, "utf-8", "replace"))
    finally:
        with suppress(OSError):
            await asyncio.to_thread(path.unlink)


def _written(text: str) -> Path:
    """Return a file with `text` in it that nobody else may read."""
    handle, name = tempfile.mkstemp(prefix="later-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


async def _run(app: App[None], args: list[str]) -> int:
    try:
        with app.batch_update(), app.suspend():
            process = await asyncio.create_subprocess_exec(*args)
            return await process.wait()
    except SuspendNotSupported:
        raise OutsideError("this terminal cannot be lent to an editor; `e` edits here") from None
    except OSError as error:
        raise OutsideError(
            f"{args[0]} cannot be run ({error.strerror}); EDITOR=nano later would work"
        ) from None
