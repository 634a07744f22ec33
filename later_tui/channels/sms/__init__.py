"""The channel `sms`: a reminder as a text message, by Twilio or Vonage.

`later add` counts messages by `channels/sms/message.py`: that must not cost it an HTTP client.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from later_tui.channels.sms.channel import Sms

__all__ = ["Sms"]


def __getattr__(name: str) -> object:
    if name == "Sms":
        from later_tui.channels.sms.channel import Sms

        return Sms
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
