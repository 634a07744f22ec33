"""`later doctor`: is everything well, and what to do where it is not."""

import argparse
from typing import TYPE_CHECKING

from later_tui.cli.doctor_report import Report
from later_tui.cli.parser import parser, settings
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError, LaterError, RefusedError, ServerError
from later_tui.store.checkup import problem
from later_tui.store.damage import DamagedDataError
from later_tui.store.wording import count

if TYPE_CHECKING:
    from later_tui.store.claims import WorkerInfo

_DESCRIPTION = """\
Check the server, the workers, everything that is kept, the channels, your own keys and themes, and
the files, and say for each what is wrong with it and what to do. It never shows a drawn moment.

--fix mends what is safe: it puts reminders back where they belong, takes out entries without a
record, corrects the modes of files, and repairs the damaged data of the private server once you
agree. It never deletes a text."""
_EXAMPLES = """\
  later doctor
  later doctor --fix
  later doctor --json | jq '.checks[] | select(.level != "ok")'"""


def run(argv: list[str]) -> int:
    """Check everything; return 1 if there is a problem, else 0. Raises ConfigError."""
    made = parser("doctor", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--fix", action="store_true", help="mend what is safe, and say what was done")
    made.add_argument("--yes", action="store_true", help="agree to the repair of damaged data")
    made.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    report = Report()
    chosen = _settings(options, report)
    workers = _check_store(chosen, options, report)
    from later_tui.cli import doctor_files
    from later_tui.cli.doctor_app import app
    from later_tui.cli.doctor_channels import channels

    for finding in (*channels(chosen, workers), *app(chosen)):
        report.found(finding)
    doctor_files.check(chosen, report, fix=options.fix)
    return report.tell(as_json=options.json)


def _settings(options: argparse.Namespace, report: Report) -> Settings:
    try:
        return settings(options)
    except ConfigError:
        from later_tui.cli.doctor_files import mend_config

        if not (options.fix and mend_config(options.config, report)):
            raise
        return settings(options)


def _way_out(error: LaterError) -> str:
    """Return what to do about a server that cannot be used; empty where the error says it."""
    if isinstance(error, RefusedError):
        return "mend the settings of [redis]"
    if isinstance(error, ServerError):  # of the private one
        return "" if ": " in str(error) else "`later log` tells where its log is"
    return "start it, or mend the settings of [redis]"


def _check_store(
    chosen: Settings, options: argparse.Namespace, report: Report
) -> "tuple[WorkerInfo, ...]":
    """Check the server and what is on it; a damaged private one is repaired on consent.

    Return the workers that are alive; none where the server cannot be asked.
    """
    from later_tui.cli.doctor_store import check

    try:
        return check(chosen, report, fix=options.fix).workers
    except DamagedDataError as error:
        damage = error
    except LaterError as error:
        report.found(problem("server", str(error), _way_out(error)))
        return ()
    from later_tui.cli.doctor_repair import repaired

    if repaired(chosen, damage, options, report):
        try:
            kept = check(chosen, report, fix=options.fix)
            there = count(kept.reminders, "reminder")
            report.did(f"the private server starts again: {there} are there")
            return kept.workers
        except LaterError as error:
            report.found(problem("server", str(error), "look into the server's log"))
    return ()
