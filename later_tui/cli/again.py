"""`later again`: answer that it shall come back, at a fresh random moment."""

from later_tui.cli.answer import run_plain
from later_tui.domain.reminder import Answer

_DESCRIPTION = """\
Bring a reminder back: a fresh draw in a window as long as its last one, from now. One that had an
exact time gets the default window."""
_EXAMPLES = """\
  later again a3f9
  later again a3f9 b2c1
  later again --find '#work is:unanswered'"""


def run(argv: list[str]) -> int:
    """Answer; return the exit code. Raises LaterError."""
    return run_plain(argv, "again", Answer.AGAIN, _DESCRIPTION, _EXAMPLES)
