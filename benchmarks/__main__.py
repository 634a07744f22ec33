"""`python -m benchmarks [ROW …] [--quick] [--json PATH]`: measure, and print what is reached."""

import argparse
import signal
import sys
import time
from pathlib import Path

from benchmarks.measure import Figure
from benchmarks.rows import ROWS, row
from benchmarks.scale import FULL, QUICK
from benchmarks.table import line, machine, table, write


def main() -> int:
    """Measure the rows that are named, all by default; return the exit code."""
    about = "\n".join(f"  {name:<9} {row(name)[0]}" for name in ROWS)
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=f"Measure later against the floors of this machine.\n\nrows:\n{about}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help="which rows; all if none is named")
    parser.add_argument(
        "--quick", action="store_true", help="see that it runs; judge nothing by it"
    )
    parser.add_argument("--json", type=Path, metavar="PATH", help="write every round's figures too")
    options = parser.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    # A SIGTERM ends the servers and workers too, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    names = [name for name in ROWS if name in options.rows or not options.rows]
    before = machine()
    found: list[tuple[str, Figure]] = []
    for name in names:
        meaning, run = row(name)
        print(f"{name}: {meaning}", file=sys.stderr, flush=True)
        began = time.monotonic()
        found += [(name, figure) for figure in run(QUICK if options.quick else FULL)]
        print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(table([line(figure) for _, figure in found]))
    judged = [figure.reached for _, figure in found if figure.reached is not None]
    print(f"\n{sum(judged)} of {len(judged)} goals are reached.")
    said = ", ".join(f"{key} {value}" for key, value in before.items())
    print(f"Medians, and the range of the rounds. {said}")
    if options.quick:
        print("Quick: the sizes are too small to judge the goals by.")
    if options.json:
        write(options.json, before, found)
    return 0


sys.exit(main())
