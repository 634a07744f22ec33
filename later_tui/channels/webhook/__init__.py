"""The channel `webhook`: a reminder as a signed POST of JSON to a URL of the person's own."""

from later_tui.channels.webhook.channel import Webhook

__all__ = ["Webhook"]
