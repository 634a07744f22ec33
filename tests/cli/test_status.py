"""`later status` tells which channels fail or wait in which worker, and never speaks of a past
moment as if it were to come.
"""

import json
from dataclasses import replace

import pytest

from later_tui.domain.failing import Failing
from later_tui.domain.window import Span, Window
from later_tui.store import deliveries
from later_tui.store.claims import Claim, Held, Outcome, Settlement, WorkerInfo
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import due_in, made, now_ms

KEYS = Keys(0)
MINUTE, HOUR = 60_000, 3_600_000


def beat(store: SyncStore, **changes: object) -> None:
    info = WorkerInfo("w", "mill", 1, now_ms(), ("email",), 50, 0, "ada")
    store.run(deliveries.beat(KEYS, replace(info, **changes), holds_ms=300_000))  # type: ignore[arg-type]


def refused() -> Failing:
    now = now_ms()
    return Failing("smtp x: connection refused", now - 10 * MINUTE, 3, now + 5 * MINUTE)


def next_line(later: Run) -> str:
    [line] = [line for line in later("status").lines if line.startswith("next")]
    return line.removeprefix("next").strip()


def claimed(store: SyncStore, channel: str = "desktop") -> Claim:
    found = store.run(
        deliveries.claim(
            KEYS, "ada", 1, wakeup_before_ms=0, lease_ms=30_000, lanes=[(channel, True)]
        )
    )
    [claim] = found.claims
    return claim


def fails_once(store: SyncStore) -> None:
    """A worker tries what is due, and it is to be tried again in an hour."""
    claim = claimed(store)
    held = Held(claim.reminder_id, claim.channel, claim.token)
    store.run(deliveries.arm(KEYS, [held], lease_ms=30_000, before_ms=0))
    again = Settlement(held, Outcome.RETRY, retry_at=now_ms() + HOUR, error="refused")
    assert store.run(deliveries.settle(KEYS, [again])) == (True,)


def test_a_channel_that_fails_is_told_with_since_when_and_what_to_do(
    later: Run, store: SyncStore
) -> None:
    beat(store, failing={"email": refused()}, waiting={"desktop": "no bus"})
    ended = later("status")
    assert ended.code == 0
    told = [line for line in ended.lines if line.startswith("warning")]
    assert told[0].startswith("warning   desktop is paused on mill: no bus")
    assert told[1].startswith(
        "warning   email is failing on mill: its last 3 sends failed, the first 10 min ago: "
        "smtp x: connection refused; tried again by "
    )
    assert "`later channels test email`" in told[1]
    # It is served by a worker that is alive: another one would not help.
    assert "none serves" not in ended.out


def test_what_fails_of_another_person_is_not_ones_own_trouble(later: Run, store: SyncStore) -> None:
    beat(store, user="bob", failing={"email": refused()})
    assert "failing" not in later("status").out


def test_json_has_what_fails_and_waits_in_each_worker(later: Run, store: SyncStore) -> None:
    beat(store, failing={"email": refused()}, waiting={"desktop": "no bus"})
    beat(store, id="x")
    first, second = json.loads(later("status", "--json").out)["workers"]
    assert first["waiting"] == {"desktop": "no bus"}
    email = first["failing"]["email"]
    assert (email["reason"], email["times"]) == ("smtp x: connection refused", 3)
    assert email["since"].endswith("Z")
    assert email["next_at"].endswith("Z")
    assert (second["waiting"], second["failing"]) == ({}, {})


def test_the_next_one_is_told_by_the_end_of_its_window(later: Run, store: SyncStore) -> None:
    now = now_ms()
    store.add(made(Window(now, now + 40 * 24 * HOUR), spans=(Span(now + HOUR, now + 2 * HOUR),)))
    assert next_line(later).endswith(", at the latest")
    assert json.loads(later("status", "--json").out)["next_overdue"] is False


def test_an_exact_time_is_no_latest_one(later: Run, store: SyncStore) -> None:
    store.add(due_in(30 * MINUTE))
    assert next_line(later).startswith("at ")
    assert "latest" not in next_line(later)


def test_what_should_have_come_is_overdue_since_then(later: Run, store: SyncStore) -> None:
    store.add(due_in(-2 * HOUR))
    assert next_line(later).startswith("overdue since ")
    assert "tried" not in next_line(later)
    told = json.loads(later("status", "--json").out)
    assert (told["next_overdue"], told["next_retrying"]) == (True, False)


@pytest.mark.parametrize("over", [True, False])
def test_what_is_tried_again_says_so(later: Run, store: SyncStore, over: bool) -> None:
    now = now_ms()
    window = Window(now - 2 * HOUR, now + (-HOUR if over else 24 * HOUR))
    store.add(made(window, spans=(Span(now - 2 * HOUR, now - 2 * HOUR + 1),)))
    fails_once(store)
    said = next_line(later)
    if over:
        assert said.startswith("overdue since ")
        assert said.endswith("; it is tried again")
    else:
        assert said == "its moment has come; it is tried again"
    assert json.loads(later("status", "--json").out)["next_retrying"] is True


def test_what_is_being_sent_comes_now(later: Run, store: SyncStore) -> None:
    store.add(due_in(-2 * HOUR))
    claimed(store)
    assert next_line(later) == "now"
