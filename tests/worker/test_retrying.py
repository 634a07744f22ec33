"""How long a worker waits before it tries its store again, and what it says of that."""

import logging

import pytest

from later_tui.worker.retrying import FIRST_S, LONGEST_S, SAY_AGAIN_S, STEADY_S, Retrying


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_waits_longer_each_time_up_to_a_bound() -> None:
    retrying = Retrying(Hands())
    waits = [retrying.failed("no Redis") for _ in range(20)]
    for tries, wait in enumerate(waits):
        whole = min(FIRST_S * 2**tries, LONGEST_S)
        assert whole / 2 <= wait <= whole


def test_what_worked_for_a_while_is_tried_again_at_once() -> None:
    hands = Hands()
    retrying = Retrying(hands)
    for _ in range(10):
        retrying.failed("no Redis")
    retrying.worked()
    hands.now += STEADY_S
    assert retrying.failed("no Redis") <= FIRST_S


def test_what_fails_as_soon_as_it_works_is_not_tried_as_often_as_that() -> None:
    hands = Hands()
    retrying = Retrying(hands)
    for _ in range(10):
        retrying.worked()
        hands.now += STEADY_S / 2
        wait = retrying.failed("no Redis")
        hands.now += STEADY_S  # it does not work while it waits
    assert wait >= LONGEST_S / 2


def test_the_same_trouble_is_logged_now_and_then_another_one_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hands = Hands()
    retrying = Retrying(hands)
    with caplog.at_level(logging.WARNING):
        retrying.failed("no Redis")
        hands.now += SAY_AGAIN_S / 2
        retrying.failed("no Redis")
        retrying.failed("no password")
        assert caplog.messages == ["no Redis; trying again", "no password; trying again"]
        hands.now += SAY_AGAIN_S
        retrying.failed("no Redis")
    assert caplog.messages[2:] == ["no Redis; trying again"]


def test_of_ever_other_troubles_only_some_are_remembered() -> None:
    retrying = Retrying(Hands())
    for number in range(1000):
        retrying.failed(f"trouble {number}")
    assert len(retrying._logged) < 10
