"""When the lists are read anew: soon, less often in a storm, and not between two letters."""

from collections.abc import Callable

import pytest

from later_tui.ui import refresher
from later_tui.ui.refresher import HAND_S, REFRESH_S, STORM_S, TYPED_S, Refresher


class Screen:
    """Keeps the timers that are set, and the time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[tuple[float, Callable[[], object]]] = []

    def set_timer(self, seconds: float, callback: Callable[[], object]) -> object:
        self.timers.append((seconds, callback))
        return object()

    def set_interval(self, seconds: float, callback: Callable[[], object]) -> None: ...

    def go_on(self, before: Callable[[], object] = lambda: None) -> float:
        """Let the only timer end, after `before`, and return how long it was, s."""
        [(seconds, callback)] = self.timers
        self.timers.clear()
        self.now += seconds
        before()
        callback()
        return seconds


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(refresher, "monotonic", lambda: screen.now)
    return screen


def test_many_changes_are_one_reading_and_in_a_storm_it_comes_less_often(screen: Screen) -> None:
    read: list[float] = []
    lists = Refresher(screen, lambda: read.append(screen.now))  # type: ignore[arg-type]
    for _ in range(5):
        lists.soon()
    assert lists.waiting
    assert screen.go_on() == REFRESH_S
    assert not lists.waiting
    lists.soon()
    assert screen.go_on() == STORM_S
    assert len(read) == 2


def test_while_somebody_types_the_lists_wait_for_a_pause(screen: Screen) -> None:
    read: list[float] = []
    lists = Refresher(screen, lambda: read.append(screen.now))  # type: ignore[arg-type]
    lists.now()
    lists.soon()
    for _ in range(3):
        screen.go_on(before=lists.typed)
    assert len(read) == 1
    assert lists.waiting
    screen.now += HAND_S
    screen.go_on()
    assert len(read) == 2


def test_but_not_longer_than_a_few_seconds(screen: Screen) -> None:
    read: list[float] = []
    lists = Refresher(screen, lambda: read.append(screen.now))  # type: ignore[arg-type]
    lists.now()
    began = screen.now
    lists.soon()
    while len(read) == 1:
        screen.go_on(before=lists.typed)
    assert TYPED_S <= screen.now - began <= TYPED_S + HAND_S
