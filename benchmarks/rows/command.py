"""The wall time of `later add` while a server runs: ≤ 0.6 × `python -c "import redis"`."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Figure, Goal, in_turn, seconds
from benchmarks.processes import environment, later
from benchmarks.scale import Scale
from later_tui.store.embedded import EmbeddedServer

ADD = ("add", "ask the neighbours about the bicycle", "within", "3d")


def run(scale: Scale) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="later-bench-") as name:
        folder = Path(name)
        given = environment(folder, LATER_DATA_DIR=str(folder))
        # No channel is installed besides the usual ones: each costs the search for it.
        del given["PYTHONPATH"]
        server = EmbeddedServer(folder)
        server.join()
        try:
            sides = ([*later(), *ADD], [sys.executable, "-c", "import redis"])
            values, floors = in_turn(
                scale.commands, *(_timed(words, given, folder) for words in sides)
            )
        finally:
            server.leave()
    goal = Goal("at most", 0.6)
    yield Figure("`later add`", "private, always", "ms", values, floors, goal)


def _timed(words: Sequence[str], given: dict[str, str], folder: Path):  # type: ignore[no-untyped-def]
    def once() -> float:
        return 1000 * seconds(
            lambda: subprocess.run(words, env=given, cwd=folder, check=True, capture_output=True)
        )

    once()  # the files are in the page cache from here on
    return once
