"""Vonage, over real HTTP against a server that answers as its documentation says."""

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
    TOKEN,
    VONAGE,
    by,
    form,
    signed,
    sms,
    thought,
    vonage,
    vonage_parts,
)


async def send(server: HttpServer, text: str = "call mum", **changes: object):  # type: ignore[no-untyped-def]
    channel = sms(VONAGE, base_url=server.url, **changes)
    try:
        return await channel.send(thought(text))
    finally:
        await channel.aclose()


async def test_a_reminder_is_accepted_and_the_receipt_has_its_id() -> None:
    async with serving(by(vonage)) as server:
        receipt = await send(server)
    assert (receipt.via, receipt.proof) == ("vonage", "0C000000 accepted")
    [request] = server.requests
    assert request.headers["authorization"] == signed("abcd1234")
    assert form(request) == {
        "from": "later",
        "to": "41791234567",
        "text": "call mum",
        "type": "text",
        "client-ref": "abc123def456.1",
    }


async def test_a_text_outside_the_gsm_alphabet_is_sent_as_unicode() -> None:
    async with serving(by(vonage)) as server:
        await send(server, "позвони маме 😀")
    assert form(server.requests[0])["type"] == "unicode"
    assert form(server.requests[0])["text"] == "позвони маме 😀"


async def test_all_parts_of_a_long_text_are_in_the_receipt() -> None:
    async with serving(vonage_parts("0", "0")) as server:
        receipt = await send(server, "word " * 50)
    assert receipt.proof == "0C000000 0C000001 accepted"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("1", TransientError),
        ("10", TransientError),
        ("2", PermanentError),
        ("3", PermanentError),
        ("6", PermanentError),
        ("7", PermanentError),
        ("12", PermanentError),
        ("29", PermanentError),
        ("33", PermanentError),
        ("4", UnavailableError),
        ("8", UnavailableError),
        ("9", UnavailableError),
        ("11", UnavailableError),
        ("14", UnavailableError),
        ("15", UnavailableError),
        ("5", MaybeSentError),
        ("strange", MaybeSentError),
    ],
)
async def test_a_refusal_is_what_its_status_says(status: str, kind: type[DeliveryError]) -> None:
    async with serving(vonage_parts(status, said="Bad thing")) as server:
        with pytest.raises(kind) as refused:
            await send(server)
    assert f"Bad thing ({status})" in str(refused.value)


@pytest.mark.parametrize("statuses", [("0", "1"), ("4", "0"), ("0", "0", "9")])
async def test_a_text_of_which_a_part_was_taken_may_have_been_sent(
    statuses: tuple[str, ...],
) -> None:
    async with serving(vonage_parts(*statuses)) as server:
        with pytest.raises(MaybeSentError, match=f"of {len(statuses)} parts were taken"):
            await send(server)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"messages": []}', b'{"messages": ["0"]}', b'{"messages": {}}']
)
async def test_an_answer_that_says_nothing_of_the_message_proves_nothing(body: bytes) -> None:
    async with serving(answer(200, body)) as server:
        with pytest.raises(MaybeSentError):
            await send(server)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, UnavailableError),
        (402, UnavailableError),
        (403, UnavailableError),
        (404, UnavailableError),
        (422, PermanentError),
        (429, TransientError),
        (500, MaybeSentError),
        (503, MaybeSentError),
    ],
)
async def test_an_http_error_has_the_words_of_its_problem(
    status: int, kind: type[DeliveryError]
) -> None:
    problem = {"type": "https://example.org/#x", "title": "Not so", "detail": "Your words"}
    async with serving(answer(status, problem, {"Retry-After": "7"})) as server:
        with pytest.raises(kind, match="Your words") as refused:
            await send(server)
    if isinstance(refused.value, TransientError):
        assert refused.value.retry_after_ms == 7000


async def test_a_wrong_secret_is_refused_and_shown_nowhere() -> None:
    async with serving(by(vonage)) as server:
        with pytest.raises(UnavailableError) as refused:
            await send(server, token="another-secret")
    assert "another-secret" not in str(refused.value)
    assert TOKEN not in str(refused.value)
