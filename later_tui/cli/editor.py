"""Words written in the person's own editor, as `E` in the app has them written."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from later_tui.domain.errors import LaterError, OutsideError


@contextmanager
def edited(text: str) -> Iterator[str]:
    """Have the person edit `text`, and yield the words that were saved.

    Their file is removed at the end; where what is done with them fails it stays, and the error
    names it. Raises OutsideError: there is no editor, it failed, or there is no room for the file.
    """
    from later_tui.ui.sheet import command, saved, sheet, words_of, written

    args = command(os.environ)
    path = written(sheet(text))
    words, stays = "", False
    try:
        code = _ended([*args, str(path)])
        words = words_of(saved(path))
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
