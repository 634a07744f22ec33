"""The channel `desktop`: a ladder of ways to show a reminder on the person's own screen."""

from later_tui.channels.base import ChannelContext
from later_tui.channels.desktop.ladder import Desktop, build


def open_channel(context: ChannelContext) -> Desktop:
    """Open the ladder. Touches no bus and no screen before the first delivery.

    Raises ConfigError: an unknown key or a wrong value in `[channel.desktop]`.
    """
    return build(context)
