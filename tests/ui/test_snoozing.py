"""The usual times of the snooze prompt, and the line for another one."""

from datetime import datetime

import pytest

from later_tui.config.dates import calendar
from later_tui.config.settings import Settings
from later_tui.domain.clock import ManualClock
from later_tui.domain.duration import read_duration
from later_tui.domain.reading import Reading
from later_tui.store.asyncstore import Store
from later_tui.ui.screens.snooze import EXAMPLES, LINE, SnoozeScreen
from later_tui.ui.snoozing import MINUTE, PRESETS, usual_times
from tests.ui.conftest import Open
from tests.ui.stage import DAY, ZONE, Thought, new, rest, session, until
from tests.widgets.showing import letters, shown


def ms(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZONE).timestamp() * 1000)


EVENING = ms("2026-11-28T20:41")
"""A Saturday."""


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", range(22, 29))
def test_they_are_in_the_order_of_their_moments(day: int, hour: int) -> None:
    reading = Reading(ms(f"2026-11-{day}T{hour:02}:41"), ZONE, read_duration("2w"), calendar)
    times = usual_times(reading)
    assert [one.at for one in times] == sorted(one.at for one in times)
    assert len({one.at // MINUTE for one in times}) == len(PRESETS)
    sunday = day == 22
    usual = {line for _, line in PRESETS}
    assert {one.line for one in times} == usual ^ ({"mon 9:00", "1w"} if sunday else set())


def test_an_evening_that_is_over_is_tomorrows() -> None:
    words = [
        one.words for one in usual_times(Reading(EVENING, ZONE, read_duration("2w"), calendar))
    ]
    assert words[2:] == ["tomorrow morning", "tomorrow evening", "next Monday", "in 3 days"]


async def test_a_key_takes_the_time_that_stands_beside_it(
    running: Open, store: Store, settings: Settings
) -> None:
    mum = new(Thought(text="call mum", ends=9 * DAY))
    await store.add(mum)
    async with running(session=session(settings, EVENING)) as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        assert "3  tomorrow morning  Sun 29 Nov 09:00" in shown(app)
        assert "4  tomorrow evening  Sun 29 Nov 18:00" in shown(app)
        await pilot.press("4")
        await until(pilot, lambda: not isinstance(app.screen, SnoozeScreen))
        await rest(pilot)
        assert (await store.get(mum.id)).due_at == ms("2026-11-29T18:00")


@pytest.mark.parametrize(("key", "comes"), [("2", "2026-11-28T18:19"), ("1", "2026-11-29T18:00")])
async def test_it_takes_it_though_time_passes_unless_it_is_over(
    running: Open, store: Store, settings: Settings, key: str, comes: str
) -> None:
    mum = new(Thought(text="call mum", ends=9 * DAY))
    await store.add(mum)
    begun = session(settings, ms("2026-11-28T17:59"))
    async with running(session=begun) as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        assert "1  in the evening    Sat 28 Nov 18:00" in shown(app)
        assert "2  in 20 minutes     Sat 28 Nov 18:19" in shown(app)
        assert isinstance(begun.clock, ManualClock)
        begun.clock.advance(2 * MINUTE)
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(app.screen, SnoozeScreen))
        await rest(pilot)
        assert (await store.get(mum.id)).due_at == ms(comes)


@pytest.mark.parametrize("size", [(60, 16), (110, 30)])
async def test_the_times_can_be_clicked(
    running: Open, store: Store, settings: Settings, size: tuple[int, int]
) -> None:
    mum = new(Thought(text="call mum", ends=9 * DAY))
    await store.add(mum)
    async with running(session=session(settings, EVENING), size=size) as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        await pilot.click(".panel", offset=(4, 0))  # its frame is no time
        await rest(pilot)
        assert isinstance(app.screen, SnoozeScreen)
        await pilot.click(".presets", offset=(4, 3))
        await until(pilot, lambda: not isinstance(app.screen, SnoozeScreen))
        await rest(pilot)
        assert (await store.get(mum.id)).due_at == ms("2026-11-29T18:00")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_the_line_to_type_in_has_a_frame(
    running: Open, store: Store, size: tuple[int, int]
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running(size=size) as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        told = shown(app).splitlines()
        [at] = [row for row, line in enumerate(told) if LINE in line]
        assert "╭" in told[at]
        assert EXAMPLES in told[at + 1]
        assert "╰" in told[at + 2]
        await pilot.press("t", *letters("20 past no time that anybody can read"), "enter")
        await rest(pilot)
        assert "esc back" in shown(app)
        assert " 6  " in shown(app)


async def test_enter_is_offered_where_the_line_can_be_read(running: Open, store: Store) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running() as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        assert "t type a time" in shown(app)
        assert "enter snooze" not in shown(app)
        for typed, offered in (("t", False), ("2", False), ("h", True), ("x", False)):
            await pilot.press(typed)
            await rest(pilot)
            assert ("enter snooze" in shown(app)) == offered, typed
            assert "type a time" not in shown(app)


async def test_in_a_tiny_terminal_the_line_takes_the_place_of_the_usual_times(
    running: Open, store: Store
) -> None:
    await store.add(new(Thought(text="call mum")))
    async with running(size=(40, 8)) as (app, pilot):
        await pilot.press("s")
        await rest(pilot)
        assert "1  in 20 minutes" in shown(app)
        await pilot.press("t", "2", "h")
        await rest(pilot)
        assert "1  in 20 minutes" not in shown(app)
        assert "in 2 hours" in shown(app)
        assert "enter snooze" in shown(app)
