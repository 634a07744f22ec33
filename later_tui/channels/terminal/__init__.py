"""The channel `terminal`: the person's own terminal shows the reminder, also over SSH."""

from later_tui.channels.terminal.channel import Terminal

__all__ = ["Terminal"]
