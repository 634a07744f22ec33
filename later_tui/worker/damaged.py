"""Records that cannot be read are set aside, and hold nobody up."""

import logging
from collections.abc import Sequence

from later_tui.domain.errors import RefusedError
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Damaged

logger = logging.getLogger(__name__)


async def set_aside(store: Store, user: str, damaged: Sequence[Damaged]) -> None:
    """Take damaged records out of the lanes, and name them in the log. Raises StoreError when the
    server cannot be reached.
    """
    for one in damaged:
        logger.error("%s was set aside: %s", one.reminder_id, one.why)
    try:
        await store.set_aside(user, damaged)
    except RefusedError as error:
        # The others are delivered all the same; these come again when their leases end.
        logger.warning("they could not be set aside: %s", error)
