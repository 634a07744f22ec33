"""The private server: shared, private, and back after anything."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import ServerError, StoreError
from later_tui.store import embedded, open_store, open_sync_store
from later_tui.store.command import command
from later_tui.store.embedded import EmbeddedServer
from later_tui.store.records import View
from later_tui.store.syncstore import SyncStore
from tests.making import due_in

HOUR = 3_600_000


def config(store: SyncStore, name: str) -> str:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command("CONFIG", "GET", name)]
        return reply[1].decode()

    return store.run(flow())


def server_pid(store: SyncStore) -> int:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command("INFO", "server")]
        [line] = [x for x in reply.decode().splitlines() if x.startswith("process_id:")]
        return int(line.split(":")[1])

    return store.run(flow())


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 30
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


def test_what_was_kept_is_there_after_the_server_ended(settings: Settings) -> None:
    new = due_in(HOUR)
    with open_sync_store(settings) as store:
        store.add(new)
        pid = server_pid(store)
    assert gone(pid)
    with open_sync_store(settings) as store:
        assert store.get(new.id).text == new.text


def test_every_add_is_on_disk_before_it_is_acknowledged(settings: Settings) -> None:
    new = due_in(HOUR)
    with open_sync_store(settings) as store:
        assert config(store, "appendfsync") == "always"
        assert config(store, "appendonly") == "yes"
        store.add(new)
        os.kill(server_pid(store), signal.SIGKILL)
        with open_sync_store(settings) as other:
            assert other.get(new.id).text == new.text


def test_nobody_else_can_come_in(settings: Settings) -> None:
    with open_sync_store(settings) as store:
        assert config(store, "port") == "0"
        assert config(store, "maxmemory-policy") == "noeviction"
        folder = settings.data_dir / "server"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "redis.sock").stat().st_mode) == 0o700
        for name in ("server.conf", "server.log", "server.lock", "users.lock"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_the_last_process_to_leave_ends_the_server(settings: Settings) -> None:
    first, second = open_sync_store(settings), open_sync_store(settings)
    pid = server_pid(first)
    first.close()
    assert server_pid(second) == pid
    second.close()
    assert gone(pid)


START = """
import sys, time
from pathlib import Path
from later_tui.store.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.join()
print("joined", flush=True)
sys.stdin.read()
server.leave()
"""


def start(data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_ten_processes_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    processes = [start(data_dir) for _ in range(10)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "joined\n"
    log = (data_dir / "server" / "server.log").read_text()
    assert log.count("Ready to accept connections") == 1
    assert len(list(Path("/proc").glob("[0-9]*"))) > 0
    for process in processes:
        process.communicate("")
        assert process.returncode == 0
    assert not (data_dir / "server" / "redis.sock").exists()


def test_a_killed_process_leaves_a_server_that_the_next_one_uses_and_ends(tmp_path: Path) -> None:
    process = start(tmp_path / "data")
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    server = EmbeddedServer(tmp_path / "data")
    server.join()
    log = (tmp_path / "data" / "server" / "server.log").read_text()
    assert log.count("Ready to accept connections") == 1
    server.leave()
    assert not (tmp_path / "data" / "server" / "redis.sock").exists()


def test_a_socket_that_a_killed_server_left_behind_does_no_harm(settings: Settings) -> None:
    store = open_sync_store(settings)
    os.kill(server_pid(store), signal.SIGKILL)
    store.close()
    assert (settings.data_dir / "server" / "redis.sock").exists()
    with open_sync_store(settings) as store:
        assert store.counts("ada").upcoming == 0


async def test_the_app_gets_a_new_server_when_its_own_was_killed(settings: Settings) -> None:
    store = await open_store(settings)
    new = due_in(HOUR)
    await store.add(new)
    with open_sync_store(settings) as other:
        os.kill(server_pid(other), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            page = await store.page("ada", View.UPCOMING, 0, 10)
            break
        except StoreError:
            await asyncio.sleep(0.05)
    assert [r.id for r in page.reminders] == [new.id]
    await store.aclose()


@pytest.mark.parametrize(
    "name", ["a folder with spaces", "quo\"te\\and's", "tab\there", "ünïcödé", "x" * 120]
)
def test_any_folder_will_do(settings: Settings, name: str) -> None:
    with open_sync_store(replace(settings, data_dir=settings.data_dir / name)) as store:
        new = due_in(HOUR)
        store.add(new)
        assert store.get(new.id).text == new.text


def test_a_folder_that_cannot_be_written_is_said_to_be(settings: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ServerError, match="choose another with LATER_DATA_DIR"):
        open_sync_store(replace(settings, data_dir=blocked))


def test_a_server_that_refuses_to_start_is_quoted(settings: Settings) -> None:
    with open_sync_store(settings) as store:
        store.add(due_in(HOUR))
    [manifest] = (settings.data_dir / "server" / "appendonlydir").glob("*.manifest")
    manifest.write_text("nonsense")
    with pytest.raises(ServerError, match=r"does not start \(.*\): its log is .*server.log"):
        open_sync_store(settings)


def test_a_server_that_does_not_answer_is_not_waited_for_long(settings: Settings) -> None:
    with open_sync_store(settings) as store:
        pid = server_pid(store)
        os.kill(pid, signal.SIGSTOP)
        try:
            begun = time.monotonic()
            with pytest.raises(ServerError, match="is there and does not answer: its log is"):
                EmbeddedServer(settings.data_dir).ensure()
            assert time.monotonic() - begun < embedded.START_TIMEOUT_S / 2
        finally:
            os.kill(pid, signal.SIGCONT)


def test_one_who_waits_for_a_server_can_be_told_to_give_up(settings: Settings) -> None:
    with open_sync_store(settings) as store:
        pid = server_pid(store)
        os.kill(pid, signal.SIGSTOP)
        try:
            server = EmbeddedServer(settings.data_dir)
            server.give_up()
            with pytest.raises(ServerError, match="not waited for any more"):
                server.ensure()
        finally:
            os.kill(pid, signal.SIGCONT)


def test_data_cut_off_at_its_end_loses_only_that(settings: Settings) -> None:
    first, last = due_in(HOUR, "first"), due_in(HOUR, "last")
    with open_sync_store(settings) as store:
        store.add(first)
        store.add(last)
    [part] = (settings.data_dir / "server" / "appendonlydir").glob("*.incr.aof")
    part.write_bytes(part.read_bytes()[:-7])
    with open_sync_store(settings) as store:
        assert store.get(first.id).text == "first"
