"""What the person's own editor is given, and what comes back: its command, a sheet, a file."""

import os
import shlex
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from later_tui.domain.errors import OutsideError

RULE = "-------- below this line nothing is kept --------"
_HELP = """\
The last line may say when and where it comes back:
  within 3d   by fri   after 2d within 2w   between 9-18   every week   at 18:00   #tag   !channel
Leave the thought empty to change nothing."""


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's command: VISUAL, or EDITOR, or vi. Raises OutsideError."""
    for name in ("VISUAL", "EDITOR"):
        if words := environ.get(name, "").strip():
            try:
                return shlex.split(words)
            except ValueError as error:
                said = f"${name} cannot be read ({error}); {name}=nano would work"
                raise OutsideError(said) from None
    return ["vi"]


def sheet(text: str) -> str:
    """Return what the editor opens: the words, and how to write them below a rule."""
    return f"{text}\n\n{RULE}\n{_HELP}\n"


def words_of(written: str) -> str:
    """Return the words of what the editor saved."""
    return written.partition(RULE)[0].strip()


def written(text: str) -> Path:
    """Return a new file with `text` in it that nobody else may read. Raises OutsideError."""
    path: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix="later-", suffix=".txt")
        path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        if path is not None:
            with suppress(OSError):
                path.unlink()
        why = (error.strerror or str(error)).lower()
        raise OutsideError(
            f"no file can be made for the editor in {_folder()} ({why}); "
            "make room there, or set TMPDIR"
        ) from error
    return path


def _folder() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:  # it looks for one that can be written to, and there is none
        return os.environ.get("TMPDIR", "/tmp")  # noqa: S108


def saved(path: Path) -> str:
    """Return all that is in the file now. Raises OutsideError."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError as error:
        raise OutsideError(
            f"what the editor saved cannot be read ({error.strerror}): nothing is changed"
        ) from error
