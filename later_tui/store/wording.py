"""Numbers in sentences."""


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 key", "2 keys", "2 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
