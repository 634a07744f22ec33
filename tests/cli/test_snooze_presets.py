"""What one key snoozes until in the app can be said to `later snooze`, and its help says how."""

from zoneinfo import ZoneInfo

import pytest

from later_tui.config.dates import calendar
from later_tui.domain.duration import read_duration
from later_tui.domain.reading import Reading
from later_tui.domain.window import Window
from later_tui.store.syncstore import SyncStore
from later_tui.ui.snoozing import PRESETS, read_until
from tests.cli.running import Run
from tests.making import made, now_ms

HOUR = 3_600_000


@pytest.mark.parametrize("preset", [words for _, words in PRESETS])
def test_each_can_be_said(later: Run, store: SyncStore, preset: str) -> None:
    said = preset if preset[-1] in "mhd" else f"until {preset}"
    assert said in " ".join(later("snooze", "--help").out.split())
    now = now_ms()
    name = store.add(made(Window(now, now + HOUR))).reminder_id
    assert later("snooze", name, *said.split()).code == 0
    reading = Reading(now, ZoneInfo("Europe/Zurich"), read_duration("2w"), calendar)
    assert 0 <= store.get(name).due_at - read_until(preset, reading) < 60_000
