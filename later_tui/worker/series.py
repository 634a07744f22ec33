"""Keeps a series going: the next reminder is kept before this one is settled."""

import logging
from typing import TYPE_CHECKING

from later_tui.domain.errors import LaterError, OutsideError
from later_tui.domain.reminder import Reminder
from later_tui.domain.repeat import following
from later_tui.store.asyncstore import Store

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

logger = logging.getLogger(__name__)


async def keep_following(store: Store, settings: "Settings", reminder: Reminder, now: int) -> None:
    """Keep the reminder of the next period; `now` is ms UTC. Raises OutsideError."""
    try:
        new = following(reminder, now=now, quiet=settings.quiet, minimum_gap=settings.minimum_gap)
        await store.add(new, follows=True)
    except OutsideError:
        raise
    except LaterError as error:
        logger.error("%s does not repeat any more: %s", reminder.id, error)
