"""A short chaos run: nothing is lost, and nothing is sent twice that must not be."""

import pytest

from tests.chaos.run import chaos

LEASE_MS = 3000


@pytest.mark.parametrize("seed", [20, 26])
async def test_a_storm_of_kills_and_freezes_loses_nothing(seed: int) -> None:
    report = await chaos(seed, seconds=10, workers=3, reminders=600, lease_ms=LEASE_MS)
    print(report)
    assert sum(report.faults.values()) >= 3, str(report)
    assert (report.kept, report.lost, report.twice) == (600, 0, 0), str(report)
    # Against hanging: how long it takes, a run by hand says, on a machine with nothing else to do.
    assert report.longest_takeover_ms <= LEASE_MS + 30_000, str(report)
