"""`later send-again --find` sends once more what failed of all that is found, and nothing else."""

import json

import pytest

from later_tui.domain.reminder import NewReminder, State
from later_tui.store.claims import Outcome
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.cli.test_why import settled
from tests.making import due_in, now_ms

HOUR = 3_600_000


def ended_with(
    store: SyncStore, outcome: Outcome, text: str, *channels: str, **changes: object
) -> NewReminder:
    """Keep a reminder, and end its delivery on each channel with `outcome`."""
    new = due_in(-1000, text, channels=channels or ("sms",), **changes)
    store.add(new)
    for channel in new.channels:
        settled(store, channel, [{"outcome": outcome, "sent_at": now_ms(), "error": "no route"}])
    return new


def test_what_failed_or_may_have_been_sent_goes_again_and_the_rest_stays(
    later: Run, store: SyncStore
) -> None:
    failed = ended_with(store, Outcome.FAILED, "the rent", tags=("home",))
    unsure = ended_with(store, Outcome.UNKNOWN, "the \x1b[2Jboiler", tags=("home",))
    came = ended_with(store, Outcome.DELIVERED, "the cat", tags=("home",))
    done = ended_with(store, Outcome.FAILED, "the roof", tags=("home",))
    elsewhere = ended_with(store, Outcome.FAILED, "the report", tags=("work",))
    waits = due_in(HOUR, "the hedge", channels=("sms",), tags=("home",))
    store.add(waits)
    later("done", done.id)
    ended = later("send-again", "--find", "#home")
    assert (ended.code, ended.err) == (0, "")
    assert sorted(line.split()[2] for line in ended.lines) == sorted([failed.id[:6], unsure.id[:6]])
    assert all(line.endswith("(by sms)") for line in ended.lines)
    assert {store.get(one.id).state for one in (failed, unsure)} == {State.SCHEDULED}
    assert store.get(came.id).state is State.DELIVERED
    assert store.get(done.id).state is State.DONE
    assert store.get(elsewhere.id).state is State.FAILED
    assert not store.get(waits.id).deliveries[0].resent


def test_a_channel_that_failed_beside_one_that_worked_is_sent_again(
    later: Run, store: SyncStore
) -> None:
    new = due_in(-1000, "the rent", channels=("email", "sms"))
    store.add(new)
    settled(store, "email", [{"outcome": Outcome.DELIVERED, "sent_at": now_ms()}])
    settled(store, "sms", [{"outcome": Outcome.FAILED, "error": "no route"}])
    assert store.get(new.id).state is State.DELIVERED
    [line] = later("send-again", "--find", "rent").lines
    assert line.endswith("(by sms)")


def test_what_waits_for_its_next_attempt_is_tried_at_once(later: Run, store: SyncStore) -> None:
    new = due_in(-1000, "the rent", channels=("sms",))
    store.add(new)
    hour = {"outcome": Outcome.RETRY, "retry_at": now_ms() + HOUR, "error": "503 busy"}
    settled(store, "sms", [hour])
    assert store.get(new.id).retrying
    ended = later("send-again", "--find", "rent")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"sending again {new.id[:6]}  the rent  (by sms)\n"
    settled(store, "sms", [{"outcome": Outcome.DELIVERED, "sent_at": now_ms()}])
    assert store.get(new.id).state is State.DELIVERED


def test_on_a_channel_means_what_failed_there(later: Run, store: SyncStore) -> None:
    both = ended_with(store, Outcome.FAILED, "the rent", "email", "sms")
    mail = ended_with(store, Outcome.FAILED, "the rent again", "email")
    ended = later("send-again", "--find", "rent", "--on", "sms", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert [json.loads(line)["id"] for line in ended.lines] == [both.id]
    assert store.get(mail.id).state is State.FAILED
    states = {one.channel: one.state for one in store.get(both.id).deliveries}
    assert states == {"email": State.FAILED, "sms": State.SCHEDULED}


def test_more_than_go_at_once_all_go(later: Run, store: SyncStore) -> None:
    names = {ended_with(store, Outcome.FAILED, f"number {n}").id for n in range(70)}
    ended = later("send-again", "--find", "number", "--json")
    assert {json.loads(line)["id"] for line in ended.lines} == names
    assert {store.get(name).state for name in names} == {State.SCHEDULED}


def test_an_id_and_what_is_found_go_once(later: Run, store: SyncStore) -> None:
    rent = ended_with(store, Outcome.FAILED, "the rent")
    waits = due_in(HOUR, "the hedge", channels=("sms",))
    store.add(waits)
    ended = later("send-again", rent.id[:9], waits.id, "nobody", "--find", "rent")
    assert (ended.code, len(ended.lines)) == (2, 1)
    first, second = ended.err.splitlines()
    assert "nobody" in first
    assert second.startswith(f"later: {waits.id[:6]}: nothing of that reminder failed")


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        ([], "later send-again --find is:failed"),
        (["--find", " "], "wants something to look for"),
        (["--find", "nobody"], 'nothing is found by "nobody"'),
        (["--find", "hedge"], 'nothing that is found by "hedge" failed or may have been sent;'),
        (["--find", "hedge", "--on", "sms"], "sent on sms;"),
        (["--find", "is:dome"], "dome"),
    ],
)
def test_nothing_to_send_is_one_sentence_with_a_way_out(
    later: Run, store: SyncStore, argv: list[str], why: str
) -> None:
    store.add(due_in(HOUR, "the hedge", channels=("sms",)))
    ended = later("send-again", *argv)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert why in ended.err
