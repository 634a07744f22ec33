"""`later doctor`: what is well, what is not, and what to do about it."""

import json
from pathlib import Path
from typing import Any

import pytest

from later_tui.cli.doctor import _way_out as way_out_of
from later_tui.config.settings import Settings
from later_tui.domain.errors import LaterError, RefusedError, ServerError, StoreError
from later_tui.store.command import command
from later_tui.store.keys import Keys, shard_of
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import due_in

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


@pytest.mark.parametrize(
    ("error", "way_out"),
    [
        (StoreError("Redis at x:1 cannot be reached"), "start it, or mend the settings of [redis]"),
        (RefusedError("Redis at x:1 wants a password"), "mend the settings of [redis]"),
        (ServerError("the private server does not answer: its log is /x"), ""),
        (ServerError("another process holds /x"), "`later log` tells where its log is"),
    ],
)
def test_the_way_out_is_that_of_the_trouble(error: LaterError, way_out: str) -> None:
    assert way_out_of(error) == way_out
