"""TLS: a private authority is enough; a certificate that cannot be trusted is never passed over."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import StoreError
from later_tui.store import asyncwire, open_sync_store
from tests.faults.certificates import Authority
from tests.faults.conftest import Stores
from tests.faults.servers import HOST, Server, Servers, redis_program
from tests.making import due_in

DAY = 86_400_000
LOCAL = f"IP:{HOST}"


def why_not() -> str:
    """Return why TLS cannot be tested here, if it cannot."""
    if shutil.which("openssl") is None:
        return "there is no openssl program to make certificates with"
    # A server with TLS looks for the certificate and ends; another says that it cannot.
    words = [redis_program(), "--port", "0", "--tls-port", "1", "--tls-cert-file", "/nonexistent"]
    found = subprocess.run(words, capture_output=True, timeout=60)
    told = (found.stdout + found.stderr).decode()
    without = any(word in told for word in ("Bad directive", "Failed finding TLS", "'tls-port"))
    return f"{redis_program()} is built without TLS" if without else ""


@pytest.fixture(scope="module", autouse=True)
def _possible() -> None:
    if reason := why_not():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "authority")


def start(servers: Servers, signed: tuple[Path, Path], authority: Authority) -> Server:
    certificate, key = signed
    return servers.start(
        "port 0",
        "tls-port {port}",
        f'tls-cert-file "{certificate}"',
        f'tls-key-file "{key}"',
        f'tls-ca-cert-file "{authority.file}"',
        "tls-auth-clients no",
        program=redis_program(),
    )


def told(settings: Settings, server: Server, **more: str) -> Settings:
    environ = {
        "HOME": str(settings.data_dir),
        "LATER_USER": "ada",
        "LATER_DATA_DIR": str(settings.data_dir),
        "LATER_REDIS_HOST": HOST,
        "LATER_REDIS_PORT": str(server.port),
        "LATER_REDIS_TLS": "yes",
    }
    return load({}, {**environ, **more})


async def refusal(stores: Stores, settings: Settings) -> str:
    with pytest.raises(StoreError) as caught:
        open_sync_store(settings)
    store = await stores.open(settings)
    with pytest.raises(StoreError) as same:
        await store.add(due_in(DAY))
    assert str(same.value) == str(caught.value)
    return str(caught.value)


async def test_a_private_authority_is_enough_by_host_or_by_url(
    settings: Settings, servers: Servers, stores: Stores, authority: Authority
) -> None:
    server = start(servers, authority.sign(LOCAL), authority)
    by_host = told(settings, server, LATER_REDIS_CA_FILE=str(authority.file))
    environ = {
        "HOME": str(settings.data_dir),
        "LATER_USER": "ada",
        "LATER_REDIS_URL": f"rediss://{HOST}:{server.port}/2",
        "LATER_REDIS_CA_FILE": str(authority.file),
    }
    for way in (by_host, load({}, environ)):
        new = due_in(DAY)
        store = await stores.open(way)
        await store.add(new)
        with open_sync_store(way) as other:
            assert other.get(new.id).text == new.text


async def test_a_bad_certificate_is_refused_in_a_sentence(
    settings: Settings, servers: Servers, stores: Stores, authority: Authority, tmp_path: Path
) -> None:
    server = start(servers, authority.sign(LOCAL), authority)
    said = await refusal(stores, told(settings, server))
    assert "shows a certificate that cannot be trusted (" in said
    assert "LATER_REDIS_CA_FILE" in said
    other = Authority(tmp_path, "other")
    said = await refusal(stores, told(settings, server, LATER_REDIS_CA_FILE=str(other.file)))
    assert "cannot be trusted" in said

    elsewhere = start(servers, authority.sign("DNS:redis.example"), authority)
    right = {"LATER_REDIS_CA_FILE": str(authority.file)}
    said = await refusal(stores, told(settings, elsewhere, **right))
    assert "cannot be trusted (IP address mismatch" in said


async def test_tls_is_never_dropped_where_the_server_has_none(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asyncwire, "TIMEOUT_S", 0.5)
    plain = servers.start("requirepass x")
    said = await refusal(
        stores,
        told(
            settings,
            plain,
            LATER_REDIS_PASSWORD="secret",
            LATER_REDIS_CA_FILE=str(authority.file),
        ),
    )
    assert "cannot be reached (it does not answer)" in said  # it waits for the end of a line
    assert "secret" not in said
    stats = plain.ask("INFO", "commandstats", password="x").decode()
    assert "cmdstat_auth:calls=1," in stats  # ours; no password came from the refused ones
