"""The channel `apprise`: any service that the package apprise knows, by its URL."""

from later_tui.channels.apprise.channel import Apprise

__all__ = ["Apprise"]
