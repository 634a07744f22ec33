"""A header that is written as it is given, or encoded; never read for meaning.

The standard library's own headers read what they are given: the thought `=?utf-8?q?=0AHi?=` would
be decoded, and a long Message-ID folded in the middle, so that no program finds the thread.
"""

from email.header import Header
from email.policy import EmailPolicy

from later_tui.domain.inert import one_line

_LINE = 75


class PlainHeader(str):
    """One line of text. `name` and `fold` are what the `email` package asks of a header."""

    __slots__ = ("name",)
    name: str

    @classmethod
    def of(cls, name: str, value: str) -> "PlainHeader":
        """Return the header; line breaks and control characters of the value are taken out."""
        header = cls(one_line(value).strip())
        header.name = name
        return header

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the header's lines: RFC 2047's encoded words where it is not plain ASCII."""
        value = str(self)
        if not (value.isascii() and "=?" not in value):
            value = Header(value, "utf-8", _LINE, self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {value}{policy.linesep}"


class AddressHeader(PlainHeader):
    """The same for a checked address, which may be beyond ASCII and is then sent as UTF-8."""

    __slots__ = ()

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the header's line."""
        return f"{self.name}: {self}{policy.linesep}"
