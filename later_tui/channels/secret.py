"""A password or a key that is asked for when it is needed, and shown nowhere."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn, Self

Source = Callable[[], Awaitable[str]]
"""Gets the value; raises UnavailableError, whose sentence names the key and never the value."""

_LEAST = 4
"""A shorter value is not looked for: nearly every text has it."""
_revealed: set[str] = set()


def redacted(text: str) -> str:
    """Return the text without any secret that this process has used: for logs and tracebacks.

    Nothing of ours writes one down; an error of somebody else's code might quote it.
    """
    for value in sorted(_revealed, key=len, reverse=True):
        text = text.replace(value, "[secret]")
    return text


class Secret:
    """Something that only its user may see. Its repr, str and format show nothing of it."""

    __slots__ = ("_lock", "_source", "_value")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._value: str | None = None
        self._lock = asyncio.Lock()

    @classmethod
    def of(cls, value: str) -> Self:
        """Return a secret whose value is known already."""

        async def known() -> str:
            return value

        return cls(known)

    async def reveal(self) -> str:
        """Return the value. It is got at the first use and kept in memory.

        Raises UnavailableError: it cannot be got now. The next use tries again.
        """
        async with self._lock:  # many sends begin at once, and a command may ask the person
            if self._value is None:
                self._value = await self._source()
                if len(self._value) >= _LEAST:
                    _revealed.add(self._value)
            return self._value

    def forget(self) -> None:
        """Get it anew at its next use: the server has refused it, so it may have been changed."""
        self._value = None

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        """Compare where they come from; to compare the values would tell about them."""
        return isinstance(other, Secret) and self._source is other._source

    def __hash__(self) -> int:
        return hash(self._source)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError("a secret is not pickled: it would be written down")
