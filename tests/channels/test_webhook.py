"""A webhook over real HTTP: what is sent, and what each answer leads to."""

import json
import logging
import time

import pytest

from later_tui.channels.base import ChannelContext
from later_tui.channels.options import read_options
from later_tui.channels.webhook import Webhook
from later_tui.channels.webhook.signature import signature
from later_tui.domain.errors import (
    DeliveryError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from tests.channels.http_server import (
    Behaviour,
    answer,
    drop,
    drop_mid_body,
    huge_body,
    in_turn,
    not_http,
    reset,
    serving,
    silence,
    slow_headers,
)
from tests.channels.sms_providers import thought

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def webhook(url: str, **table: object) -> Webhook:
    given = {"url": f"{url}/hook/geheim", "allow_private": True, **table}
    return Webhook(
        read_options(Webhook.Options, given, "config.toml: channel.webhook"), ChannelContext()
    )


async def refusal(behave: Behaviour | None, **table: object) -> DeliveryError:
    async with serving(behave) as server:
        channel = webhook(server.url, **table)
        with pytest.raises(DeliveryError) as refused:
            await channel.send(thought())
        await channel.aclose()
    assert server.connections == 1
    assert "geheim" not in str(refused.value)
    return refused.value


async def test_a_reminder_is_posted_signed_and_with_its_id() -> None:
    async with serving(answer(204)) as server:
        channel = webhook(server.url, secret=SECRET, authorization="Bearer abc")
        receipt = await channel.send(thought("call mum"))
        await channel.aclose()
    assert (receipt.via, receipt.proof) == ("127.0.0.1", "204 No Content")
    [request] = server.requests
    headers = request.headers
    assert (request.method, request.path) == ("POST", "/hook/geheim")
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "abc123def456_1"
    assert headers["idempotency-key"] == '"abc123def456_1"'
    assert headers["authorization"] == "Bearer abc"
    assert headers["user-agent"].startswith("later/")
    at = int(headers["webhook-timestamp"])
    assert abs(at - time.time()) < 60
    assert headers["webhook-signature"] == signature(SECRET, "abc123def456_1", at, request.body)
    assert json.loads(request.body)["data"]["text"] == "call mum"


async def test_without_a_secret_it_is_not_signed() -> None:
    async with serving(answer(200)) as server:
        channel = webhook(server.url)
        await channel.send(thought())
        await channel.aclose()
    assert not server.requests[0].headers.keys() & {"webhook-signature", "authorization"}


async def test_a_second_attempt_has_the_same_id_and_keeps_no_cookie() -> None:
    first = answer(503, b"", {"Set-Cookie": "a=b", "Retry-After": "30"})
    async with serving(in_turn(first, answer(200))) as server:
        channel = webhook(server.url)
        with pytest.raises(TransientError) as later:
            await channel.send(thought())
        await channel.send(thought(attempt=2))
        await channel.aclose()
    assert later.value.retry_after_ms == 30_000
    assert [r.headers["webhook-id"] for r in server.requests] == ["abc123def456_1"] * 2
    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_2xx_is_delivered_whatever_its_body(status: int) -> None:
    for behave in (answer(status), drop_mid_body(status), huge_body(status)):
        async with serving(behave) as server:
            channel = webhook(server.url)
            assert (await channel.send(thought())).proof.startswith(str(status))
            await channel.aclose()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, PermanentError),
        (302, PermanentError),
        (307, PermanentError),
        (400, PermanentError),
        (401, UnavailableError),
        (403, UnavailableError),
        (404, PermanentError),
        (408, TransientError),
        (410, PermanentError),
        (413, PermanentError),
        (425, TransientError),
        (429, TransientError),
        (500, TransientError),
        (502, TransientError),
        (503, TransientError),
        (504, TransientError),
        (599, TransientError),
    ],
)
async def test_a_refusal_is_what_its_status_says(status: int, kind: type[DeliveryError]) -> None:
    found = await refusal(answer(status, {"error": "Not today"}))
    assert type(found) is kind
    assert str(status) in str(found)
    assert ("wants no more of these" if status == 410 else "Not today") in str(found)


async def test_a_redirect_is_not_followed() -> None:
    async with serving(answer(200)) as inner:
        for target in (inner.url, "http://169.254.169.254/latest/meta-data/"):
            found = await refusal(answer(302, b"", {"Location": target}))
            assert isinstance(found, PermanentError)
            assert "redirects are not followed" in str(found)
    assert inner.connections == 0


@pytest.mark.parametrize("behave", [drop, reset, None, not_http])
async def test_no_answer_is_tried_again(behave: Behaviour | None) -> None:
    assert type(await refusal(behave)) is TransientError


async def test_silence_is_bounded_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("later_tui.channels.http.request.READ_S", 0.2)
    found = await refusal(silence)
    assert type(found) is TransientError
    assert "no answer came in time" in str(found)


async def test_headers_that_never_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("later_tui.channels.http.client.WHOLE_S", 3)
    assert type(await refusal(slow_headers)) is TransientError


async def test_an_html_page_is_not_quoted_and_a_text_shows_no_secret() -> None:
    page = answer(404, b"<html>" + b"x" * 5000, {"Content-Type": "text/html; charset=utf-8"})
    assert str(await refusal(page)) == "127.0.0.1 answered 404 Not Found"
    mirror = answer(400, f"got Bearer abc {SECRET} \x1b[2J".encode())
    found = str(await refusal(mirror, secret=SECRET, authorization="Bearer abc"))
    assert SECRET not in found
    assert "abc" not in found
    assert "\x1b" not in found


async def test_an_authorization_that_is_no_header_is_refused_before_the_wire() -> None:
    async with serving(answer(200)) as server:
        channel = webhook(server.url, authorization="Bearer ü")
        with pytest.raises(UnavailableError, match="no header may have"):
            await channel.send(thought())
        await channel.aclose()
    assert server.connections == 0


async def test_a_text_changes_no_header() -> None:
    async with serving(answer(200)) as server:
        channel = webhook(server.url)
        await channel.send(thought("a\r\nBcc: x", message_id="a\r\nEvil: 1"))
        await channel.aclose()
    assert "evil" not in server.requests[0].headers


async def test_a_receiver_that_says_no_is_left_alone_and_then_asked_again() -> None:
    async with serving(in_turn(answer(401), answer(401), answer(200), answer(401))) as server:
        channel = webhook(server.url, secret=SECRET)
        now = 0.0
        channel._rest._monotonic = lambda: now
        for rest in (60.0, 120.0, 60.0):
            if rest == 60.0 and now:
                await channel.send(thought())
            with pytest.raises(UnavailableError, match=r"channel\.webhook\.secret"):
                await channel.send(thought())
            now += rest - 1
            assert "401 Unauthorized" in (await channel.available()).reason
            now += 1
            assert (await channel.available()).ok
        await channel.aclose()


async def test_no_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(answer(502)) as proxy, serving(answer(200)) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        channel = webhook(server.url)
        assert (await channel.send(thought())).proof == "200 OK"
        await channel.aclose()
    assert proxy.connections == 0


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(answer(200, b"", {"X-Echo": "geheim"})) as server:
        channel = webhook(server.url, secret=SECRET, authorization="Bearer abc")
        await channel.send(thought("a private thought"))
        await channel.aclose()
    told = caplog.text + str([record.__dict__ for record in caplog.records])
    for secret in ("geheim", SECRET, "Bearer abc", "private"):
        assert secret not in told
