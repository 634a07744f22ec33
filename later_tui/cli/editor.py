"""Words written in the person's own editor, as `E` in the app has them written."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from later_tui.domain.errors import LaterError, OutsideError


@contextmanager
def edited(text: str) -> Iterator[str]:
    """Have the person edit `text`, and yield the words that were saved.

    Their file is removed at the end; where what is done with them fails it stays, and the error
    names it. Raises OutsideError: there is no editor, it failed, or there is no room for the file.
    """
    from later_tui.ui.editor import command, sheet, words_of

    args = command(os.environ)
    path = _written(sheet(text))
    words, stays = "", False
    try:
        code = _ended([*args, str(path)])
        words = words_of(_read(path))
        if code:
            raise OutsideError(f"{args[0]} ended with {code}: nothing is changed")
        yield words
    except BaseException as error:
        stays = words not in ("", text.strip())
        if stays and isinstance(error, LaterError):
            error.args = (f"{error}; what was written is in {path}",)
        raise
    finally:
        if not stays:
            path.unlink(missing_ok=True)


def _written(text: str) -> Path:
    """Return a file with `text` in it that nobody else may read. Raises OutsideError."""
    try:
        handle, name = tempfile.mkstemp(prefix="later-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutsideError(
            f"no file can be made for the editor: {(error.strerror or str(error)).lower()}"
        ) from error
    return Path(name)


def _ended(args: Sequence[str]) -> int:
    """Run the editor; return its exit code. Raises OutsideError where it cannot be run."""
    # Ctrl+C is the editor's while it has the terminal; ignored, it would be so there, too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(args, check=False).returncode  # noqa: S603  (the person's own)
    except OSError as error:
        raise OutsideError(
            f"{args[0]} cannot be run ({error.strerror}); EDITOR=nano would work"
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError as error:
        raise OutsideError(
            f"what the editor saved cannot be read ({error.strerror}): nothing is changed"
        ) from error
