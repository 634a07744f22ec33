"""What a worker says of itself is bounded and inert, and older and stranger records can be read."""

import json
from collections.abc import Iterator

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.failing import Failing
from later_tui.store import deliveries, open_sync_store
from later_tui.store.claims import WorkerInfo
from later_tui.store.command import command
from later_tui.store.keys import Keys
from later_tui.store.presence import LONGEST, MOST_CHANNELS, said, told
from later_tui.store.syncstore import SyncStore
from tests.making import now_ms

KEYS = Keys(0)
OLD = {
    "host": "mill", "pid": 7, "since": 5, "channels": ["email"], "slots": 50, "busy": 0,
    "user": "ada",
}  # fmt: skip


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as opened:
        yield opened


def record(**more: object) -> bytes:
    return json.dumps({**OLD, **more}).encode()


def worker(**more: object) -> WorkerInfo:
    return WorkerInfo("w", "mill", 7, now_ms(), ("email",), 50, 0, "ada", **more)  # type: ignore[arg-type]


def test_what_waits_and_fails_is_read_as_it_was_said(store: SyncStore) -> None:
    info = worker(
        waiting={"desktop": "no bus"},
        failing={"email": Failing("refused", 5, 3, 9), "sms": Failing("busy", 6)},
    )
    store.run(deliveries.beat(KEYS, info, holds_ms=60_000))
    assert store.workers() == (info,)


def test_the_record_of_an_older_worker_is_read(store: SyncStore) -> None:
    def old():  # type: ignore[no-untyped-def]
        yield [
            command("HSET", KEYS.workers, "w", record()),
            command("ZADD", KEYS.workers_seen, now_ms() + 60_000, "w"),
        ]

    store.run(old())
    [found] = store.workers()
    assert (found.channels, found.waiting, found.failing) == (("email",), {}, {})


@pytest.mark.parametrize(
    "strange",
    [
        {"failing": ["email"], "waiting": "desktop"},
        {"failing": {"email": "refused"}, "waiting": None},
        {"failing": {"email": {"reason": "x", "since": "never", "times": 1}}},
        {"failing": {"email": {"reason": "x", "since": 1e400, "times": 1}}},
        {"failing": {"email": {"since": 1, "times": 1}}},
        {"failing": {"email": {"reason": "x", "since": 1, "times": 1, "next_at": []}}},
    ],
)
def test_what_cannot_be_read_of_it_hides_no_worker(strange: dict[str, object]) -> None:
    found = told(b"w", record(**strange))
    assert found is not None
    assert found.failing == {}


def test_a_number_that_no_clock_shows_is_bounded() -> None:
    huge = {"reason": "x", "since": -(10**400), "times": 10**400, "next_at": 10**400}
    found = told(b"w", record(failing={"email": huge}))
    assert found is not None
    assert found.failing["email"] == Failing("x", 0, 1 << 53, 1 << 53)


def test_what_another_program_wrote_is_no_worker() -> None:
    for entry in (b"", b"[]", b"7", b"[" * 100_000, b'{"host": 1}', record(channels=3)):
        assert told(b"w", entry) is None


def test_reasons_are_inert_and_bounded_on_both_ways() -> None:
    bad = "no \x1b]52;c;x\x07\r\nBcc: \u202e" + "x" * 10_000
    names = [f"c{number}" for number in range(3 * MOST_CHANNELS)]
    info = worker(waiting=dict.fromkeys(names, bad), failing=dict.fromkeys(names, Failing(bad, 5)))
    written = said(info)
    assert len(written) < 2 * MOST_CHANNELS * (LONGEST + 100)
    for found in (told(b"w", written.encode()), told(b"w", hostile(names, bad))):
        assert found is not None
        assert len(found.waiting) == len(found.failing) == MOST_CHANNELS
        for reason in (*found.waiting.values(), *(one.reason for one in found.failing.values())):
            assert reason.startswith("no ]52;c;x Bcc: xxx")
            assert len(reason) == LONGEST


def hostile(names: list[str], bad: str) -> bytes:
    """A record that somebody else wrote, as long as they liked."""
    one = {"reason": bad, "since": 5, "times": 1, "next_at": None}
    return record(waiting=dict.fromkeys(names, bad), failing=dict.fromkeys(names, one))
