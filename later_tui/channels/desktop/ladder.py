"""The ladder: every delivery tries its rungs from the top until one shows the reminder."""

import logging
from collections.abc import Sequence

from later_tui.channels.base import Availability, Notification, Receipt
from later_tui.channels.desktop.rung import Rung
from later_tui.domain.errors import DeliveryError, UnavailableError

_logger = logging.getLogger(__name__)


class Ladder:
    """A channel made of rungs, the best first."""

    name = "desktop"
    idempotent = True
    """A second pop-up of one reminder takes the place of the first, or does no harm."""

    def __init__(self, rungs: Sequence[Rung]) -> None:
        self._rungs = tuple(rungs)

    async def send(self, notification: Notification) -> Receipt:
        """Show the reminder by the best way that works now.

        Takes at most `PATIENCE` a rung. Raises UnavailableError when no rung can show it.
        """
        reasons: dict[str, list[str]] = {}
        for rung in self._rungs:
            try:
                return await rung.send(notification)
            except DeliveryError as error:
                reasons.setdefault(str(error), []).append(rung.via)
            except Exception as error:
                # A fault in one rung must not cost the person the reminder.
                _logger.exception("the rung %s failed", rung.via)
                reasons.setdefault(_fault(error), []).append(rung.via)
        raise UnavailableError(f"nothing can show it here: {_told(reasons)}")

    async def available(self) -> Availability:
        """Say which rung is in use, and why the better ones are not. Raises nothing."""
        reasons: dict[str, list[str]] = {}
        for rung in self._rungs:
            try:
                state = await rung.available()
            except Exception as error:
                _logger.exception("the rung %s failed", rung.via)
                state = Availability(False, rung.via, _fault(error))
            if state.ok:
                told = "; ".join(filter(None, (_told(reasons), state.reason)))
                return Availability(True, rung.via, told)
            reasons.setdefault(state.reason, []).append(rung.via)
        return Availability(False, "", _told(reasons))

    async def withdraw(self, reminder_id: str) -> None:
        """Take the reminder off the screen. Raises nothing."""
        for rung in self._rungs:
            try:
                await rung.withdraw(reminder_id)
            except Exception:
                _logger.exception("the rung %s could not withdraw", rung.via)

    async def aclose(self) -> None:
        """Close every rung, also when one fails."""
        for rung in self._rungs:
            try:
                await rung.aclose()
            except Exception:
                _logger.exception("the rung %s could not be closed", rung.via)


def _fault(error: Exception) -> str:
    return f"it failed ({type(error).__name__})"


def _told(reasons: dict[str, list[str]]) -> str:
    """Return the reasons in one sentence, those that several rungs share once."""
    return "; ".join(f"{' and '.join(rungs)}: {reason}" for reason, rungs in reasons.items())
