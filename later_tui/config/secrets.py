"""Which keys of the file hold something that nobody else may read."""

import re

_SECRET_WORDS = ("password", "passwd", "secret", "token", "auth", "credential")
_ELSEWHERE = ("_command", "_env", "_file", "_keyring")
"""Endings of keys that say where a secret is, and are none themselves."""
_OPEN_SCHEMES = ("http", "https", "redis", "rediss", "unix")
_LONG_SEGMENT = re.compile(r"(?=[^/]*\d)[^/]{20,}")


def holds_secret(table: dict[str, object]) -> bool:
    """Return whether any key, at any depth, is a secret's, or any URL has a secret in it."""
    for key, value in table.items():
        if isinstance(value, dict):
            if holds_secret(value):
                return True
        elif value and (_is_secret(key) or _has_secret(value)):
            return True
    return False


def _is_secret(key: str) -> bool:
    name = key.lower()
    if name.endswith(_ELSEWHERE):
        return False
    return name.endswith("key") or any(word in name for word in _SECRET_WORDS)


def _has_secret(value: object) -> bool:
    """Return whether it is a URL with a user, a query, or a token in its path, or has one in it.

    The URLs of notification services are keys themselves: `tgram://TOKEN/CHAT`,
    `https://chat.example/hooks/2f0c…`.
    """
    if isinstance(value, list):
        return any(map(_has_secret, value))
    if not isinstance(value, str) or "://" not in value:
        return False
    scheme, _, rest = value.partition("://")
    if "@" in rest or "?" in rest:
        return True
    return (
        scheme.lower() not in _OPEN_SCHEMES
        or _LONG_SEGMENT.search(rest.partition("/")[2]) is not None
    )
