"""Doctor: the repair of the private server's damaged data, on consent."""

import argparse
import sys

from later_tui.cli.doctor_report import Report
from later_tui.cli.output import complain, is_terminal
from later_tui.config.settings import Settings
from later_tui.domain.errors import ServerError
from later_tui.domain.inert import one_line
from later_tui.store import damage
from later_tui.store.checkup import problem
from later_tui.store.damage import Damage, DamagedDataError
from later_tui.store.wording import count


def repaired(
    chosen: Settings, error: DamagedDataError, options: argparse.Namespace, report: Report
) -> bool:
    """Repair the data if that was asked for and agreed to; say what came of it."""
    folder = chosen.data_dir / "server"
    try:
        found = damage.examine(folder)
        lost = f"{count(found.lost, 'byte')} of {found.size:,} cannot be read and would be lost"
        if not options.fix:
            report.found(problem("server", str(error), lost))
            return False
        if not (options.yes or _agreed(found)):
            todo = f"{lost}; agree on a terminal, or with `later doctor --fix --yes`"
            report.found(problem("server", str(error), todo))
            return False
        done, copy = damage.repair(folder)
    except ServerError as trouble:
        report.found(problem("server", str(error), str(trouble)))
        return False
    report.did(
        f"cut {count(done.lost, 'byte')} of {done.size:,} off {one_line(str(done.path))}: what was "
        f"kept in them is lost here; the whole is still in {one_line(str(copy))}"
    )
    return True


def _agreed(found: Damage) -> bool:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return False
    complain(
        f"the repair cuts {count(found.lost, 'byte')} of {found.size:,} off the end of the data: "
        "what was kept in them is lost; the copy stays. Repair it? [y/N]"
    )
    return sys.stdin.readline().strip().lower() in ("y", "yes")
