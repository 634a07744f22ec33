"""`later done`: answer that it is done."""

from later_tui.cli.answer import run_plain
from later_tui.domain.reminder import Answer

_DESCRIPTION = """Say that a reminder is done, before or after it came."""
_EXAMPLES = """\
  later done a3f9
  later done a3f9 b2c1
  later done --find '#work is:unanswered'"""


def run(argv: list[str]) -> int:
    """Answer; return the exit code. Raises LaterError."""
    return run_plain(argv, "done", Answer.DONE, _DESCRIPTION, _EXAMPLES)
