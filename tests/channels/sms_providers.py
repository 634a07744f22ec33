"""Twilio's and Vonage's servers, as their documentation says that they answer."""

from base64 import b64encode
from urllib.parse import parse_qsl

from later_tui.channels.base import ChannelContext, Notification
from later_tui.channels.options import read_options
from later_tui.channels.sms import Sms
from later_tui.domain.reminder import Origin
from tests.channels.http_server import Behaviour, Seen, answer

ACCOUNT = "AC" + "0123456789abcdef" * 2
KEY = "SK" + "0123456789abcdef" * 2
SERVICE = "MG" + "0123456789abcdef" * 2
TOKEN = "5f3c-the-token-9a"
SID = "SM" + "00ff" * 8

TWILIO = {"provider": "twilio", "to": "+41 79 123 45 67", "sender": "+14155550100",
          "account": ACCOUNT, "token": TOKEN}  # fmt: skip
VONAGE = {"provider": "vonage", "to": "+41 79 123 45 67", "sender": "later",
          "account": "abcd1234", "token": TOKEN}  # fmt: skip


def sms(table: dict[str, object], **changes: object) -> Sms:
    given = {key: value for key, value in {**table, **changes}.items() if value is not None}
    return Sms(read_options(Sms.Options, given, "config.toml: channel.sms"), ChannelContext())


def thought(text: str = "call mum", **changes: object) -> Notification:
    given: dict[str, object] = {
        "reminder_id": "abc123def456",
        "round": 1,
        "text": text,
        "due_at": 1_800_000_000_123,
        "origin": Origin("mill", "~/src", 1_700_000_000_000),
        "message_id": "abc123def456.1",
        "username": "ada",
    }
    return Notification(**{**given, **changes})  # type: ignore[arg-type]


def signed(user: str, token: str = TOKEN) -> str:
    return "Basic " + b64encode(f"{user}:{token}".encode()).decode()


def form(request: Seen) -> dict[str, str]:
    return dict(parse_qsl(request.body.decode(), strict_parsing=True, keep_blank_values=True))


def said(request: Seen) -> str:
    """The text that was sent, by either provider."""
    found = form(request)
    return found.get("Body") or found["text"]


def twilio(request: Seen) -> Behaviour:
    """What Twilio answers to this request."""
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    if request.headers.get("authorization") not in (signed(ACCOUNT), signed(KEY)):
        return twilio_error(401, 20003, "Authenticate")
    if request.method != "POST" or request.path != path:
        return twilio_error(404, 20404, f"The requested resource {request.path} was not found")
    fields = form(request)
    if not fields.keys() & {"From", "MessagingServiceSid"}:
        return twilio_error(400, 21603, "A 'From' phone number is required.")
    if not fields.get("Body"):
        return twilio_error(400, 21602, "Message body is required.")
    created = {
        "account_sid": ACCOUNT, "api_version": "2010-04-01", "body": fields["Body"],
        "date_sent": None, "direction": "outbound-api", "error_code": None, "error_message": None,
        "from": fields.get("From"), "messaging_service_sid": fields.get("MessagingServiceSid"),
        "num_media": "0", "num_segments": "1", "price": None, "sid": SID,
        "status": "queued" if "From" in fields else "accepted", "to": fields["To"],
    }  # fmt: skip
    return answer(201, created)


def twilio_error(status: int, code: int, message: str, **headers: str) -> Behaviour:
    link = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": message, "more_info": link, "status": status}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(status, body, told)


def vonage(request: Seen) -> Behaviour:
    """What Vonage answers to this request."""
    if request.headers.get("authorization") != signed("abcd1234"):
        return answer(401, {"title": "Unauthorized", "detail": "You did not provide credentials."})
    assert (request.method, request.path) == ("POST", "/sms/json")
    return vonage_parts("0")


def vonage_parts(*statuses: str, said: str = "Why") -> Behaviour:
    """Answer with a status for each part."""
    taken = {"to": "41791234567", "remaining-balance": "15.5", "message-price": "0.03"}
    parts = [
        {**taken, "status": "0", "message-id": f"0C00000{place}"}
        if status == "0"
        else {"status": status, "error-text": said}
        for place, status in enumerate(statuses)
    ]
    return answer(200, {"message-count": str(len(parts)), "messages": parts})


def by(provider: object) -> Behaviour:
    """Serve as one of the providers above."""

    async def behave(request: Seen, writer: object) -> None:
        await provider(request)(request, writer)  # type: ignore[operator]

    return behave
