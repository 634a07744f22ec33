"""The table `[channel.sms]` of the configuration."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from later_tui.channels.http.urls import provider_url
from later_tui.channels.options import Between, Check
from later_tui.channels.secret import Secret
from later_tui.channels.sms.message import MOST_SEGMENTS
from later_tui.channels.sms.numbers import e164, sender


@dataclass(frozen=True, kw_only=True, slots=True)
class SmsOptions:
    """Who sends, to whom, and by which provider."""

    provider: Literal["twilio", "vonage"]
    """Whose service sends it."""
    to: Annotated[str, Check(e164)]
    """The one number that it is sent to."""
    sender: Annotated[str, Check(sender)]
    """The number, name or messaging service that it comes from."""
    account: str
    """Twilio's account SID ("AC…"), or Vonage's API key."""
    token: Secret
    """Twilio's auth token (or the secret of `key_sid`), or Vonage's API secret."""
    key_sid: str | None = None
    """A Twilio API key ("SK…") to sign in with instead of the account itself."""
    most_segments: Annotated[int, Between(1, 10)] = MOST_SEGMENTS
    """How many messages a reminder may take, each of which is paid; more text is cut."""
    base_url: Annotated[str, Check(provider_url)] | None = field(default=None, repr=False)
    """The provider's server, where it is not the usual one, such as one for a region."""
