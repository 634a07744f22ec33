"""What goes wrong on the wire: nothing was sent, or it may have been."""

import asyncio
import logging
import socket
import traceback
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from later_tui.channels.sms import Sms
from later_tui.domain.errors import MaybeSentError, TransientError, UnavailableError
from tests.channels.http_server import (
    Behaviour,
    Seen,
    drop,
    drop_mid_body,
    huge_body,
    not_http,
    reset,
    serving,
    silence,
    slow_headers,
)
from tests.channels.sms_providers import ACCOUNT, TOKEN, TWILIO, by, signed, sms, thought, twilio
from tests.faults.certificates import Authority
from tests.ports import free_port
from tests.worker.conftest import eventually


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait shortly for an answer, and long for all that comes before it."""
    monkeypatch.setattr("later_tui.channels.http.request.READ_S", 0.2)


def names(*addresses: str) -> Callable[..., list[object]]:
    """Return a look-up that finds these addresses."""

    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return resolve


async def outcome(channel: Sms) -> Exception:
    with pytest.raises((TransientError, MaybeSentError, UnavailableError)) as failed:
        await channel.send(thought())
    await channel.aclose()
    return failed.value


async def test_a_refused_connection_sent_nothing() -> None:
    found = await outcome(sms(TWILIO, base_url=f"http://127.0.0.1:{free_port()}"))
    assert isinstance(found, TransientError)
    assert str(found) == "127.0.0.1 could not be reached: it refused the connection"


async def test_a_name_that_is_not_found_sent_nothing() -> None:
    found = await outcome(sms(TWILIO, base_url="https://no-such-host.invalid"))
    assert isinstance(found, TransientError)
    assert "its name was not found" in str(found)


async def test_no_answer_after_the_request_may_have_been_sent(impatient: None) -> None:
    async with serving(silence) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, MaybeSentError)
    assert str(found) == "the request was sent to 127.0.0.1, but no answer came in time"
    assert len(server.requests) == 1


@pytest.mark.parametrize("behave", [drop, reset, None])
async def test_a_connection_that_drops_after_the_request_may_have_been_sent(
    behave: Behaviour | None,
) -> None:
    async with serving(behave) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, MaybeSentError)
    assert "broke off before an answer" in str(found)
    assert server.connections == 1


async def test_headers_that_never_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(by(twilio)) as server:
        channel = sms(TWILIO, base_url=server.url)
        await channel.send(thought())
        server.behave = slow_headers
        channel._http._whole_s = 3
        found = await outcome(channel)
    assert isinstance(found, MaybeSentError)
    assert "no answer came in time" in str(found)


async def test_an_answer_that_is_not_http_may_have_been_sent() -> None:
    async with serving(not_http) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, MaybeSentError)
    assert "the answer is not HTTP" in str(found)


async def test_a_body_that_breaks_off_proves_nothing() -> None:
    async with serving(drop_mid_body(201)) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, MaybeSentError)


async def test_a_429_is_known_even_if_its_body_breaks_off() -> None:
    async with serving(drop_mid_body(429, **{"Retry-After": "9"})) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, TransientError)
    assert found.retry_after_ms == 9000


async def test_a_huge_body_is_not_read_to_its_end() -> None:
    taken: list[int] = []
    async with serving(huge_body(201, taken)) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, MaybeSentError)
    # What was taken lies in the buffers of the two sockets.
    assert sum(taken) < 32 << 20


async def test_a_certificate_of_nobody_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    certificate = Authority(tmp_path, "nobody").sign("IP:127.0.0.1")
    async with serving(by(twilio), certificate) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, TransientError)
    assert "its certificate is not valid" in str(found)
    assert server.requests == []


async def test_a_certificate_of_another_host_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    async with serving(by(twilio), authority.sign("DNS:example.org")) as server:
        found = await outcome(sms(TWILIO, base_url=server.url))
    assert isinstance(found, TransientError)
    assert "its certificate is not valid" in str(found)
    assert server.requests == []


async def test_a_certificate_of_an_authority_that_the_system_trusts_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    async with serving(by(twilio), authority.sign("IP:127.0.0.1")) as server:
        channel = sms(TWILIO, base_url=server.url)
        assert (await channel.send(thought())).via == "twilio"
        await channel.aclose()


async def test_a_proxy_is_never_used_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    async with serving(by(twilio)) as server:
        channel = sms(TWILIO, base_url=server.url)
        await channel.send(thought())
        await channel.aclose()


async def test_a_proxy_that_refuses_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(lambda seen, writer: _proxy(writer)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        found = await outcome(sms(TWILIO, base_url="https://api.twilio.invalid"))
    assert isinstance(found, TransientError)
    assert "407" in str(found)
    [request] = proxy.requests
    assert (request.method, request.path) == ("CONNECT", "api.twilio.invalid:443")
    assert "authorization" not in request.headers


async def _proxy(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def test_no_proxy_names_hosts_that_are_reached_directly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(lambda seen, writer: _proxy(writer)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "example.org, .twilio.invalid")
        found = await outcome(sms(TWILIO, base_url="https://api.twilio.invalid"))
    assert "its name was not found" in str(found)
    assert proxy.connections == 0


async def test_the_next_address_of_a_provider_is_tried_where_one_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path, "ours")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    async with serving(by(twilio), authority.sign("DNS:api.example.org")) as server:
        monkeypatch.setattr(socket, "getaddrinfo", names("127.0.0.2", "127.0.0.1"))
        channel = sms(TWILIO, base_url=f"https://api.example.org:{server.port}")
        assert (await channel.send(thought())).via == "twilio"
        await channel.aclose()
    assert len(server.requests) == 1


async def test_what_was_written_to_one_address_is_written_to_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with AsyncExitStack() as servers:
        try:
            first = await servers.enter_async_context(serving(drop, host="127.0.0.2"))
        except OSError:
            pytest.skip("this machine has no 127.0.0.2")
        second = await servers.enter_async_context(serving(by(twilio), port=first.port))
        monkeypatch.setattr(socket, "getaddrinfo", names("127.0.0.2", "127.0.0.1"))
        found = await outcome(sms(TWILIO, base_url=f"http://localhost:{first.port}"))
    assert isinstance(found, MaybeSentError)
    assert (len(first.requests), second.connections) == (1, 0)


@pytest.mark.parametrize("proxy", ["nonsense://u:pw@host:1", "http://u:pw@[::1", "socks5://u:pw@h"])
async def test_a_proxy_that_cannot_be_used_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    channel = sms(TWILIO, base_url="https://api.twilio.invalid")
    assert not (await channel.available()).ok
    found = await outcome(channel)
    assert "pw" not in "".join(traceback.format_exception(found))


async def test_a_send_that_is_cancelled_ends_its_connection() -> None:
    async with serving(silence) as server:
        channel = sms(TWILIO, base_url=server.url)
        sending = asyncio.create_task(channel.send(thought()))
        await eventually(lambda: bool(server.requests), 60)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await channel.aclose()


async def test_many_sends_at_once_each_have_a_connection() -> None:
    async with serving(by(twilio)) as server:
        channel = sms(TWILIO, base_url=server.url)
        receipts = await asyncio.gather(*(channel.send(thought(f"{i}")) for i in range(50)))
        await channel.aclose()
    assert len(receipts) == server.connections == 50


async def test_no_send_goes_over_a_connection_of_another_which_may_be_dead_by_then() -> None:
    async def held(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await twilio(seen)(seen, writer)
        await asyncio.sleep(3600)  # open, and never read again

    async with serving(held) as server:
        channel = sms(TWILIO, base_url=server.url)
        for number in (1, 2):
            await channel.send(thought(f"{number}"))
        await channel.aclose()
    assert server.connections == 2


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(by(twilio)) as server:
        channel = sms(TWILIO, base_url=server.url)
        await channel.send(thought("a private thought"))
        await channel.aclose()
    told = caplog.text + str([record.__dict__ for record in caplog.records])
    for secret in (TOKEN, signed(ACCOUNT), ACCOUNT, "+41791234567", "private"):
        assert secret not in told


async def test_a_token_that_cannot_be_got_makes_the_channel_wait() -> None:
    channel = sms(TWILIO, token=None, token_env="LATER_TEST_NO_SUCH_TOKEN")
    found = await channel.available()
    assert not found.ok
    assert "LATER_TEST_NO_SUCH_TOKEN" in found.reason
    assert isinstance(await outcome(channel), UnavailableError)
