"""Asks tmux whether it hands a sequence on, and to which terminal."""

import asyncio
import os

from later_tui.channels.desktop.child import run
from later_tui.channels.desktop.terminals import SET, by_names
from later_tui.domain.errors import DeliveryError, UnavailableError
from later_tui.domain.inert import one_line

_PATIENCE = 1.0
_FORMAT = "\t".join(
    f"#{{{name}}}"
    for name in (
        "session_attached",
        "allow-passthrough",
        "window_active",
        "version",
        "client_termname",
        "client_termtype",
    )
)


async def outside(protocol: str = "") -> str:
    """Return how the terminal around tmux takes notifications; `protocol` if that is known.

    Raises UnavailableError: nobody looks, tmux keeps sequences to itself, or no such terminal.
    """
    attached, passthrough, active, version, *names = await _ask()
    if attached in ("", "0"):
        raise UnavailableError("no terminal is attached to tmux")
    # Before 3.3 there was no such option, and everything was handed on.
    if passthrough in ("0", "off") or (not passthrough and version >= "3.3"):
        raise UnavailableError("tmux hands nothing on; set -g allow-passthrough all lets it")
    if passthrough in ("1", "on") and active != "1":
        raise UnavailableError(
            "tmux hands nothing on from a window that is not shown; "
            "set -g allow-passthrough all lets it"
        )
    if found := protocol or by_names(names[1], names[0]):
        return found
    name = one_line(names[1] or names[0])
    raise UnavailableError(
        f"the terminal around tmux ({name}) is not known to show notifications; {SET}"
    )


async def _ask() -> list[str]:
    pane = os.environ.get("TMUX_PANE", "")
    where = ["-t", pane] if pane else []
    try:
        async with asyncio.timeout(_PATIENCE):
            done = await run("tmux", "display-message", "-p", *where, _FORMAT)
    except (DeliveryError, TimeoutError) as error:
        raise UnavailableError("tmux does not answer") from error
    fields = done.output.rstrip("\n").split("\t")
    if done.code or len(fields) != _FORMAT.count("\t") + 1:
        raise UnavailableError("tmux does not answer")
    return fields
