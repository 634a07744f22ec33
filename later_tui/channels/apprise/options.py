"""The table `[channel.apprise]` of the configuration."""

from dataclasses import dataclass

from later_tui.channels.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseOptions:
    """What can be set about apprise."""

    url: Secret
    """The service's URL as apprise writes it; several are separated by blanks or commas."""
    title: str | None = None
    """The title of every message; without it, when the thought was written. "" sends none."""
