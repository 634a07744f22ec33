"""How a webhook is signed, and what it says."""

import base64
import hashlib
import hmac
import json

import pytest

from later_tui.channels.webhook.payload import payload
from later_tui.channels.webhook.signature import signature, webhook_id
from later_tui.domain.errors import UnavailableError
from tests.channels.sms_providers import thought


def test_it_is_signed_as_the_specifications_libraries_do() -> None:
    # The example that the libraries of Standard Webhooks test themselves with.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_plain_text_is_the_key_itself() -> None:
    mac = hmac.new("geheim-ü".encode(), b"a.5.{}", hashlib.sha256).digest()
    assert signature("geheim-ü", "a", 5, b"{}") == "v1," + base64.b64encode(mac).decode()


def test_two_secrets_sign_both_while_one_takes_the_others_place() -> None:
    one, two = "whsec_b25l", "whsec_dHdv"
    both = signature(f"{one} {two}", "a", 5, b"{}").split(" ")
    assert both == [signature(one, "a", 5, b"{}"), signature(two, "a", 5, b"{}")]


def test_a_passphrase_with_blanks_is_one_secret() -> None:
    assert signature("open the door", "a", 5, b"{}").count("v1,") == 1
    assert signature("open the door", "a", 5, b"{}") != signature("open", "a", 5, b"{}")


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a*b", "whsec_abc"])
def test_a_broken_secret_is_said_and_not_shown(secret: str) -> None:
    with pytest.raises(UnavailableError, match="not base64") as refused:
        signature(secret, "a", 5, b"{}")
    assert secret == "whsec_" or secret not in str(refused.value)


@pytest.mark.parametrize(
    ("message_id", "name"),
    [("abc123def456.1", "abc123def456_1"), ("digest.abc.1", "digest_abc_1"), ("a\r\nb", "a__b")],
)
def test_the_id_has_no_dot_which_parts_what_is_signed(message_id: str, name: str) -> None:
    assert webhook_id(message_id) == name


def test_the_body_has_what_a_receiver_may_want() -> None:
    body = payload(thought("call mum “now” <b>", tags=("family",), lateness_ms=5, nag=2))
    assert json.loads(body) == {
        "type": "reminder.due",
        "version": 1,
        "timestamp": "2027-01-15T08:00:00.123Z",
        "data": {
            "id": "abc123def456",
            "round": 1,
            "username": "ada",
            "text": "call mum “now” <b>",
            "tags": ["family"],
            "count": 1,
            "due_at": "2027-01-15T08:00:00.123Z",
            "lateness_ms": 5,
            "nag": 2,
            "kept": {"host": "mill", "folder": "~/src", "at": "2023-11-14T22:13:20.000Z"},
        },
    }


def test_a_digest_has_no_id_since_it_is_not_answered() -> None:
    found = json.loads(payload(thought("a\nb\nc", count=3, reminder_id="digest.ada", round=0)))
    assert found["type"] == "reminder.digest"
    assert found["data"]["count"] == 3
    assert not found["data"].keys() & {"id", "round", "kept"}
