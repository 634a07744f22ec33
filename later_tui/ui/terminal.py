"""Escape sequences from channels to the person's terminal, in step with what the app draws."""

from textual.driver import Driver


class Terminal:
    """Writes to the terminal while the app draws on one."""

    def __init__(self) -> None:
        self._driver: Driver | None = None

    @property
    def attached(self) -> bool:
        """Whether there is a terminal to write to."""
        return self._driver is not None

    def write(self, sequence: str) -> None:
        """Write `sequence` between two frames; without a terminal it goes nowhere."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def driver(self, base: type[Driver]) -> type[Driver]:
        """Return a driver class that works as `base` and lends its output to this object.

        Going through the driver keeps a sequence from landing in the middle of another one.
        """
        terminal = self

        class LendingDriver(base):  # type: ignore[misc, valid-type]
            def start_application_mode(self) -> None:
                super().start_application_mode()
                terminal._driver = self

            def stop_application_mode(self) -> None:
                terminal._driver = None
                super().stop_application_mode()

        return LendingDriver
