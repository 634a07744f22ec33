"""`later worker`: deliver without the app."""

from later_tui.cli.parser import parser, settings

_DESCRIPTION = """\
Deliver what falls due, in the foreground, until SIGTERM or SIGINT; it logs to standard error. The
app has a worker of its own: this one is for a machine, or a time, without the app. Any number of
them may share one Redis."""
_EXAMPLES = """\
  later worker
  later --redis redis://example.org:6379/0 worker
  LATER_MAX_WORKERS=10 later worker"""


def run(argv: list[str]) -> int:
    """Deliver until told to end; return the exit code. Raises LaterError."""
    options = parser("worker", "[options]", _DESCRIPTION, _EXAMPLES).parse_args(argv)
    chosen = settings(options)
    from later_tui.worker.main import run as work

    return work(chosen)
