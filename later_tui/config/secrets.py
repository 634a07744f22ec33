"""Which keys of the file hold something that nobody else may read."""

_SECRET_WORDS = ("password", "passwd", "secret", "token", "api_key", "apikey", "auth", "credential")


def holds_secret(table: dict[str, object]) -> bool:
    """Return whether any key, at any depth, is a secret's, or any URL has a password in it."""
    for key, value in table.items():
        if isinstance(value, dict):
            if holds_secret(value):
                return True
        elif value and _is_secret(key, value):
            return True
    return False


def _is_secret(key: str, value: object) -> bool:
    if any(word in key.lower() for word in _SECRET_WORDS):
        return True
    return isinstance(value, str) and "://" in value and "@" in value
