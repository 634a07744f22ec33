"""Twilio, over real HTTP against a server that answers as its documentation says."""

import pytest

from later_tui.domain.errors import (
    DeliveryError,
    MaybeSentError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from tests.channels.http_server import HttpServer, answer, serving
from tests.channels.sms_providers import (
    ACCOUNT,
    KEY,
    SERVICE,
    SID,
    TOKEN,
    TWILIO,
    by,
    form,
    signed,
    sms,
    thought,
    twilio,
    twilio_error,
)


async def send(server: HttpServer, text: str = "call mum", **changes: object):  # type: ignore[no-untyped-def]
    channel = sms(TWILIO, base_url=server.url, **changes)
    try:
        return await channel.send(thought(text))
    finally:
        await channel.aclose()


async def test_a_reminder_is_queued_and_the_receipt_has_its_sid() -> None:
    async with serving(by(twilio)) as server:
        receipt = await send(server, "call mum & “dad” 😀")
    assert (receipt.via, receipt.proof) == ("twilio", f"{SID} queued")
    [request] = server.requests
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert request.headers["authorization"] == signed(ACCOUNT)
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert form(request) == {
        "To": "+41791234567",
        "From": "+14155550100",
        "Body": "call mum & “dad” 😀",
    }


async def test_a_messaging_service_takes_the_place_of_the_sender() -> None:
    async with serving(by(twilio)) as server:
        receipt = await send(server, sender=SERVICE)
    assert receipt.proof == f"{SID} accepted"
    assert form(server.requests[0])["MessagingServiceSid"] == SERVICE
    assert "From" not in form(server.requests[0])


async def test_an_api_key_signs_in_instead_of_the_account() -> None:
    async with serving(by(twilio)) as server:
        await send(server, key_sid=KEY)
    assert server.requests[0].headers["authorization"] == signed(KEY)


async def test_a_long_reminder_is_cut_to_what_may_be_paid() -> None:
    async with serving(by(twilio)) as server:
        await send(server, "word " * 400, most_segments=2)
    body = form(server.requests[0])["Body"]
    assert 270 < len(body) <= 306
    assert body.endswith("...")


async def test_text_cannot_add_a_recipient() -> None:
    async with serving(by(twilio)) as server:
        await send(server, "x&To=%2B15550000000\nTo: y")
    assert form(server.requests[0])["To"] == "+41791234567"
    assert form(server.requests[0])["Body"] == "x&To=%2B15550000000\nTo: y"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (21211, "Invalid 'To' Phone Number: +1500555XXXX"),
        (21610, "Attempt to send to unsubscribed recipient"),
        (21614, "'To' number is not a valid mobile number"),
        (21617, "The concatenated message body exceeds the 1600 character limit"),
        (30005, "Unknown destination handset"),
    ],
)
async def test_what_twilio_will_never_send_is_failed_with_its_words(
    code: int, message: str
) -> None:
    async with serving(twilio_error(400, code, message)) as server:
        with pytest.raises(PermanentError) as failed:
            await send(server)
    assert str(failed.value) == f"Twilio refused: {message} ({code})"


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, 20003), (403, 20005), (400, 21606), (400, 21659), (400, 21408), (400, 21703),
     (404, 20404), (403, 99999), (402, 99999)],
)  # fmt: skip
async def test_what_the_whole_account_would_meet_pauses_the_channel(status: int, code: int) -> None:
    async with serving(twilio_error(status, code, "No such luck")) as server:
        channel = sms(TWILIO, base_url=server.url)
        assert (await channel.available()).ok
        with pytest.raises(UnavailableError) as refused:
            await channel.send(thought())
        assert f"No such luck ({code})" in str(refused.value)
        found = await channel.available()
        assert (found.ok, found.reason) == (False, str(refused.value))
        await channel.aclose()


async def test_a_channel_that_was_refused_is_tried_again_after_a_rest() -> None:
    now = 0.0
    async with serving(twilio_error(401, 20003, "Authenticate")) as server:
        channel = sms(TWILIO, base_url=server.url)
        channel._rest._monotonic = lambda: now
        for rest in (60, 120):
            with pytest.raises(UnavailableError):
                await channel.send(thought())
            now += rest - 1
            assert not (await channel.available()).ok
            now += 1
            assert (await channel.available()).ok
        server.behave = by(twilio)
        assert (await channel.send(thought())).proof == f"{SID} queued"
        server.behave = twilio_error(401, 20003, "Authenticate")
        with pytest.raises(UnavailableError):
            await channel.send(thought())
        now += 60
        assert (await channel.available()).ok
        await channel.aclose()


@pytest.mark.parametrize(
    ("retry_after", "wait"), [("120", 120_000), ("0", 0), ("soon", None), (None, None)]
)
async def test_a_429_is_tried_again_when_twilio_asks(
    retry_after: str | None, wait: int | None
) -> None:
    headers = {} if retry_after is None else {"Retry_After": retry_after}
    async with serving(twilio_error(429, 20429, "Too Many Requests", **headers)) as server:
        with pytest.raises(TransientError) as later:
            await send(server)
    assert later.value.retry_after_ms == wait
    assert "Too Many Requests" in str(later.value)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (503, 20503, TransientError),  # documented: not taken, try again
        (429, 21611, TransientError),
        (500, 20500, MaybeSentError),  # documented: a repetition may be a second message
        (502, 99999, MaybeSentError),
        (504, 99999, MaybeSentError),
        (408, 99999, MaybeSentError),
        (400, 99999, PermanentError),
        (413, 99999, PermanentError),
    ],
)
async def test_an_error_is_what_its_status_and_code_say(
    status: int, code: int, kind: type[DeliveryError]
) -> None:
    async with serving(twilio_error(status, code, "Words")) as server:
        with pytest.raises(kind, match="Words"):
            await send(server)


async def test_a_503_of_something_in_between_may_have_been_sent() -> None:
    async with serving(answer(503, b"upstream connect error")) as server:
        with pytest.raises(MaybeSentError, match="503 Service Unavailable"):
            await send(server)


@pytest.mark.parametrize(
    "body",
    [b"<html>welcome to the hotel</html>", b"", b"[]", b'{"sid": 5, "status": "queued"}',
     b'{"status": "queued"}', b'{"sid": "SM', b"[" * 60_000, b"\xff\xfe"],
)  # fmt: skip
async def test_an_answer_without_a_sid_proves_nothing(body: bytes) -> None:
    async with serving(answer(200, body)) as server:
        with pytest.raises(MaybeSentError, match="without saying that it took the message"):
            await send(server)


async def test_a_message_that_was_made_and_failed_at_once_is_failed() -> None:
    made = {"sid": SID, "status": "failed", "error_code": 30007, "error_message": "Filtered"}
    async with serving(answer(201, made)) as server:
        with pytest.raises(PermanentError, match="did not send it: Filtered"):
            await send(server)


async def test_a_redirect_is_not_followed_and_pauses_the_channel() -> None:
    async with (
        serving(by(twilio)) as other,
        serving(answer(307, b"", {"Location": f"{other.url}/x"})) as server,
    ):
        with pytest.raises(UnavailableError, match="base_url"):
            await send(server)
    assert other.connections == 0


async def test_an_error_shows_no_secret_and_no_escape_sequence() -> None:
    mirrored = f"\x1b]0;x\x07 {TOKEN} {signed(ACCOUNT)} " + "long " * 100
    async with serving(twilio_error(400, 21211, mirrored)) as server:
        with pytest.raises(PermanentError) as failed:
            await send(server)
    told = str(failed.value)
    assert TOKEN not in told
    assert signed(ACCOUNT).split()[1] not in told
    assert told.isprintable()
    assert len(told) < 300
