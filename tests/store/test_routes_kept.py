"""Routes and nags beside what else may happen to a reminder: undo, foreign programs, mending."""

from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer, State
from later_tui.store import open_sync_store
from later_tui.store.adoption import adopt
from later_tui.store.command import command
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms
from tests.store.routing import HOUR, MINUTE, deliver, keep, nag, states
from tests.store.test_protocol import KEYS, lane


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


def raw(store: SyncStore, *words: str | int) -> object:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


@pytest.mark.parametrize("given", [Answer.DONE, Answer.AGAIN])
def test_undo_lets_it_nag_on(store: SyncStore, settings: Settings, given: Answer) -> None:
    new = keep(store, "desktop", nag_ms=HOUR)
    at = nag(store, new).deliveries[0].at
    store.answer(settings, new.id, given, now=now_ms())
    store.undo("ada")
    kept = store.get(new.id)
    assert (kept.state, kept.nag_ms) == (State.DELIVERED, HOUR)
    assert (kept.deliveries[0].nagging, kept.deliveries[0].at) == (True, at)
    assert lane(store) == {new.id: at}
    assert [r.id for r in store.page("ada", View.UNANSWERED, 0, 9).reminders] == [new.id]


@pytest.mark.parametrize("given", [Answer.DONE, Answer.AGAIN])
def test_undo_lets_the_further_step_wait_on(
    store: SyncStore, settings: Settings, given: Answer
) -> None:
    new = keep(store, "desktop then email 30m")
    at = deliver(store, "desktop")
    store.answer(settings, new.id, given, now=now_ms())
    store.undo("ada")
    assert lane(store, "email") == {new.id: at + 30 * MINUTE}
    assert states(store, new) == {"desktop": State.DELIVERED, "email": State.SCHEDULED}


def test_a_foreign_program_that_schedules_it_anew_forgets_the_route(store: SyncStore) -> None:
    new = keep(store, "desktop then email 30m")
    deliver(store, "desktop")
    at = now_ms() + 5 * HOUR
    raw(store, "ZADD", f"{KEYS.prefix}tasks", at, new.id)
    store.run(adopt(KEYS, ("desktop", "email")))
    kept = store.get(new.id)
    assert kept.steps == ()
    assert [d.at for d in kept.deliveries] == [None, None]
    assert lane(store) == lane(store, "email") == {new.id: at}


def test_mending_puts_a_further_step_back_at_its_own_moment(store: SyncStore) -> None:
    from later_tui.store.command import Call
    from later_tui.store.scripts import script

    new = keep(store, "desktop then email 30m", HOUR)
    raw(store, "ZREM", KEYS.lane("email", "ada"), new.id)

    def flow():  # type: ignore[no-untyped-def]
        yield [Call(script("mend"), KEYS.prefix, (1, new.id))]

    store.run(flow())
    assert lane(store, "email") == {new.id: new.window.not_before + 30 * MINUTE}


def test_a_trail_or_a_moment_that_is_no_number_is_a_damaged_record_and_harms_nobody(
    store: SyncStore,
) -> None:
    new = keep(store, "desktop", HOUR)
    raw(store, "HSET", KEYS.task(new.id), "error:desktop", "busy", "trail:desktop", "x\ty\nz")
    assert store.get(new.id).deliveries[0].trail == ()
    raw(store, "HSET", KEYS.task(new.id), "trail:desktop", "1\t1\tretry\t\t\x1b[2J<b>")
    [attempt] = store.get(new.id).deliveries[0].trail
    assert attempt.error == "[2J<b>"
