"""`later doctor` on lanes that no worker serves, and on channels that fail or wait in a worker."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from later_tui.domain.failing import Failing
from later_tui.store import deliveries
from later_tui.store.claims import WorkerInfo
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.cli.test_doctor import HOUR, KEYS, doctor, raw
from tests.making import due_in, now_ms


def test_a_lane_that_nobody_serves_is_a_problem_once_something_is_overdue(
    later: Run, store: SyncStore
) -> None:
    store.add(due_in(HOUR, channels=("email",)))
    code, checks = doctor(later)
    [lane] = checks["lane"]
    assert (code, lane["level"]) == (0, "warning")
    assert "no worker serves email of ada: 1 wait" in lane["says"]
    store.add(due_in(-HOUR))
    code, checks = doctor(later)
    assert code == 1
    assert "no worker serves desktop of ada: 1 wait, 1 of them overdue" in str(checks["lane"])


def test_a_worker_of_another_user_does_not_serve_ones_own_desktop(
    later: Run, store: SyncStore
) -> None:
    store.add(due_in(HOUR))
    info = WorkerInfo("w", "mill", 1, now_ms(), ("desktop", "email"), 50, 0, "bob")
    store.run(deliveries.beat(KEYS, info, holds_ms=300_000))
    [lane] = doctor(later)[1]["lane"]
    assert "no worker serves desktop of ada: 1 wait" in lane["says"]
    said = later("status").out
    assert "mill (pid 1 of bob)" in said
    assert "none serves desktop of ada" in said
    store.run(deliveries.beat(KEYS, replace(info, user="ada"), holds_ms=300_000))
    assert "lane" not in doctor(later)[1]
    assert "none serves" not in later("status").out


def beat(store: SyncStore, **changes: Any) -> None:
    info = WorkerInfo("w", "mill", 1, now_ms(), ("email",), 50, 0, "ada")
    store.run(deliveries.beat(KEYS, replace(info, **changes), holds_ms=300_000))


def test_a_channel_that_fails_in_a_worker_is_a_warning_with_its_host_and_reason(
    later: Run, store: SyncStore, tmp_path: Path
) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[channel.email]\nto = "a@example.org"\nhost = "localhost"\n')
    since = now_ms() - 600_000
    beat(store, failing={"email": Failing("smtp x: refused", since, 3)})
    code, checks = doctor(later, "--config", str(config))
    # That it seems to be ready from here, where nothing was sent, is not said beside it.
    [email] = [one for one in checks["channel"] if "email" in one["says"]]
    assert (code, email["level"]) == (0, "warning")
    assert email["says"].startswith(
        "email is failing on mill: its last 3 sends failed, the first 10 min ago: smtp x: refused"
    )
    assert "`later channels test email`" in email["todo"]
    beat(store, user="bob", failing={"email": Failing("smtp x: refused", since, 3)})
    assert "email" not in str(doctor(later)[1]["channel"])


def test_a_channel_that_is_paused_in_the_only_worker_is_told_with_its_lane(
    later: Run, store: SyncStore
) -> None:
    store.add(due_in(-HOUR))
    beat(store, waiting={"desktop": "the bus is gone"})
    code, checks = doctor(later)
    assert code == 1
    [lane] = checks["lane"]
    assert "1 wait, 1 of them overdue; it is paused on mill: the bus is gone" in lane["says"]
    assert lane["todo"].startswith("mend that")
    assert "desktop is paused on mill: the bus is gone" in str(checks["channel"])


def test_a_lane_of_a_channel_that_no_package_provides_says_what_would_work(
    later: Run, store: SyncStore
) -> None:
    new = due_in(HOUR, "water it", channels=("fax",))
    late = due_in(-HOUR, "feed it", channels=("fax",))
    store.add(new)
    beat(store, channels=("desktop", "email"))
    [lane] = doctor(later)[1]["lane"]
    assert lane["says"] == "no worker serves fax of ada: 1 wait; no package here provides it"
    assert "install the package" in lane["todo"]
    assert "`later worker`" not in lane["todo"], "it would find no such channel"
    assert "`later edit ID TEXT via CHANNEL` changes one" in lane["todo"]
    store.add(late)
    [lane] = doctor(later)[1]["lane"]
    assert (lane["level"], "2 wait, 1 of them overdue" in lane["says"]) == ("problem", True)
    assert "`later find '!fax'` lists them" in lane["todo"]
    assert "`later edit ID TEXT via CHANNEL` changes one" in lane["todo"]
    # What it says works.
    assert len(later("find", "!fax").lines) == 2
    assert later("edit", new.id, "water it", "via", "desktop").code == 0
    assert later("edit", late.id, "feed it", "via", "desktop").code == 0
    assert "lane" not in doctor(later)[1]


def test_a_lane_with_a_strange_name_is_no_command(later: Run, store: SyncStore) -> None:
    raw(store, "ZADD", "later:{0}:tasks:x';reboot;':ada", 1, "a")
    [lane] = doctor(later)[1]["lane"]
    assert "reboot" not in lane["todo"]


def test_a_lane_of_a_channel_that_the_configuration_does_not_name(
    later: Run, store: SyncStore
) -> None:
    store.add(due_in(HOUR, channels=("sms",)))
    beat(store)
    [lane] = doctor(later)[1]["lane"]
    assert lane["says"].endswith("1 wait; the configuration here does not name it")
    assert "[channel.sms]" in lane["todo"]
    named = {"LATER_CHANNELS": "sms"}
    [lane] = doctor(later, env=named)[1]["lane"]
    assert lane["says"].endswith(": 1 wait")
