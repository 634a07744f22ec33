"""One value of the configuration as it was given, and the sentence if it is wrong."""

from later_tui.domain.errors import ConfigError
from later_tui.domain.inert import one_line

_SHOWN = 40
_LONG = 10**18


class Given:
    """A value and where it stood: "FILE: redis.port", "LATER_REDIS_PORT", "--redis".

    A `secret` value is never shown.
    """

    __slots__ = ("secret", "value", "where")

    def __init__(self, value: object, where: str, *, secret: bool = False) -> None:
        self.value = value
        self.where = where
        self.secret = secret

    def wrong(self, expected: str) -> ConfigError:
        """Return the error that says where, what was found and what is expected."""
        return ConfigError(f"{self.where} is {self.found}; expected {expected}")

    @property
    def found(self) -> str:
        """The value in words: short, inert, and never a secret."""
        if self.secret and self.value != "":
            return f"{kind(self.value)} that does not fit (not shown: it is secret)"
        if isinstance(self.value, str):
            return quoted(self.value) if self.value else "empty"
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if isinstance(self.value, float) or (
            isinstance(self.value, int) and abs(self.value) < _LONG
        ):
            return str(self.value)
        return kind(self.value)


def quoted(text: str) -> str:
    """Return text from elsewhere in quotation marks: one inert line, shortened."""
    line = one_line(text)
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[:_SHOWN]}…"'


def kind(value: object) -> str:
    """Return what kind of value it is, in TOML's words."""
    kinds: dict[type, str] = {
        bool: "a true-or-false",
        str: "a text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return kinds.get(type(value), "a date or time")
