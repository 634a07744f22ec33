"""What lies ahead is reckoned from windows alone; what is past is counted by its own day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.domain.draw import nth
from later_tui.domain.forecast import SLOTS, forecast
from later_tui.domain.hours import Hours
from later_tui.domain.outcomes import by_day, by_tag, outcome_of
from later_tui.domain.pictures import about, pictures
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Delivery, Origin, Reminder, State
from later_tui.domain.window import Window

ZURICH = ZoneInfo("Europe/Zurich")
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOON = int(datetime(2026, 11, 24, 12, tzinfo=ZURICH).timestamp() * 1000)
OPEN = Quiet(zone=ZURICH)
NIGHT = Quiet((Hours(22 * 60, 7 * 60),), zone=ZURICH)


def kept(window: Window, **changes: object) -> Reminder:
    base = Reminder(
        id="a",
        username="ada",
        text="call mum",
        channels=("desktop",),
        window=window,
        due_at=window.not_before,
        origin=Origin("mill", "~", 0),
    )
    return base._replace(**changes)  # type: ignore[arg-type]


def total(days: object) -> float:
    return sum(day.expected for day in days)  # type: ignore[attr-defined]


def test_the_chances_of_a_window_add_up_to_one_reminder() -> None:
    days = forecast([kept(Window(NOON, NOON + 3 * DAY))], NIGHT, NOON, 14)
    assert total(days) == pytest.approx(1)
    assert days[0].day == date(2026, 11, 24)
    assert sum(day.expected > 0 for day in days) == 4


def test_the_drawn_moment_changes_nothing() -> None:
    window = Window(NOON, NOON + 3 * DAY)
    early, late = (kept(window, due_at=NOON + ms, pick=ms) for ms in (1, 2 * DAY))
    assert forecast([early], NIGHT, NOON, 5) == forecast([late], NIGHT, NOON, 5)


def test_quiet_hours_are_none_and_a_night_without_windows_is_nought() -> None:
    days = forecast([kept(Window(NOON, NOON + DAY))], NIGHT, NOON, 3)
    for day in days:
        assert [at for at, slot in enumerate(day.slots) if slot is None] == [
            *range(14),
            *range(44, 48),
        ]
    assert days[2].expected == 0


def test_even_chances_are_even() -> None:
    (day, *_) = forecast([kept(Window(NOON, NOON + 10 * HOUR))], OPEN, NOON, 2)
    assert [slot for slot in day.slots if slot] == pytest.approx([0.05] * 20)


def test_what_did_not_come_by_now_comes_in_the_rest_of_its_window() -> None:
    (day, *_) = forecast([kept(Window(NOON - 9 * HOUR, NOON + HOUR))], OPEN, NOON, 1)
    assert [(at, slot) for at, slot in enumerate(day.slots) if slot] == [(24, 0.5), (25, 0.5)]


def test_what_is_overdue_is_expected_now_and_what_is_exact_at_its_time() -> None:
    days = forecast(
        [kept(Window(NOON - DAY, NOON - HOUR)), kept(Window(NOON + DAY, NOON + DAY))],
        NIGHT,
        NOON,
        2,
    )
    assert [(day.slots[24], day.expected) for day in days] == [(1, 1), (1, 1)]


def test_a_sample_stands_for_all_of_them() -> None:
    found = [kept(Window(NOON, NOON + DAY))] * 10
    shown = pictures(found, 1_000_000, [], 0, OPEN, NOON)
    assert shown.sampled
    assert total(shown.ahead) == pytest.approx(1_000_000)


@pytest.mark.parametrize(
    ("noon", "hours", "skipped"),
    [
        (datetime(2027, 3, 28, 12, tzinfo=ZURICH), 23, [4, 5]),
        (datetime(2026, 10, 25, 12, tzinfo=ZURICH), 25, []),
    ],
)
def test_a_day_of_a_clock_change_keeps_every_chance(
    noon: datetime, hours: int, skipped: list[int]
) -> None:
    midnight = int(noon.replace(hour=0).timestamp() * 1000)
    (day, *_) = forecast([kept(Window(midnight, midnight + hours * HOUR))], OPEN, midnight, 1)
    assert day.expected == pytest.approx(1)
    assert [at for at, slot in enumerate(day.slots) if slot is None] == skipped
    assert len(day.slots) == SLOTS


@given(
    start=st.integers(0, 20 * DAY),
    length=st.integers(1, 30 * DAY),
    seed=st.integers(0, 2**63 - 1),
)
def test_a_draw_falls_where_something_was_expected(start: int, length: int, seed: int) -> None:
    window = Window(NOON + start, NOON + start + length)
    spans = allowed(window, NIGHT)
    if not spans:
        return
    drawn = nth(spans, seed)
    days = forecast([kept(window)], NIGHT, NOON, 60)
    local = datetime.fromtimestamp(drawn / 1000, UTC).astimezone(ZURICH)
    day = next(one for one in days if one.day == local.date())
    assert (day.slots[local.hour * 2 + local.minute // 30] or 0) > 0
    assert total(days) == pytest.approx(1)


def past(state: State, back: int = 0, late: int | None = 0, **changes: object) -> Reminder:
    due = NOON - back * DAY - HOUR
    sent = () if late is None else (Delivery("desktop", State.DELIVERED, sent_at=due + late),)
    return kept(Window(due, due), state=state, settled_at=due + HOUR, deliveries=sent, **changes)


def test_each_outcome_is_counted_on_its_own_day() -> None:
    found = [
        past(State.DONE),
        past(State.RELEASED),
        past(State.DELIVERED, 1),
        past(State.FAILED, 1, None),
        past(State.UNKNOWN, 2),
        past(State.DONE, 40),
    ]
    days = by_day(found, NOON, ZURICH, 3)
    assert [day.day.day for day in days] == [22, 23, 24]
    assert [(d.outcome.done, d.outcome.released, d.outcome.waiting) for d in days] == [
        (0, 0, 1),
        (0, 0, 2),
        (1, 1, 0),
    ]


def test_a_day_begins_at_midnight_of_the_persons_zone() -> None:
    at = int(datetime(2026, 11, 23, 23, 30, tzinfo=ZURICH).timestamp() * 1000)
    days = by_day([kept(Window(at, at), state=State.DONE, settled_at=at)], NOON, ZURICH, 2)
    assert [day.outcome.done for day in days] == [1, 0]
    days = by_day(
        [kept(Window(at, at), state=State.DONE, settled_at=at)], NOON, ZoneInfo("Asia/Tokyo"), 2
    )
    assert [day.outcome.done for day in days] == [0, 1]


def test_lateness_counts_from_a_minute_on_and_only_of_what_was_sent() -> None:
    found = [past(State.DONE, late=ms) for ms in (0, 59_998, MINUTE + 2, HOUR)]
    (day,) = by_day([*found, past(State.RELEASED, late=None)], NOON, ZURICH, 1)
    assert (day.sent, day.late, day.lateness) == (4, 2, 60_000)


def test_tags_stand_by_use_and_what_has_none_comes_last() -> None:
    found = [
        past(State.DONE, tags=("home", "bike")),
        past(State.RELEASED, tags=("home",)),
        *[past(State.DONE)] * 3,
    ]
    told = by_tag(found)
    assert [(one.tag, one.outcome.total) for one in told] == [("home", 2), ("bike", 1), ("", 3)]


def test_what_came_back_more_than_once_is_told() -> None:
    assert outcome_of([past(State.DONE, round=2), past(State.DONE)]).again == 1


@pytest.mark.parametrize(
    ("expected", "words"),
    [(0, "–  "), (0.01, "<0.1"), (0.06, "0.1"), (9.94, "9.9"), (9.96, "10  "), (1234.6, "1,235  ")],
)
def test_an_expectation_is_said_as_exactly_as_it_deserves(expected: float, words: str) -> None:
    assert about(expected) == words


def test_it_is_known_how_many_the_days_hold_of_all() -> None:
    ahead = [kept(Window(NOON, NOON + DAY)), kept(Window(NOON + 20 * DAY, NOON + 21 * DAY))]
    shown = pictures(ahead, 2, [past(State.DONE), past(State.DONE, 80)], 2, NIGHT, NOON)
    assert (shown.expected, shown.upcoming) == (pytest.approx(1), 2)
    assert (shown.shown_behind, shown.looked_at, shown.quiet) == (1, 2, True)
