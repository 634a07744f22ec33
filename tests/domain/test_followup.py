"""What follows the drawn moment keeps out of the quiet hours; what the words say of it."""

from zoneinfo import ZoneInfo

import pytest

from later_tui.domain.draw import nth
from later_tui.domain.drawn import drawn
from later_tui.domain.followup import next_nag, outside_quiet, put_off
from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Attempt, Delivery, Origin, Reminder, State
from later_tui.domain.route import read_route
from later_tui.domain.telling import attempt_words, delivery_words, late_by
from later_tui.domain.window import Window
from tests.domain.lines import BERLIN, ms

NIGHT = Quiet((Hours(22 * 60, 7 * 60),), zone=BERLIN)
NOON, EVENING = ms(2026, 6, 10, 12), ms(2026, 6, 10, 23)
MORNING = ms(2026, 6, 11, 7)
HOUR, MINUTE = 3_600_000, 60_000


def reminder(route: str = "desktop", **changes: object) -> Reminder:
    read = read_route(route)
    waits = {c: s.wait or None for s in read.steps for c in s.channels}
    made = Reminder(
        id="0123456789ab",
        username="ada",
        text="call mum",
        channels=read.channels,
        steps=() if read.plain else read.steps,
        window=Window(NOON, NOON + 86_400_000),
        due_at=NOON + HOUR,
        origin=Origin("mill", "~/src", NOON),
        deliveries=tuple(Delivery(c, wait=waits[c]) for c in read.channels),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def test_a_moment_in_the_quiet_hours_becomes_their_end():
    assert outside_quiet(NOON, NIGHT) == NOON
    assert outside_quiet(EVENING, NIGHT) == MORNING
    assert outside_quiet(EVENING, NIGHT, Hours(9 * 60, 18 * 60)) == MORNING + 2 * HOUR
    assert outside_quiet(EVENING, Quiet(zone=BERLIN)) == EVENING


def test_quiet_hours_that_leave_no_time_do_not_lose_what_was_kept():
    always = Quiet(days=frozenset(range(7)), zone=BERLIN)
    assert outside_quiet(NOON, always) == NOON


def test_what_goes_at_the_drawn_moment_is_never_put_off():
    assert put_off(reminder(), Delivery("desktop"), EVENING, NIGHT) is None


def test_a_further_step_and_a_nag_are_put_off_and_a_resend_is_not():
    one = reminder("desktop then email 30m")
    email = one.deliveries[1]
    assert put_off(one, email, EVENING, NIGHT) == MORNING
    assert put_off(one, email, NOON, NIGHT) is None
    assert put_off(one, Delivery("desktop", nag=2), EVENING, NIGHT) == MORNING
    assert put_off(one, email._replace(resent=True), EVENING, NIGHT) is None


def test_the_fallback_of_an_exact_time_is_as_exact():
    exact = reminder("desktop then email", window=Window(EVENING, EVENING))
    assert put_off(exact, exact.deliveries[1], EVENING, NIGHT) is None
    assert put_off(exact, exact.deliveries[1]._replace(nag=1), EVENING, NIGHT) == MORNING
    further = reminder("desktop then email 30m", window=Window(EVENING, EVENING))
    assert put_off(further, further.deliveries[1], EVENING, NIGHT) == MORNING


def test_the_next_nag_keeps_out_of_the_quiet_hours():
    assert next_nag(reminder(), NOON, NIGHT) is None
    nagging = reminder(nag_ms=HOUR)
    assert next_nag(nagging, NOON, NIGHT) == NOON + HOUR
    assert next_nag(nagging, EVENING, NIGHT) == MORNING


@pytest.mark.parametrize(
    ("delivery", "said"),
    [
        (Delivery("desktop"), "waits for its moment"),
        (Delivery("desktop", State.SENDING), "is being sent"),
        (
            Delivery("desktop", State.DELIVERED, 1, 1, NOON + HOUR, "pop-up"),
            "delivered by pop-up, on time",
        ),
        (
            Delivery("desktop", State.DELIVERED, 1, 1, NOON + 2 * HOUR),
            "delivered, 1 h late",
        ),
        (Delivery("desktop", State.FAILED, 1, error="550 no"), "failed: 550 no"),
        (Delivery("desktop", State.FAILED, 3, error="550 no"), "failed after 3 attempts: 550 no"),
        (
            Delivery("desktop", State.UNKNOWN, 1, 1, NOON + HOUR, error="no answer"),
            "may have been sent: no answer",
        ),
        (Delivery("desktop", error="450 busy"), "will be tried again: 450 busy"),
        (Delivery("desktop", State.RELEASED), "withdrawn"),
        (Delivery("desktop", resent=True, error="550 no"), "is sent again"),
        (
            Delivery(
                "desktop", State.SCHEDULED, 0, 1, NOON + HOUR, "pop-up", at=NOON + 2 * HOUR, nag=1
            ),
            "delivered by pop-up, on time; sent once, "
            "and again at Wed 10 Jun 14:00 unless you answer",
        ),
        (
            Delivery("desktop", State.DELIVERED, 0, 1, NOON + HOUR, "pop-up", nag=2),
            "delivered by pop-up, on time; sent 3 times",
        ),
    ],
)
def test_what_came_of_a_delivery_in_words(delivery: Delivery, said: str):
    assert delivery_words(reminder(), delivery, NOON, BERLIN) == said


def test_what_waits_for_another_way_says_so_and_tells_no_moment():
    further, fallback = reminder("desktop then email 30m"), reminder("desktop then email")
    waits = further.deliveries[1]._replace(at=NOON + HOUR + 30 * MINUTE)
    assert delivery_words(further, waits, NOON, BERLIN) == "goes 30 min after, unless you answer"
    assert (
        delivery_words(fallback, fallback.deliveries[1], NOON, BERLIN)
        == "goes if the way before it does not work"
    )


def test_a_way_that_was_not_needed_says_so():
    one = reminder("desktop then email")
    spared = one.deliveries[1]._replace(state=State.RELEASED)
    came = one.deliveries[0]._replace(state=State.DELIVERED, sent_at=NOON + HOUR)
    after = one._replace(deliveries=(came, spared))
    assert delivery_words(after, spared, NOON, BERLIN) == "was not needed"
    assert delivery_words(one, spared, NOON, BERLIN) == "withdrawn"
    assert (late_by(one, came), late_by(one, spared)) == (0, None)


def test_an_attempt_in_words():
    one = Attempt(NOON, 1, "retry", error="450 busy")
    assert attempt_words(one, NOON, BERLIN) == "Wed 10 Jun 12:00  to be tried again: 450 busy"
    two = Attempt(NOON, 2, "delivered", "smtp")
    assert attempt_words(two, NOON, BERLIN) == "Wed 10 Jun 12:00  delivered by smtp"


def test_a_draw_is_repeated_by_its_seed_and_its_pick():
    window = Window(NOON, NOON + 4 * 86_400_000)
    spans = allowed(window, NIGHT)
    one = reminder(window=window, seed=7, pick=3, due_at=nth(spans, 7, 3))
    found = drawn(one, NIGHT)
    assert found is not None
    assert (found.spans, found.repeated) == (spans, True)
    assert found.share == pytest.approx(15 / 24, abs=0.01)
    other = drawn(one, Quiet((Hours(8 * 60, 9 * 60),), zone=ZoneInfo("UTC")))
    assert other is not None
    assert not other.repeated


def test_an_exact_time_is_not_drawn_and_an_all_quiet_window_cannot_be():
    assert drawn(reminder(window=Window(NOON, NOON)), NIGHT) is None
    quiet = drawn(reminder(window=Window(EVENING, EVENING + HOUR)), NIGHT)
    assert quiet is not None
    assert (quiet.share, quiet.repeated) == (0.0, False)


def test_what_is_tried_again_does_not_wait_for_its_moment() -> None:
    one = reminder("email")
    again = one.deliveries[0]._replace(attempt=2, error="450 busy")
    assert not one.retrying
    assert one._replace(deliveries=(again,)).retrying
    came = again._replace(state=State.DELIVERED)
    assert not one._replace(state=State.DELIVERED, deliveries=(came,)).retrying
