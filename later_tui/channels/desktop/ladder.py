"""The ladder: every delivery tries its rungs from the top until one shows the reminder."""

import logging
import sys
from collections.abc import Sequence

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.desktop.native import Native
from later_tui.channels.desktop.options import read_options
from later_tui.channels.desktop.plain import Plain
from later_tui.channels.desktop.popup import PopUp
from later_tui.channels.desktop.rung import Rung
from later_tui.channels.desktop.service import NotificationService
from later_tui.channels.desktop.terminal import Terminal
from later_tui.channels.desktop.toast import Toast
from later_tui.domain.errors import DeliveryError, UnavailableError

_logger = logging.getLogger(__name__)


class Desktop:
    """The channel `desktop`. Made of rungs, the best first."""

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
                return Availability(True, rung.via, _told(reasons))
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


def build(context: ChannelContext) -> Desktop:
    """Return the ladder for this platform. Raises ConfigError: the options are wrong."""
    options = read_options(context.options)
    rungs: list[Rung] = []
    if sys.platform in ("win32", "darwin"):
        rungs += [Native(context.on_answer), Plain(None)]
    else:
        service = NotificationService()
        rungs += [PopUp(service, context.on_answer, options.stay, context.on_open), Plain(service)]
    rungs += [Terminal(context.terminal, options.terminal), Toast(context.toast)]
    return Desktop(rungs)
