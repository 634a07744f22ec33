"""The command `later`: finds the command that is meant, and turns every end into an exit code.

0: done. 1: something outside failed. 2: what was given cannot be used. 130: interrupted.
"""

import os
import sys
from collections.abc import Sequence

from later_tui.cli import commands
from later_tui.cli.output import OutputError, complain, flush
from later_tui.domain.errors import LaterError

INTERRUPTED = 130
PIPE_CLOSED = 141
"""128 + SIGPIPE, as a shell says it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `later` with the arguments (those of the process by default); return the exit code."""
    try:
        code = commands.run(list(sys.argv[1:] if argv is None else argv))
        flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return PIPE_CLOSED
    except OutputError as error:
        _forget_output()
        complain(str(error))
        return error.exit_code
    except LaterError as error:
        complain(str(error))
        return error.exit_code
    except SystemExit as end:  # argparse has printed what was asked for
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:  # noqa: BLE001  (the last line of defence; it is logged and told)
        from later_tui.cli.crash import report

        complain(report(error))
        return 1
    return code


def _forget_output() -> None:
    """Point standard output nowhere, lest the interpreter complains when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None
