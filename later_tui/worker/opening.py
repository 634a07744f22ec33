"""Which channels a worker serves, and opening them with their tables of the configuration."""

from typing import TYPE_CHECKING

from later_tui.channels.base import ChannelContext
from later_tui.channels.registry import Opened, open_channels

if TYPE_CHECKING:
    from later_tui.config.settings import Settings


def named_channels(settings: "Settings") -> tuple[str, ...]:
    """Return every channel the configuration names, each once: by routes, then by tables.

    A table `[channel.NAME]` names one too, though no thought goes there unless it says so.
    """
    return tuple(dict.fromkeys((*settings.served, *settings.channel_options)))


def open_named(settings: "Settings", context: ChannelContext) -> Opened:
    """Open every channel that the configuration names. Raises nothing; see `Opened.problems`."""
    return open_channels(
        named_channels(settings),
        settings.channel_options,
        context,
        file=str(settings.config_file),
    )
