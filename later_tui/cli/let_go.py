"""`later let-go`: answer that it is let go."""

from later_tui.cli.answer import run_plain
from later_tui.domain.reminder import Answer

_DESCRIPTION = """Let a reminder go: it was not worth it, and that is a success."""
_EXAMPLES = """\
  later let-go a3f9
  later let-go a3f9 b2c1
  later let-go --find '#work is:unanswered'"""


def run(argv: list[str]) -> int:
    """Answer; return the exit code. Raises LaterError."""
    return run_plain(argv, "let-go", Answer.LET_GO, _DESCRIPTION, _EXAMPLES)
