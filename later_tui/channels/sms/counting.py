"""How many messages a thought takes by the channel as it is configured, without opening it."""

from collections.abc import Mapping

from later_tui.channels.sms.message import MOST_SEGMENTS, preview


def counted(text: str, table: Mapping[str, object]) -> str:
    """Return "2 SMS" for a thought; `table` is `[channel.sms]`, which may be wrong or empty."""
    most = table.get("most_segments", MOST_SEGMENTS)
    return preview(text, most if isinstance(most, int) and most > 0 else MOST_SEGMENTS)
