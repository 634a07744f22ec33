"""Which channels a line may name."""

from collections.abc import Sequence
from functools import cache


def known_channels(line: str, via: Sequence[str] = ()) -> tuple[str, ...] | None:
    """Return the installed channels, or None where neither `line` nor the option names one.

    Looking for them takes time, of which `later add` has little.
    """
    if "!" not in line and "via" not in line.lower() and not via:
        return None
    return _installed()


@cache
def _installed() -> tuple[str, ...]:
    from later_tui.channels.registry import channel_names

    return channel_names()
