"""Which URLs may stand in the configuration."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def web_url(value: str) -> str:
    """Return a URL of http or https as it was given.

    Raises ValueError with what is expected.
    """
    parts = _split(value)
    if parts.scheme not in ("http", "https"):
        raise ValueError('a URL such as "https://example.org/hook"')
    return value


def provider_url(value: str) -> str:
    """Return the base URL of a provider, without the slash at its end.

    It is https, or http to this very machine. Raises ValueError with what is expected.
    """
    parts = _split(value)
    if parts.query:
        raise ValueError("a URL without a question mark in it")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError('a URL of https, such as "https://api.example.org"')
    return value.rstrip("/")


def is_loopback(host: str | None) -> bool:
    """Return whether the host is this machine, by its number or as `localhost`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _split(value: str) -> SplitResult:
    form = 'a URL such as "https://example.org/hook"'
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(form) from None
    if not parts.hostname or port == 0 or any(char.isspace() for char in value):
        raise ValueError(form)
    if parts.username is not None or parts.password is not None:
        raise ValueError("a URL without a user or a password in it")
    if parts.fragment:
        raise ValueError("a URL without a # in it")
    return parts
