"""`later channels` tells what fails or waits in a worker, though it seems ready from here."""

from pathlib import Path
from typing import Any

from later_tui.domain.failing import Failing
from later_tui.store import deliveries
from later_tui.store.claims import WorkerInfo
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.cli.test_channels import config, listed, write
from tests.making import now_ms

__all__ = ["config"]


def beat(store: SyncStore, name: str = "w", user: str = "ada", **told: Any) -> None:
    info = WorkerInfo(name, "mill", 1, now_ms(), ("pigeon",), 50, 0, user, **told)
    store.run(deliveries.beat(Keys(0), info, holds_ms=300_000))


def tired() -> Failing:
    now = now_ms()
    return Failing("the pigeon is \x1b[2Jtired", now - 600_000, 3, now + 60_000)


def test_what_fails_in_a_worker_is_failing_though_it_seems_ready_from_here(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, failing={"pigeon": tired()})
    beat(store, "v", waiting={"pigeon": "it snows"})
    ended = later("channels")
    assert (ended.code, ended.err) == (0, "")
    said = {line.split()[0]: line for line in ended.lines}
    assert said["pigeon"].startswith(
        "pigeon    failing on mill: its last 3 sends failed, the first 10 min ago: "
        "the pigeon is [2Jtired; tried again by "
    )
    assert "; paused on mill: it snows; " in said["pigeon"]
    assert said["pigeon"].endswith("`later channels test pigeon` tries it now")
    found = listed(later)["pigeon"]
    assert (found["state"], found["ok"]) == ("failing", False)
    paused, failing = sorted(found["workers"], key=lambda one: one["state"], reverse=True)
    assert paused == {"host": "mill", "state": "paused", "reason": "it snows"}
    assert (failing["state"], failing["times"]) == ("failing", 3)
    assert failing["next_at"] > failing["since"]


def test_what_is_paused_in_a_worker_is_ready_here_and_told(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, waiting={"pigeon": "it snows"})
    assert "pigeon    ready by pigeon, at most once; paused on mill: it snows" in (
        later("channels").lines
    )
    assert listed(later)["pigeon"]["ok"] is True
    write(config, '[channel.pigeon]\nmood = "bad"\n')
    beat(store, waiting={"pigeon": "it rains"})
    assert "pigeon    paused: it rains" in later("channels").lines, "the same is said once"


def test_what_others_fail_at_and_what_is_only_elsewhere(
    later: Run, config: Path, store: SyncStore
) -> None:
    write(config, "[channel.pigeon]\n")
    beat(store, user="bob", failing={"pigeon": tired()})
    assert listed(later)["pigeon"]["state"] == "ready"
    beat(store, failing={"fax": tired()})
    [fax] = [line for line in later("channels").lines if line.startswith("fax")]
    assert fax.startswith("fax       not used; no package here provides it; failing on mill: ")
