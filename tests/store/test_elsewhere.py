"""A Redis that runs elsewhere: its own address, its own words when it refuses."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import RedisSettings, Settings
from later_tui.domain.errors import ConfigError, StoreError
from later_tui.store import open_store, open_sync_store
from later_tui.store.address import Address, parse_url
from later_tui.store.serverfiles import find_program
from later_tui.store.words import unreachable
from tests.making import due_in
from tests.ports import free_port

PASSWORD = "p@s:s/w#r%d"


def programs() -> list[str]:
    """Return the servers on this machine: the one that is installed with us, and others."""
    others = [shutil.which(name) for name in ("redis-server", "valkey-server")]
    return [find_program(), *(found for found in others if found)]


@pytest.fixture(params=programs(), ids=lambda path: Path(path).name)
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    number = free_port()
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [request.param, "--port", str(number), "--bind", "127.0.0.1", "--dir", str(tmp_path),
         "--requirepass", PASSWORD, "--save", ""],
        stdout=log,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", number), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    yield number
    server.kill()
    server.wait()
    log.close()


def on(settings: Settings, **redis: object) -> Settings:
    return replace(settings, redis=RedisSettings(**redis))  # type: ignore[arg-type]


async def test_host_port_and_password_are_enough(settings: Settings, port: int) -> None:
    told = on(settings, host="127.0.0.1", port=port, password=PASSWORD)
    new = due_in(60_000)
    with open_sync_store(told) as store:
        store.add(new)
        assert store.server().place == f"127.0.0.1:{port}"
    store_ = await open_store(told)
    assert (await store_.get(new.id)).text == new.text
    await store_.aclose()
    assert not settings.data_dir.exists()


async def test_a_url_with_an_encoded_password_and_a_database(settings: Settings, port: int) -> None:
    url = f"redis://:p%40s%3As%2Fw%23r%25d@127.0.0.1:{port}/3"
    told = on(settings, url=url, password=PASSWORD)
    new = due_in(60_000)
    store = await open_store(told)
    await store.add(new)
    await store.aclose()
    with open_sync_store(told) as other:
        assert other.get(new.id).text == new.text
    with open_sync_store(on(settings, host="127.0.0.1", port=port, password=PASSWORD)) as other:
        assert other.counts("ada").upcoming == 0


async def test_a_missing_password_is_asked_for(settings: Settings, port: int) -> None:
    told = on(settings, host="127.0.0.1", port=port)
    with open_sync_store(told) as store, pytest.raises(StoreError, match="wants a password"):
        store.counts("ada")
    store_ = await open_store(told)
    with pytest.raises(StoreError, match="wants a password"):
        await store_.counts("ada")
    await store_.aclose()


async def test_a_wrong_password_is_said_to_be_and_never_shown(
    settings: Settings, port: int
) -> None:
    told = on(settings, host="127.0.0.1", port=port, password="secret-that-is-wrong")
    with pytest.raises(StoreError, match="refuses the user name or password") as caught:
        open_sync_store(told)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(told)
    store = await open_store(told)
    with pytest.raises(StoreError, match="refuses the user name or password") as caught:
        await store.counts("ada")
    assert "secret" not in str(caught.value)
    await store.aclose()


async def test_nobody_listening_is_said_in_a_sentence(settings: Settings) -> None:
    told = on(settings, host="127.0.0.1", port=1)
    with pytest.raises(StoreError, match=r"Redis at 127.0.0.1:1 cannot be reached \(connection"):
        open_sync_store(told)
    store = await open_store(told)
    with pytest.raises(StoreError, match=r"Redis at 127.0.0.1:1 cannot be reached"):
        await store.counts("ada")
    await store.aclose()


async def test_something_else_than_redis_is_no_traceback(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        told = on(settings, host="127.0.0.1", port=listener.getsockname()[1])
        store = open_sync_store(told)
        peer, _ = listener.accept()
        peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        with pytest.raises(StoreError, match="does not speak Redis's protocol"):
            store.counts("ada")
        store.close()
        peer.close()


@pytest.mark.parametrize("url", ["http://x", "redis://h:99999", "redis://h/-1", "h:6379", ""])
def test_a_url_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        parse_url(url)


def test_a_librarys_sentence_stands_small_inside_ours() -> None:
    there = Address(host="x", port=1)
    closed = unreachable(there, ConnectionError("Connection closed by server."))
    assert closed == "Redis at x:1 cannot be reached (connection closed by server)"
    tls = unreachable(there, OSError("EOF occurred in violation of protocol."))
    assert tls == "Redis at x:1 cannot be reached (EOF occurred in violation of protocol)"
    assert (
        unreachable(there, ConnectionError("."))
        == "Redis at x:1 cannot be reached (ConnectionError)"
    )
