"""The URL of a Redis, taken apart strictly: a password that is not encoded is refused, not cut."""

import re
from typing import NamedTuple

from later_tui.config.given import Given, quoted
from later_tui.domain.errors import ConfigError

SCHEMES = ("redis", "rediss", "unix")

_EXPECTED = "redis://HOST:PORT/DATABASE, rediss://… (TLS) or unix:///PATH"
_ENCODED = (
    "its password or user percent-encoded (@ is %40, : is %3A, / is %2F, # is %23, ? is %3F, "
    "% is %25), or set LATER_REDIS_PASSWORD, which takes a password as it is"
)


class Url(NamedTuple):
    """The parts of a Redis URL; user and password decoded."""

    scheme: str
    place: str
    """What follows the credentials: host, port, path and query."""
    username: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Url({self.scheme}://…)"

    def with_credentials(self, username: str | None, password: str | None) -> str:
        """Return the URL with other credentials, percent-encoded."""
        if username is None and password is None:
            return f"{self.scheme}://{self.place}"
        secret = "" if password is None else f":{_encode(password)}"
        return f"{self.scheme}://{_encode(username or '')}{secret}@{self.place}"


def url(given: Given) -> Url:
    """Read the URL of a Redis. Raises ConfigError, never with the URL's user or password in it."""
    value = given.value
    if not isinstance(value, str):
        raise given.wrong(f"a text: {_EXPECTED}")
    if not value.strip():
        raise given.wrong(f"{_EXPECTED}, or leave it out for the private server")
    scheme, separator, rest = value.strip().partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        # A text without a scheme might be anything, a password too: only a scheme is shown.
        shown = quoted(f"{scheme}://") if separator else "not a URL"
        raise _wrong(given, shown, _EXPECTED)
    if not rest.isprintable() or " " in rest:
        raise _wrong(given, "a URL with blanks or control characters", _EXPECTED)
    username, password, place = _credentials(given, rest)
    _check_place(given, scheme.lower(), place)
    return Url(scheme.lower(), place, username, password)


def _credentials(given: Given, rest: str) -> tuple[str | None, str | None, str]:
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in rest[len(authority) :] or rest.count("@") > 1:
        raise _wrong(given, "a URL with a raw @, /, ? or # before its host", _ENCODED)
    before, at, after = rest.rpartition("@")
    if not at:
        return None, None, rest
    if re.search(r"%(?![0-9A-Fa-f]{2})", before):
        raise _wrong(given, "a URL with a raw % before its host", _ENCODED)
    username, colon, password = before.partition(":")
    return _decode(username) or None, _decode(password) if colon else None, after


def _check_place(given: Given, scheme: str, place: str) -> None:
    bare, _, _ = place.partition("?")
    if "#" in place:
        raise _wrong(given, "a URL with a raw # in it", _ENCODED)
    if scheme == "unix":
        if not bare.startswith("/") or bare == "/":
            raise _wrong(given, "a URL without a full path", "unix:///PATH/TO/SOCKET")
        return
    authority, _, database = bare.partition("/")
    host, port = _host_and_port(authority)
    if port is None or (port and not (_number(port) and 0 < int(port) < 65536)):
        found = f"a URL with the port {quoted(port)}" if port else "a URL whose port is unclear"
        raise _wrong(given, found, "a port from 1 to 65535 after the host (redis://HOST:PORT)")
    if not host:
        raise _wrong(given, "a URL without a host", _EXPECTED)
    if database and not _number(database):
        expected = "the database's number, 0 or more (redis://HOST:PORT/0)"
        raise _wrong(given, f"a URL with the database {quoted(database)}", expected)


def _host_and_port(authority: str) -> tuple[str, str | None]:
    """Split at the port's colon; an IPv6 host stands in brackets. The port is None if unclear."""
    bracketed = re.fullmatch(r"\[([0-9A-Fa-f:.%]+)\](?::(.*))?", authority)
    if bracketed:
        return bracketed[1], bracketed[2] or ""
    host, _, port = authority.partition(":")
    return host, None if ":" in port else port


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _wrong(given: Given, found: str, expected: str) -> ConfigError:
    return ConfigError(f"{given.where} is {found}; expected {expected}")


def _encode(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _decode(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)
