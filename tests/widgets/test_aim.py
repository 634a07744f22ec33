from later_tui.domain.clock import ManualClock
from later_tui.widgets.aim import LOOSE_S, REPEAT_S, Aim


def test_after_the_row_has_gone_the_aim_is_loose_until_the_person_has_seen_it() -> None:
    clock = ManualClock()
    aim = Aim(clock.monotonic)
    aim.take("a")
    assert not aim.loose
    aim.slip("b")
    assert aim.loose
    clock.advance(int(LOOSE_S * 1000) - 1)
    assert aim.loose
    clock.advance(1)
    assert (aim.loose, aim.key) == (False, "b")


def test_whoever_moves_means_the_row_they_go_to() -> None:
    aim = Aim(ManualClock().monotonic)
    aim.slip("b")
    aim.take("c")
    assert (aim.loose, aim.key) == (False, "c")


def test_a_key_that_is_held_down_never_becomes_another_answer() -> None:
    clock = ManualClock()
    aim = Aim(clock.monotonic)
    aim.slip("b")
    for _ in range(100):
        clock.advance(30)
        aim.pressed()
        assert aim.loose
    clock.advance(int(REPEAT_S * 1000))
    assert not aim.loose


def test_a_key_that_is_pressed_again_and_again_answers_each_time() -> None:
    clock = ManualClock()
    aim = Aim(clock.monotonic)
    for _ in range(20):
        aim.pressed()
        assert not aim.loose
        clock.advance(80)  # until the rows are read anew
        aim.slip("next")
        clock.advance(420)


def test_a_key_soon_after_the_change_does_not_put_off_the_one_after_it() -> None:
    clock = ManualClock()
    aim = Aim(clock.monotonic)
    aim.slip("b")
    clock.advance(50)
    aim.pressed()
    assert aim.loose
    clock.advance(int(LOOSE_S * 1000) - 50)
    assert not aim.loose
