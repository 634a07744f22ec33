"""Capture never fails: what Redis cannot take waits here, and goes there once."""

import json
import stat
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.hours import Hours
from later_tui.domain.reminder import NewReminder
from later_tui.domain.route import Step
from later_tui.store import open_store, open_sync_store
from later_tui.store.keys import shard_of
from later_tui.store.outbox import Outbox, OutboxError
from later_tui.store.records import View
from tests.making import due_in

HOUR = 3_600_000


@pytest.fixture
def outbox(settings: Settings) -> Outbox:
    return Outbox(settings.data_dir)


def folder(settings: Settings) -> Path:
    return settings.data_dir / "outbox"


def test_what_waits_comes_out_whole(outbox: Outbox) -> None:
    new = due_in(HOUR, "ring “Ada”\n👩‍👩‍👧", tags=("a", "b"), between=Hours(540, 1080), every="1w")
    outbox.keep(new)
    assert list(Outbox.waiting(outbox)) == [new]


def test_no_field_is_left_out(outbox: Outbox) -> None:
    steps = (Step(("desktop",)), Step(("email", "sms"), 30_000, fallback=True), Step(("fax",), 9))
    new = due_in(HOUR)._replace(
        tags=("a",),
        between=Hours(540, 1080),
        every="1w",
        steps=steps,
        nag_ms=HOUR,
        asked_ms=9 * HOUR,
    )
    plain = due_in(HOUR)
    same = [name for name in NewReminder._fields if getattr(new, name) == getattr(plain, name)]
    given = {"username", "text", "channels", "window", "spans", "origin", "minimum_gap"}
    assert set(same) <= given, "give it a value of its own above"
    outbox.keep(new)
    assert list(outbox.waiting()) == [new]


def test_what_an_older_version_put_by_is_handed_on(outbox: Outbox, settings: Settings) -> None:
    new = due_in(HOUR)
    outbox.keep(new)
    [path] = folder(settings).glob("*.json")
    told = json.loads(path.read_text())
    del told["steps"], told["nag_ms"]
    path.write_text(json.dumps(told))
    assert list(outbox.waiting()) == [new]


def test_only_its_user_can_read_it(outbox: Outbox, settings: Settings) -> None:
    outbox.keep(due_in(HOUR))
    assert stat.S_IMODE(folder(settings).stat().st_mode) == 0o700
    [path] = folder(settings).glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_next_process_that_reaches_redis_hands_it_on(
    outbox: Outbox, settings: Settings
) -> None:
    new = due_in(HOUR)
    outbox.keep(new)
    with open_sync_store(settings) as store:
        assert store.get(new.id).text == new.text
        assert len(outbox) == 0


async def test_two_that_hand_it_on_keep_one(outbox: Outbox, settings: Settings) -> None:
    new = due_in(HOUR)
    store = await open_store(settings)
    outbox.keep(new)
    await store.hand_on(outbox, 1)
    outbox.keep(new)
    await store.hand_on(outbox, 1)
    page = await store.page("ada", View.UPCOMING, 0, 9)
    assert [r.id for r in page.reminders] == [new.id]
    assert len(outbox) == 0
    await store.aclose()


def test_what_was_due_meanwhile_is_not_lost(outbox: Outbox, settings: Settings) -> None:
    new = due_in(-HOUR)
    outbox.keep(new)
    with open_sync_store(settings) as store:
        assert store.get(new.id).due_at == new.window.not_before


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[" * 100_000,
        lambda text: text.replace('"v": 1', '"v": 99'),
        lambda text: text.replace('"id": "', '"id": "../'),
        lambda text: json.dumps({"v": 1}),
        lambda text: "null",
        lambda text: "\x00",
    ],
)
def test_what_is_damaged_is_set_aside_with_its_text(  # type: ignore[no-untyped-def]
    outbox: Outbox, settings: Settings, damage, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = due_in(HOUR, "bad"), due_in(HOUR, "good")
    outbox.keep(bad)
    path = folder(settings) / f"{bad.id}.json"
    path.write_text(damage(path.read_text()))
    left = path.read_text()
    outbox.keep(good)
    assert [new.text for new in outbox.waiting()] == ["good"]
    assert (folder(settings) / "damaged" / path.name).read_text() == left
    assert "was set aside" in caplog.text


def test_what_redis_will_never_take_is_set_aside(outbox: Outbox, settings: Settings) -> None:
    theirs, other = due_in(HOUR, username="bob"), due_in(HOUR, "other")
    with open_sync_store(settings) as store:
        store.add(theirs)
        outbox.keep(theirs._replace(username="ada"))
        outbox.keep(other)
        assert store.hand_on(outbox, 1) == 1
        assert store.get(other.id).text == "other"
        assert store.get(theirs.id).username == "bob"
    assert (folder(settings) / "damaged" / f"{theirs.id}.json").exists()


def test_a_disk_that_cannot_be_written_either_is_said(settings: Settings) -> None:
    settings.data_dir.parent.mkdir(exist_ok=True)
    settings.data_dir.write_text("a file in the folder's place")
    with pytest.raises(OutboxError, match="it is not saved"):
        Outbox(settings.data_dir).keep(due_in(HOUR))


def test_another_shards_thoughts_stay_for_its_own_store(outbox: Outbox, settings: Settings) -> None:
    new = due_in(HOUR, username="carol")
    shards = 64
    assert shard_of("carol", shards) != 0
    with open_sync_store(settings) as store:
        outbox.keep(new)
        assert store.hand_on(outbox, shards) == 0
    assert len(outbox) == 1
