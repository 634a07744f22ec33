"""The worker holds back for whoever types, and never for long."""

from later_tui.ui.courtesy import HOLD_S, MOST_S, Courtesy


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_for_a_moment_after_a_key_and_no_longer() -> None:
    time = Time()
    courtesy = Courtesy(time)
    assert courtesy.hold() == 0
    courtesy.key()
    assert 0 < courtesy.hold() <= HOLD_S + 1e-9
    time.now += HOLD_S / 2
    assert 0 < courtesy.hold() <= HOLD_S / 2 + 1e-9
    time.now += HOLD_S
    assert courtesy.hold() == 0


def test_a_key_that_is_held_down_stops_nothing() -> None:
    time = Time()
    courtesy = Courtesy(time)
    courtesy.hold()
    went, longest, since = 0, 0.0, time.now
    for _ in range(1000):
        courtesy.key()
        if courtesy.hold() == 0:
            went += 1
            longest, since = max(longest, time.now - since), time.now
        time.now += HOLD_S / 2
    assert went > 50
    assert longest <= MOST_S + HOLD_S
