"""How long a service that refused us is left alone."""

from later_tui.channels.http.rest import FIRST_S, LONGEST_S, Rest


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_rest_doubles_up_to_an_hour_and_success_ends_it() -> None:
    clock = Clock()
    rest = Rest(monotonic=clock)
    assert rest.reason == ""
    waits = []
    for _ in range(8):
        rest.refused("no")
        began = clock.now
        while rest.reason:
            clock.now += 30
        waits.append(clock.now - began)
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    rest.refused("no")
    rest.accepted()
    assert rest.reason == ""
    rest.refused("again")
    clock.now += FIRST_S
    assert rest.reason == ""


def test_sends_that_are_refused_together_make_one_rest() -> None:
    clock = Clock()
    rest = Rest(monotonic=clock)
    for number in range(50):
        rest.refused(f"no {number}")
    assert rest.reason == "no 0"
    clock.now += FIRST_S
    assert rest.reason == ""


def test_a_rest_may_be_short() -> None:
    clock = Clock()
    rest = Rest(longest_s=FIRST_S, monotonic=clock)
    for _ in range(3):
        rest.refused("locked")
        clock.now += FIRST_S
        assert rest.reason == ""
    assert LONGEST_S > FIRST_S
