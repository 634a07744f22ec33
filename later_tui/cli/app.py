"""`later` alone: the full-screen app, which needs a terminal."""

import gc
import os
import sys

from later_tui.cli.output import is_terminal
from later_tui.cli.parser import parser, settings
from later_tui.domain.errors import OutsideError

_ELSE = "to keep a thought without one use `later add …`, to deliver `later worker`"


def run(argv: list[str]) -> int:
    """Open the app. Raises OutsideError where there is no terminal for it."""
    gc.disable()  # until the first paint: it would find next to nothing, and look for 50 ms
    options = parser("", "[options]", "Open the app.", "  later").parse_args(argv)
    # What draws writes to standard error.
    if not all(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise OutsideError(f"the app needs a terminal, and this is none; {_ELSE}")
    if os.environ.get("TERM") in ("dumb", "unknown"):
        raise OutsideError(
            f"the app needs a terminal that can move its cursor, and TERM is "
            f"{os.environ['TERM']}; {_ELSE}"
        )
    chosen = settings(options)
    from later_tui.ui.run import run as open_app

    return open_app(chosen) or 0
