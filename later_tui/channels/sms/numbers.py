"""Telephone numbers, and what else may stand as the sender."""

import re

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
"""ITU-T E.164: the country's code and the number, at most 15 digits."""
_WRITTEN = re.compile(r"[ ./\-\u2010-\u2015()\u00a0\u202f]")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")


def e164(value: str) -> str:
    """Return a telephone number as E.164 has it: "+41 79 123 45 67" gives "+41791234567".

    Raises ValueError with what is expected. Whether somebody has the number only the provider
    knows.
    """
    form = 'one number with its country\'s code, such as "+41 79 123 45 67"'
    if "," in value or ";" in value:
        raise ValueError(f"{form}; a channel has one recipient")
    if re.search(r"\(0\)", value):
        raise ValueError(f'{form}; leave out the "(0)", which is dialled within the country alone')
    number = _WRITTEN.sub("", value)
    if number.startswith("00"):
        raise ValueError(f'{form}; begin with "+" in the place of "00"')
    if not _E164.fullmatch(number):
        raise ValueError(form)
    return number


def sender(value: str) -> str:
    """Return who a message is from, as a provider takes it.

    A number, a short code, a name of up to 11 letters, or a Twilio messaging service. Raises
    ValueError with what is expected.
    """
    if _SERVICE.fullmatch(value) or _SHORT_CODE.fullmatch(value) or _NAME.fullmatch(value):
        return value
    try:
        return e164(value)
    except ValueError:
        raise ValueError(
            'a number such as "+1 415 555 0100", a name of up to 11 letters, a short code, '
            'or a Twilio messaging service ("MG…")'
        ) from None


def is_service(value: str) -> bool:
    """Return whether the sender is a Twilio messaging service."""
    return _SERVICE.fullmatch(value) is not None
