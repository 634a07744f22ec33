"""A terminal that goes away, or that a shell takes back, does not keep the app from its end."""

from contextlib import suppress
from typing import Any

from textual.driver import Driver


def enduring(base: type[Driver]) -> type[Driver]:
    """Return a driver class that works as `base`, and that a closed terminal does not hold up."""

    class EnduringDriver(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            if hasattr(self, "_file"):
                self._file: Any = Enduring(self._file)

        def _sigcont_application(self, *args: Any) -> None:
            # Begun in the background (`later &`), it was stopped before it had the terminal.
            kept_out = hasattr(self, "_writer_thread") and self._writer_thread is None
            self._must_signal_resume |= kept_out
            # A terminal that is closed continues whoever is in it, stopped or not: begun twice, the
            # framework would read keys in two threads, and end but one of them.
            if self._must_signal_resume:
                super()._sigcont_application(*args)

        def write(self, data: str) -> None:
            if getattr(self, "_writer_thread", data) is not None:
                super().write(data)

    return EnduringDriver


class Enduring:
    """The file that is a terminal: what is written once that is gone goes nowhere.

    The framework's thread that writes would end by an error, and its queue, which nobody empties
    then, would hold up the app for ever.
    """

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write `text`, where that is possible."""
        with suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        """Hand on what was written, where that is possible."""
        with suppress(OSError, ValueError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
