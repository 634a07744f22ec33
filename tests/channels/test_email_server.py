"""Mail over a real server: TLS, STARTTLS and login, and one recipient means one."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from later_tui.channels.email import pool
from later_tui.domain.clock import ManualClock
from later_tui.domain.errors import TransientError, UnavailableError
from tests.channels.smtp_rig import ADA, Post, note
from tests.faults.certificates import Authority
from tests.worker.conftest import eventually

PASSWORD = "correct horse \" battery'"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post() as post:
        yield post


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"), "post")


def certified(authority: Authority, host: str = "IP:127.0.0.1") -> tuple[Path, Path]:
    return authority.sign(host)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_mail_goes_encrypted_and_logged_in_and_the_servers_word_is_the_proof(
    post: Post, authority: Authority, security: str
) -> None:
    server = await post.real(security, certified(authority), ("ada", PASSWORD))
    channel = post.to(
        server,
        security=security,
        ca_file=str(authority.file),
        username="ada",
        password=PASSWORD,
    )
    receipt = await channel.send(note())
    assert receipt.via == "smtp 127.0.0.1"
    assert receipt.proof == "250 2.0.0 Ok: queued as 0001"
    (got,) = server.box.mails
    assert got.encrypted
    assert got.login == "ada"
    assert server.logins == [("ada", PASSWORD)]
    assert (got.sender, got.recipients) == (ADA, [ADA])
    assert got.message["Subject"] == "call mum"
    assert (await channel.available()).via == "smtp 127.0.0.1"


async def test_the_machines_name_is_told_to_nobody(post: Post) -> None:
    server = await post.real()
    await post.to(server).send(note())
    assert server.hellos == ["[127.0.0.1]"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("wrong", ["authority", "name"])
async def test_a_certificate_that_cannot_be_trusted_is_refused_and_the_channel_waits(
    post: Post, authority: Authority, security: str, wrong: str, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    certificate = (
        certified(other) if wrong == "authority" else certified(authority, "DNS:mail.example.org")
    )
    server = await post.real(security, certificate, ("ada", PASSWORD))
    clock = ManualClock(1_764_000_000_000)
    channel = post.to(
        server,
        clock,
        security=security,
        ca_file=str(authority.file),
        username="ada",
        password=PASSWORD,
    )
    with pytest.raises(UnavailableError, match=r"certificate of smtp 127\.0\.0\.1 is not trusted"):
        await channel.send(note())
    assert server.logins == []
    assert server.box.mails == []
    state = await channel.available()
    assert not state.ok
    assert state.reason.endswith("it is tried again on Mon 24 Nov 2025 17:02".replace(" 2025", ""))
    clock.advance(121_000)
    assert (await channel.available()).ok


async def test_a_refused_login_is_said_and_not_tried_again_for_a_quarter_of_an_hour(
    post: Post, authority: Authority
) -> None:
    server = await post.real("starttls", certified(authority), ("ada", PASSWORD))
    clock = ManualClock(1_764_000_000_000)
    channel = post.to(
        server,
        clock,
        security="starttls",
        ca_file=str(authority.file),
        username="ada",
        password="wrong",
    )
    results = await asyncio.gather(
        *(channel.send(note(number=i)) for i in range(20)), return_exceptions=True
    )
    assert {type(result) for result in results} == {UnavailableError}
    assert server.logins == [("ada", "wrong")], "one attempt, whatever waits"
    state = await channel.available()
    assert "refused the login: 535 5.7.8" in state.reason
    assert "wrong password for ada" not in state.reason, "the password is in those words"
    assert "17:15" in state.reason
    clock.advance(899_000)
    with pytest.raises(UnavailableError):
        await channel.send(note())
    assert len(server.logins) == 1
    clock.advance(2_000)
    assert (await channel.available()).ok
    server.login = ("ada", "wrong")
    assert (await channel.send(note())).proof.startswith("250")


async def test_a_password_that_was_changed_is_read_again_after_it_was_refused(
    post: Post, authority: Authority, tmp_path: Path
) -> None:
    server = await post.real("tls", certified(authority), ("ada", "new"))
    file = tmp_path / "password"
    file.write_text("old\n")
    file.chmod(0o600)
    clock = ManualClock()
    channel = post.to(
        server,
        clock,
        security="tls",
        ca_file=str(authority.file),
        username="ada",
        password_file=str(file),
    )
    with pytest.raises(UnavailableError):
        await channel.send(note())
    file.write_text("new\n")
    clock.advance(901_000)
    await channel.send(note())
    assert server.logins == [("ada", "old"), ("ada", "new")]


async def test_a_password_that_cannot_be_got_makes_the_channel_wait_and_asks_no_server(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await post.real()
    clock = ManualClock()
    channel = post.to(server, clock, username="ada", password_env="MAIL_PASSWORD")
    state = await channel.available()
    assert not state.ok
    assert "MAIL_PASSWORD" in state.reason
    with pytest.raises(UnavailableError, match="MAIL_PASSWORD"):
        await channel.send(note())
    assert server.connections == 0
    monkeypatch.setenv("MAIL_PASSWORD", "x")
    clock.advance(61_000)
    assert (await channel.available()).ok


async def test_looking_whether_it_is_available_asks_no_server(post: Post) -> None:
    server = await post.real()
    channel = post.to(server)
    for _ in range(5):
        assert (await channel.available()).ok
    assert server.connections == 0


async def test_a_crowd_shares_a_few_connections(post: Post) -> None:
    server = await post.real()
    server.box.slow_s = 0.01
    channel = post.to(server)
    await asyncio.gather(*(channel.send(note(f"thought {i}", i)) for i in range(50)))
    assert len(server.box.mails) == 50
    assert server.most_open <= pool.MOST
    assert server.connections <= pool.MOST
    assert {got.message["Subject"] for got in server.box.mails} == {
        f"thought {i}" for i in range(50)
    }
    assert all(got.recipients == [ADA] for got in server.box.mails)


async def test_resting_connections_are_closed(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "REST_S", 0.05)
    server = await post.real()
    channel = post.to(server)
    await channel.send(note())
    await eventually(lambda: server.open == 0, 30)
    await channel.send(note())
    assert server.connections == 2


async def test_a_resting_connection_that_the_server_ended_costs_nothing(post: Post) -> None:
    server = await post.real()
    channel = post.to(server)
    await channel.send(note("one", 1))
    await server.stop()
    await server.start()
    await channel.send(note("two", 2))
    assert [got.message["Subject"] for got in server.box.mails] == ["one", "two"]


async def test_a_server_that_is_not_there_is_tried_again_later(post: Post) -> None:
    server = await post.real()
    channel = post.to(server)
    await server.stop()
    with pytest.raises(
        TransientError, match=r"smtp 127\.0\.0\.1 cannot be reached: connection refused$"
    ):
        await channel.send(note())
    assert (await channel.available()).ok, "the worker's backoff is enough"


async def test_a_name_that_cannot_be_found_is_tried_again_later(post: Post) -> None:
    channel = post.channel(host="nowhere.invalid")
    with pytest.raises(TransientError, match=r"smtp nowhere\.invalid cannot be found"):
        await channel.send(note())


@pytest.mark.parametrize("addresses", [("127.0.0.2", "127.0.0.1"), ("127.0.0.1", "127.0.0.2")])
async def test_an_address_that_leads_nowhere_is_passed_over_for_the_next(
    post: Post, monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    server = await post.real()
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, server.port)) for address in addresses
    ]
    channel = post.to(server, host="mail.localhost")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert (await channel.send(note())).proof.startswith("250")


async def test_an_address_beyond_ascii_goes_to_a_server_that_takes_it(post: Post) -> None:
    server = await post.real()
    await post.to(server, to="zoë@bücher.example").send(note("grüße"))
    (got,) = server.box.mails
    assert got.recipients == ["zoë@xn--bcher-kva.example"]
    assert "SMTPUTF8" in got.options


async def test_a_cancelled_send_frees_its_connection(post: Post) -> None:
    server = await post.real()
    server.box.slow_s = 60
    channel = post.to(server)
    sends = [asyncio.create_task(channel.send(note(number=i))) for i in range(6)]
    await eventually(lambda: server.open == pool.MOST, 30)
    for send in sends:
        send.cancel()
    await asyncio.gather(*sends, return_exceptions=True)
    await eventually(lambda: server.open == 0, 30)
    server.box.slow_s = 0
    assert (await channel.send(note())).proof.startswith("250")
