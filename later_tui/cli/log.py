"""`later log`: the last lines of what the app and the commands have logged."""

from later_tui.cli.output import complain, say, say_json
from later_tui.cli.parser import limit_of, parser, settings
from later_tui.cli.words import mended
from later_tui.domain.errors import OutsideError

LIMIT = 500
"""So many lines as the app shows."""

_DESCRIPTION = """\
Print the last lines of the log, the newest at the end: what went wrong in the app, and errors that
nobody foresaw. `later worker` logs to standard error instead."""
_EXAMPLES = """\
  later log
  later log --limit 20
  tail -f "$(later log --file)\""""


def run(argv: list[str]) -> int:
    """Print the log; return the exit code. Raises LaterError."""
    made = parser("log", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--limit", metavar="N", help=f"print at most N lines ({LIMIT} by default)")
    forms = made.add_mutually_exclusive_group()
    forms.add_argument("--file", action="store_true", help="print the path of the log instead")
    forms.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    limit = limit_of(options.limit) or LIMIT
    file = settings(options).log_file
    path = mended(str(file))
    if options.file:
        say(path)
        return 0
    from later_tui.ui.logbook import last_lines

    try:
        lines = last_lines(file, limit)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise OutsideError(f"the log {path} cannot be read: {why}") from None
    if options.json:
        say_json({"file": path, "lines": lines})
        return 0
    for line in lines:
        say(line)
    if not lines:
        complain(f"nothing has gone wrong yet; the log would be {path}")
    return 0
