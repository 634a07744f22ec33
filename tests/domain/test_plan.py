"""A draft becomes reminders with allowed spans, or is refused with what would work."""

from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from later_tui.domain.draw import nth
from later_tui.domain.errors import BadInputError, WindowError
from later_tui.domain.grammar import Draft
from later_tui.domain.habits import Habits
from later_tui.domain.hours import Hours
from later_tui.domain.plan import plan
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Origin
from later_tui.domain.route import Route, read_route
from later_tui.domain.window import Span, Window

HOUR = 3_600_000
DAY = 24 * HOUR
BERLIN = ZoneInfo("Europe/Berlin")
ORIGIN = Origin("host", "~/src", 0)
NOTHING_QUIET = Quiet(zone=BERLIN)
NIGHTS = Quiet((Hours(22 * 60, 7 * 60),), zone=BERLIN)
WEEKENDS = Quiet((Hours(22 * 60, 7 * 60),), frozenset({5, 6}), zone=BERLIN)


def at(text, zone=BERLIN):
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()) * 1000


NOW = at("2027-06-03T12:00")  # a Thursday


def draft(window, **more):
    return Draft(**{"text": "call mum", "window": window, **more})


def planned(window, quiet=NOTHING_QUIET, now=NOW, **more):
    entropy = count(1)
    return plan(
        draft(window, **more),
        now=now,
        quiet=quiet,
        minimum_gap=300_000,
        username="me",
        habits=Habits(Route.at_once(("desktop",))),
        origin=ORIGIN,
        random=lambda size: (next(entropy) << 8).to_bytes(size),
    )


def test_a_draft_becomes_one_reminder_with_all_that_was_said():
    window = Window(NOW, NOW + DAY)
    [new] = planned(window, NIGHTS, between=Hours(480, 1320), every="1d", tags=("family",))
    assert (new.text, new.username, new.tags, new.every) == ("call mum", "me", ("family",), "1d")
    assert (new.window, new.between, new.minimum_gap) == (window, Hours(480, 1320), 300_000)
    assert (new.channels, new.origin) == (("desktop",), ORIGIN)
    assert new.spans == (
        Span(NOW, at("2027-06-03T22:00")),
        Span(at("2027-06-04T08:00"), NOW + DAY),
    )


def test_three_draws_differ_in_id_and_seed_alone():
    news = planned(Window(NOW, NOW + DAY), count=3)
    assert len({new.id for new in news}) == len({new.seed for new in news}) == 3
    assert len({(new.text, new.window, new.spans, new.channels) for new in news}) == 1
    assert len({nth(new.spans, new.seed) for new in news}) == 3


def test_named_channels_replace_the_usual_ones_and_each_is_used_once():
    [new] = planned(Window(NOW, NOW + DAY), route=read_route("sms,email,sms"))
    assert new.channels == ("sms", "email")


def test_what_of_the_window_is_past_is_not_drawn_from():
    [new] = planned(Window(NOW - DAY, NOW + DAY))
    assert new.window == Window(NOW, NOW + DAY)
    assert new.spans == (Span(NOW, NOW + DAY),)


@pytest.mark.parametrize("window", [Window(NOW - DAY, NOW - 1), Window(NOW - 1, NOW - 1)])
def test_a_window_that_is_past_is_refused(window):
    with pytest.raises(WindowError, match="past"):
        planned(window)


def test_this_very_moment_is_not_past():
    [new] = planned(Window(NOW, NOW))
    assert new.spans == (Span(NOW, NOW + 1),)


def test_a_kept_window_may_be_past_and_quiet_by_now():
    over = Window(NOW - 3 * DAY, NOW - 2 * DAY)
    with pytest.raises(WindowError, match="that time is past"):
        planned(over)
    [new] = planned(over, kept=True)
    assert (new.window, new.spans) == (over, (Span(*allowed(over, NOTHING_QUIET)[0]),))
    [new] = planned(over, Quiet(days=frozenset(range(7)), zone=BERLIN), kept=True)
    assert new.spans == (Span(over.not_before, over.not_after),)
    [new] = planned(Window(NOW - DAY, NOW + DAY), kept=True)
    assert new.window == Window(NOW, NOW + DAY)


def test_an_exact_time_is_kept_though_it_is_quiet():
    moment = at("2027-06-04T03:00")
    [new] = planned(Window(moment, moment), NIGHTS)
    assert new.spans == (Span(moment, moment + 1),)


def test_the_text_is_inert_before_it_is_kept():
    [new] = planned(Window(NOW, NOW + DAY), text=" \x1b[2Jmilk\r\n")
    assert new.text == "[2Jmilk"
    with pytest.raises(BadInputError):
        planned(Window(NOW, NOW + DAY), text="\x1b")


@pytest.mark.parametrize(
    ("opens", "closes", "quiet", "between", "sentence"),
    [
        (
            *("2027-06-03T22:30", "2027-06-04T06:00", NIGHTS, None),
            "nothing may fire from Thu 3 Jun 22:30 to Fri 4 Jun 06:00, as the quiet hours are "
            "22-7; a window that reaches past Fri 4 Jun 07:00 would work",
        ),
        (
            *("2027-06-05T08:00", "2027-06-06T20:00", WEEKENDS, None),
            "nothing may fire from Sat 5 Jun 08:00 to Sun 6 Jun 20:00, as the quiet hours are "
            "22-7, Saturday and Sunday; a window that reaches past Mon 7 Jun 07:00 would work",
        ),
        (
            *("2027-06-03T12:00", "2027-06-03T14:00", NOTHING_QUIET, Hours(1080, 1200)),
            "nothing may fire from Thu 3 Jun 12:00 to Thu 3 Jun 14:00, as only 18-20 was asked "
            "for; a window that reaches past Thu 3 Jun 18:00 would work",
        ),
        (
            *("2027-06-03T22:00", "2027-06-04T07:30", NIGHTS, Hours(1260, 480)),
            None,
        ),
        (
            *("2027-06-03T22:00", "2027-06-04T06:30", NIGHTS, Hours(1260, 480)),
            "nothing may fire from Thu 3 Jun 22:00 to Fri 4 Jun 06:30, as only 21-8 was asked for "
            "and the quiet hours are 22-7; a window that reaches past Fri 4 Jun 07:00 would work",
        ),
        (
            *("2027-06-03T12:00", "2027-07-03T12:00", NIGHTS, Hours(1380, 300)),
            "between 23-5 is never outside the quiet hours (22-7); hours inside 7-22 would work",
        ),
        (
            *("2027-06-03T12:00", "2027-07-03T12:00"),
            Quiet((Hours(0, 600), Hours(600, 0)), zone=BERLIN),
            *(
                None,
                "the quiet hours (0-10 and 10-0) leave no time at all; shorter ones would work",
            ),
        ),
    ],
)
def test_an_all_quiet_window_is_refused_with_what_would_work(
    opens, closes, quiet, between, sentence
):
    window = Window(at(opens), at(closes))
    if sentence is None:
        assert planned(window, quiet, between=between)
        return
    with pytest.raises(WindowError) as refusal:
        planned(window, quiet, between=between)
    assert str(refusal.value) == sentence


def test_where_every_day_is_quiet_no_hours_are_proposed():
    always = Quiet((Hours(1320, 420),), frozenset(range(7)), zone=BERLIN)
    with pytest.raises(WindowError, match="leave no time at all"):
        planned(Window(NOW, NOW + DAY), always, between=Hours(540, 600))


def test_the_moment_that_the_sentence_names_works():
    planned(Window(at("2027-06-05T08:00"), at("2027-06-07T07:00") + 1), WEEKENDS)
    with pytest.raises(WindowError):
        planned(Window(at("2027-06-05T08:00"), at("2027-06-07T07:00")), WEEKENDS)


def test_quiet_hours_go_by_the_clock_of_their_own_zone():
    there = ZoneInfo("Pacific/Auckland")
    quiet = Quiet((Hours(0, 720),), zone=there)
    start = int(datetime(2027, 6, 3, 12, tzinfo=UTC).timestamp()) * 1000
    [new] = planned(Window(start, start + DAY), quiet, now=start)
    assert [(at_.start - start) // HOUR for at_ in new.spans] == [12]
