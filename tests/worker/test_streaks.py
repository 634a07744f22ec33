"""A channel fails when its sends fail in a row; a hiccup, and one odd reminder, are not that."""

import asyncio
from collections.abc import Iterator

import pytest

from later_tui.channels.secret import Secret
from later_tui.domain.failing import Failing
from later_tui.worker import streaks as module
from later_tui.worker.streaks import LAPSES_MS, LONGEST, MOST_REMEMBERED, TOLD_AFTER_MS, Streaks
from tests.worker.conftest import eventually

START = 1_000_000
MINUTE = 60_000


class Watched(Streaks):
    """On a clock that is set by hand; counts how often there was something to tell."""

    def __init__(self) -> None:
        self.clock = START
        self.changes = 0
        super().__init__(lambda: self.clock, self._count)

    def _count(self) -> None:
        self.changes += 1

    def fails(self, name: str = "a", reason: str = "refused", in_ms: int = MINUTE) -> None:
        self.failed("email", name, reason, self.clock + in_ms)


@pytest.fixture
async def streaks() -> Iterator[Watched]:  # type: ignore[misc]
    made = Watched()
    yield made
    made.close()


async def test_failures_in_a_row_are_told_with_the_last_reason_since_when_and_how_many(
    streaks: Watched,
) -> None:
    streaks.fails(reason="timed out")
    streaks.clock += MINUTE
    streaks.fails("b", "refused", 2 * MINUTE)
    assert streaks.failing == {"email": Failing("refused", START, 2, START + 3 * MINUTE)}


async def test_one_send_that_works_ends_it(streaks: Watched) -> None:
    streaks.fails()
    streaks.clock += TOLD_AFTER_MS
    assert "email" in streaks.failing
    before = streaks.changes
    streaks.worked("email", "b")
    assert streaks.failing == {}
    assert streaks.changes == before + 1


async def test_a_hiccup_is_not_told_and_what_lasts_is_without_another_failure(
    streaks: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOLD_AFTER_MS", 50)
    streaks.fails()
    assert streaks.failing == {}
    streaks.clock += 50
    before = streaks.changes
    await eventually(lambda: streaks.changes > before)
    assert "email" in streaks.failing


async def test_many_that_fail_among_many_that_work_do_not_flap(streaks: Watched) -> None:
    for number in range(50):
        streaks.fails(f"{number}")
        streaks.clock += TOLD_AFTER_MS - 1
        assert streaks.failing == {}
        streaks.worked("email", "other")


async def test_a_channel_is_not_to_blame_for_one_that_fails_while_others_work(
    streaks: Watched,
) -> None:
    streaks.fails("odd")
    streaks.worked("email", "a")
    for _ in range(3):
        streaks.fails("odd")
        streaks.clock += 10 * MINUTE
        assert streaks.failing == {}
        streaks.worked("email", "b")


async def test_when_nothing_works_between_even_the_odd_one_tells_of_the_channel(
    streaks: Watched,
) -> None:
    streaks.fails("odd")
    streaks.worked("email", "a")
    streaks.fails("odd")
    streaks.clock += MINUTE
    streaks.fails("odd")
    assert streaks.failing["email"].times == 2


async def test_one_that_worked_at_last_is_no_longer_odd(streaks: Watched) -> None:
    streaks.fails("odd")
    streaks.worked("email", "a")
    streaks.worked("email", "odd")
    streaks.fails("odd")
    streaks.clock += TOLD_AFTER_MS
    assert "email" in streaks.failing


async def test_the_next_try_is_the_earliest_that_is_known_and_a_past_one_is_not_told(
    streaks: Watched,
) -> None:
    streaks.fails("a", in_ms=30 * MINUTE)
    streaks.fails("b", in_ms=10 * MINUTE)
    streaks.fails("c", in_ms=20 * MINUTE)
    streaks.clock += TOLD_AFTER_MS
    assert streaks.failing["email"].next_at == START + 10 * MINUTE
    streaks.clock = START + 10 * MINUTE
    assert streaks.failing["email"].next_at is None
    streaks.fails("b", in_ms=40 * MINUTE)
    assert streaks.failing["email"].next_at == START + 50 * MINUTE


async def test_when_nothing_has_been_tried_for_long_it_lapses(streaks: Watched) -> None:
    streaks.fails(in_ms=MINUTE)
    streaks.clock = START + MINUTE + LAPSES_MS
    assert "email" in streaks.failing
    streaks.clock += 1
    assert streaks.failing == {}
    streaks.fails()
    assert streaks.failing == {}
    streaks.clock += TOLD_AFTER_MS
    assert streaks.failing["email"].times == 1


async def test_channels_are_told_apart(streaks: Watched) -> None:
    streaks.fails()
    streaks.failed("sms", "a", "no credit", streaks.clock + MINUTE)
    streaks.clock += TOLD_AFTER_MS
    streaks.worked("sms", "a")
    assert list(streaks.failing) == ["email"]


async def test_a_reason_is_inert_short_and_without_secrets(streaks: Watched) -> None:
    secret = "correct-horse-battery"
    await Secret.of(secret).reveal()
    streaks.fails(reason=f"no \x1b]0;{secret}\x07\nwelcome " + "x" * 5000)
    streaks.clock += TOLD_AFTER_MS
    reason = streaks.failing["email"].reason
    assert reason.startswith("no ]0;[secret] welcome x")
    assert len(reason) == LONGEST


async def test_what_is_remembered_is_bounded(streaks: Watched) -> None:
    for number in range(3 * MOST_REMEMBERED):
        streaks.fails(f"{number}")
        if number % 100 == 0:
            streaks.worked("email", "other")
    assert all(len(names) <= MOST_REMEMBERED for names in streaks._overtaken.values())
    assert all(len(one.names) <= MOST_REMEMBERED for one in streaks._streaks.values())


async def test_a_worker_that_left_is_told_nothing_more(
    streaks: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOLD_AFTER_MS", 10)
    streaks.fails()
    before = streaks.changes
    streaks.close()
    await asyncio.sleep(0.2)
    assert streaks.changes == before
