"""What is closed at the end of its `with` block."""

from types import TracebackType
from typing import Self


class Closing:
    """Whoever inherits says in `close` what is to be done."""

    def close(self) -> None:
        """Release what is held. Raises nothing."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
