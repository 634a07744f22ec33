"""Which numbers, senders and accounts the configuration may name."""

import pytest

from later_tui.channels.sms.numbers import e164, sender
from later_tui.domain.errors import ConfigError
from tests.channels.sms_providers import KEY, SERVICE, TWILIO, VONAGE, sms


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+41791234567", "+41791234567"),
        ("+41 79 123 45 67", "+41791234567"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("+49.30.1234567", "+49301234567"),
        ("+44\u00a020\u20117946\u20110000", "+442079460000"),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, number: str) -> None:
    assert e164(written) == number


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("0791234567", "country's code"),
        ("0041791234567", 'begin with "+"'),
        ("+44 (0)20 7946 0000", 'leave out the "(0)"'),
        ("+41791234567, +41797654321", "one recipient"),
        ("+41791234567;+41797654321", "one recipient"),
        ("+0123456789", "country's code"),
        ("+1234567890123456", "country's code"),
        ("+12345", "country's code"),
        ("+1415555CALL", "country's code"),
        ("+14155550100 x12", "country's code"),
        ("+٤١٧٩١٢٣٤٥٦٧", "country's code"),
        ("++41791234567", "country's code"),
        ("", "country's code"),
        ("ada", "country's code"),
    ],
)
def test_what_is_no_number_is_refused_with_what_would_work(written: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        e164(written)
    assert why in str(refused.value)
    assert "+41 79 123 45 67" in str(refused.value)


@pytest.mark.parametrize("who", ["later", "My Shop 24", "12345", SERVICE])
def test_a_sender_may_be_a_name_a_short_code_or_a_service(who: str) -> None:
    assert sender(who) == who


def test_a_sender_may_be_a_number() -> None:
    assert sender("+1 415 555 0100") == "+14155550100"


@pytest.mark.parametrize("who", ["a name too long", "", "läter", "MG12", "12", "a\r\nb"])
def test_any_other_sender_is_refused(who: str) -> None:
    if who == "MG12":
        assert sender(who) == who  # a name as good as another
        return
    with pytest.raises(ValueError, match="11 letters"):
        sender(who)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"to": "079 123 45 67"}, "channel.sms.to"),
        ({"to": None}, "channel.sms.to is missing"),
        ({"sender": "no such sender name"}, "channel.sms.sender"),
        ({"account": "AC12"}, "account SID"),
        ({"key_sid": "AC12"}, "SK and 32 hex digits"),
        ({"most_segments": 0}, "from 1 to 10"),
        ({"most_segments": 11}, "from 1 to 10"),
        ({"provider": "pigeon"}, "twilio"),
        ({"base_url": "http://api.example.org"}, "https"),
        ({"base_url": "https://ada:pw@api.example.org"}, "without a user"),
        ({"base_url": "https://api.example.org/?a=b"}, "question mark"),
        ({"base_url": "ftp://api.example.org"}, "https"),
        ({"base_url": "https://"}, "a URL such as"),
        ({"base_url": "https://x:99999"}, "a URL such as"),
        ({"tokn": "x"}, "token"),
    ],
)
def test_a_wrong_option_is_refused_and_shows_no_secret(
    changes: dict[str, object], why: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        sms(TWILIO, **changes)
    assert why in str(refused.value)
    assert str(TWILIO["token"]) not in str(refused.value)
    assert "pw@" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"sender": SERVICE}, "messaging service"),
        ({"key_sid": KEY}, "Twilio's alone"),
        ({"account": "a:b"}, "API key"),
    ],
)
def test_what_only_twilio_has_is_refused_for_vonage(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        sms(VONAGE, **changes)


def test_the_options_show_no_secret() -> None:
    channel = sms(TWILIO)
    assert str(TWILIO["token"]) not in repr(channel._options)
