"""`later doctor`: what is well, what is not, and what to do about it."""

import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.failing import Failing
from later_tui.store import deliveries
from later_tui.store.claims import WorkerInfo
from later_tui.store.command import command
from later_tui.store.keys import Keys, shard_of
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import due_in, now_ms

KEYS = Keys(0)
HOUR = 3_600_000


def raw(store: SyncStore, *words: str | int) -> Any:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def doctor(later: Run, *options: str, **more: Any) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """Run the doctor; return its exit code and its checks by name."""
    ended = later("doctor", "--json", *options, **more)
    assert ended.err == ""
    checks: dict[str, list[dict[str, Any]]] = {}
    told = json.loads(ended.out)
    for check in told["checks"]:
        checks.setdefault(check["check"], []).append(check)
    assert told["ok"] == (ended.code == 0)
    checks["fixed"] = told["fixed"]
    return ended.code, checks


def test_all_is_well_on_a_new_private_server(later: Run) -> None:
    ended = later("doctor")
    assert ended.code == 0
    assert not any(line.startswith("problem") for line in ended.lines)
    said = {line.split()[1]: line for line in ended.lines}
    assert "embedded" in said["server"]
    assert "synced at every write" in said["persistence"]
    assert "noeviction" in said["eviction"]
    assert said["workers"].startswith("warning")
    assert "later worker" in said["workers"]
    assert {"memory", "clock", "kept", "channel", "outbox", "files", "log"} <= set(said)


def test_a_server_that_would_lose_reminders_is_a_problem(later: Run, store: SyncStore) -> None:
    raw(store, "CONFIG", "SET", "appendonly", "no")
    raw(store, "CONFIG", "SET", "maxmemory", 100 << 20)
    raw(store, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    code, checks = doctor(later)
    assert code == 1
    assert checks["persistence"][0]["level"] == checks["eviction"][0]["level"] == "problem"
    assert "appendonly yes" in checks["persistence"][0]["todo"]
    assert "noeviction" in checks["eviction"][0]["todo"]


def test_a_sync_every_second_is_worth_a_warning(later: Run, store: SyncStore) -> None:
    raw(store, "CONFIG", "SET", "appendfsync", "everysec")
    code, checks = doctor(later)
    assert (code, checks["persistence"][0]["level"]) == (0, "warning")


def test_a_server_near_its_limit_is_said_to_be(later: Run, store: SyncStore) -> None:
    raw(store, "CONFIG", "SET", "maxmemory", 1 << 20)
    assert doctor(later)[1]["memory"][0]["level"] == "problem"


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


def test_every_shard_is_looked_at(
    later: Run, store: SyncStore, settings: Settings, tmp_path: Path
) -> None:
    socket = settings.data_dir / "server" / "redis.sock"
    env = {"LATER_REDIS_URL": f"unix://{socket}", "LATER_REDIS_SHARDS": "4"}
    theirs = next(shard for shard in range(4) if shard != shard_of("ada", 4))
    raw(store, "ZADD", Keys(theirs).past("bob"), 1, "orphan")
    code, checks = doctor(later, env=env)
    [orphans] = checks["orphans"]
    assert orphans["says"].startswith(f"shard {theirs}: 1 entry")
    assert (len(checks["server"]), len(checks["workers"]), len(checks["kept"])) == (1, 1, 4)
    assert doctor(later, "--fix", env=env)[1]["fixed"]
    assert raw(store, "EXISTS", Keys(theirs).past("bob")) == 0
    assert code == 0


def test_a_damaged_record_is_named_with_its_text(later: Run, store: SyncStore) -> None:
    new = due_in(HOUR, "remember \x1b]0;the\x07 milk")
    store.add(new)
    raw(store, "HSET", KEYS.task(new.id), "msg", "remember \x1b]0;x\x07 the milk")
    raw(store, "HDEL", KEYS.task(new.id), "due_at")
    ended = later("doctor")
    assert ended.code == 1
    [line] = [line for line in ended.lines if new.id in line]
    assert "the milk" in line
    assert "due_at is missing" in line
    assert later("doctor", "--fix").code == 1
    assert raw(store, "HGET", KEYS.task(new.id), "msg")


def test_what_is_out_of_place_is_mended_and_said_to_be(later: Run, store: SyncStore) -> None:
    new = due_in(HOUR)
    store.add(new)
    raw(store, "DEL", KEYS.lane("desktop", "ada"), KEYS.upcoming("ada"))
    raw(store, "ZADD", KEYS.past("ada"), 1, "orphan")
    code, checks = doctor(later)
    assert code == 1
    assert new.id in str(checks["places"])
    assert "doctor --fix" in checks["places"][0]["todo"]
    assert checks["orphans"][0]["details"] == ["ada_past: 1"]
    code, checks = doctor(later, "--fix")
    assert code == 0
    assert "put 1 reminder where they belong" in checks["fixed"]
    assert store.counts("ada").upcoming == 1
    assert doctor(later, "--fix")[1]["fixed"] == []


def test_many_damaged_records_do_not_fill_the_screen(later: Run, store: SyncStore) -> None:
    for i in range(50):
        raw(store, "HSET", KEYS.task(f"bad{i}"), "msg", f"thought {i}")
    ended = later("doctor")
    assert len([line for line in ended.lines if "bad" in line]) == 20
    assert "and 30 more" in ended.out
    assert len(doctor(later)[1]["records"][0]["details"]) == 50


def test_the_modes_of_files_are_corrected(later: Run, store: SyncStore, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for path in (data, data / "server" / "server.conf"):
        path.chmod(0o755)
    (data / "server" / "redis.sock").chmod(0o777)
    code, checks = doctor(later)
    assert code == 1
    assert len(checks["files"][0]["details"]) == 3
    code, checks = doctor(later, "--fix")
    assert code == 0
    assert len(checks["fixed"]) == 3
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_configuration_with_a_secret_that_others_can_read_is_closed(
    later: Run, tmp_path: Path
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(
        '[channel.email]\nto = "a@example.org"\nhost = "localhost"\nusername = "a"\n'
        'password = "hunter2"\n'
    )
    config.chmod(0o644)
    ended = later("doctor", "--config", str(config))
    assert ended.code == 2
    assert "chmod 600" in ended.err
    assert later("doctor", "--fix", "--config", str(config)).code == 0
    assert config.stat().st_mode & 0o777 == 0o600


def test_a_server_that_cannot_be_reached_does_not_end_the_other_checks(
    later: Run, tmp_path: Path
) -> None:
    code, checks = doctor(later, "--redis", f"unix://{tmp_path}/nothing.sock")
    assert code == 1
    assert "cannot be reached" in checks["server"][0]["says"]
    assert {"channel", "files", "log", "outbox"} <= set(checks)


def test_what_waits_in_the_outbox_is_counted(later: Run, tmp_path: Path) -> None:
    away = f"unix://{tmp_path}/nothing.sock"
    assert later("add", "--redis", away, "wait for me").code == 0
    _, checks = doctor(later, "--redis", away)
    assert (checks["outbox"][0]["level"], checks["outbox"][0]["says"][0]) == ("warning", "1")
    damaged = tmp_path / "data" / "outbox" / "damaged"
    damaged.mkdir(mode=0o700)
    (damaged / "x.json").write_text("half a thou")
    _, checks = doctor(later, "--redis", away)
    assert "x.json" in checks["outbox"][1]["details"][0]
    assert checks["outbox"][1]["level"] == "problem"


def test_a_channel_that_is_not_there_is_a_problem(later: Run) -> None:
    code, checks = doctor(later, env={"LATER_CHANNELS": "pigeon"})
    assert code == 1
    assert "pigeon" in checks["channel"][0]["says"]


@pytest.fixture
def spoilt(later: Run, tmp_path: Path) -> Path:
    """The private server's data, with 64 bytes of zeros in its middle."""
    for i in range(12):
        assert later("add", f"thought {i}").code == 0
    [part] = (tmp_path / "data" / "server" / "appendonlydir").glob("*.incr.aof")
    data = bytearray(part.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    part.write_bytes(data)
    return part


def test_damaged_data_is_not_repaired_without_consent(later: Run, spoilt: Path) -> None:
    before = spoilt.read_bytes()
    ended = later("list")
    assert ended.code == 1
    assert "damaged" in ended.err
    assert "later doctor --fix" in ended.err
    for options in ((), ("--fix",)):
        code, checks = doctor(later, *options)
        assert code == 1
        assert "would be lost" in checks["server"][0]["todo"]
        assert "files" in checks
    assert spoilt.read_bytes() == before


def test_damaged_data_is_repaired_when_agreed_to_and_the_loss_is_said(
    later: Run, spoilt: Path
) -> None:
    size = spoilt.stat().st_size
    code, checks = doctor(later, "--fix", "--yes")
    assert code == 0
    cut, starts = checks["fixed"]
    lost = size - int(spoilt.stat().st_size)
    assert f"cut {lost:,} bytes of {size:,}" in str(cut)
    assert "damaged-" in str(cut)
    kept = int(str(starts).split(": ")[1].split()[0])
    assert kept >= 4
    assert len(later("list").lines) == kept


@pytest.mark.parametrize(("answer", "repaired"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_consent_is_asked_for(
    environment: dict[str, str], spoilt: Path, tmp_path: Path, answer: str, repaired: bool
) -> None:
    before = spoilt.stat().st_size
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "later_tui", "doctor", "--fix"],
        cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b"[y/N]" not in said:
        said += os.read(ours, 4096)
    os.write(ours, f"{answer}\n".encode())
    try:
        while chunk := os.read(ours, 4096):
            said += chunk
    except OSError:
        pass  # the other side has ended
    os.close(ours)
    assert process.wait(20) == (0 if repaired else 1)
    assert (spoilt.stat().st_size < before) is repaired
