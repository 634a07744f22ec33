"""Asks tmux whether it hands a sequence on, and to which terminal; or has it say it itself."""

import asyncio
import os
import re
import stat

from later_tui.channels import words
from later_tui.channels.base import Notification
from later_tui.channels.child import run
from later_tui.channels.terminal.terminals import by_names
from later_tui.domain.errors import DeliveryError, UnavailableError
from later_tui.domain.inert import one_line

_PATIENCE = 1.0
_SHOWN_FOR_MS = 5_000
"""How long tmux's message stands, ms: until a key is pressed, but tmux draws no pane meanwhile."""
_NOBODY = "no terminal is attached to tmux"
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


class GoneError(UnavailableError):
    """There is no tmux, though the environment says so."""


class NobodyError(UnavailableError):
    """No terminal is attached: whatever tmux is told, nobody sees it."""


async def outside(protocol: str = "", hint: str = "") -> str:
    """Return how the terminal around tmux takes notifications; `protocol` if that is known.

    `hint` ends the sentence about a terminal that is not known. Raises GoneError, NobodyError, or
    UnavailableError: tmux keeps sequences to itself, or no such terminal.
    """
    if _deserted():
        raise NobodyError(_NOBODY)
    attached, passthrough, active, version, *names = await _ask()
    if attached in ("", "0"):
        raise NobodyError(_NOBODY)
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
        f"the terminal around tmux ({name}) is not known to show notifications{hint}"
    )


async def show(notification: Notification) -> None:
    """Have tmux show it in the status line of every terminal that is attached to the session.

    Raises NobodyError, GoneError.
    """
    text = _literal(f"{words.title(notification)}: {words.line(notification)}")
    clients = (await _tmux("list-clients", *_pane(), "-F", "#{client_name}")).split("\n")
    clients = [client for client in clients if client]
    if not clients:
        raise NobodyError(_NOBODY)
    for client in clients:
        await _tmux("display-message", "-c", client, "-d", str(_SHOWN_FOR_MS), text)


def _literal(text: str) -> str:
    """Return the text so that tmux shows it as it is: no format, no command, no date in it.

    tmux halves a run of # twice, when it reads formats and when it draws styles; before a bracket
    only the latter.
    """

    def more(run: re.Match[str]) -> str:
        return "#" * (len(run[1]) * (2 if run[2] else 4)) + run[2]

    return re.sub(r"(#+)(\[?)", more, text).replace("%", "%%")


def _deserted() -> bool:
    """Whether no terminal is attached to any session: tmux says it by its socket's mode.

    To see that costs next to nothing, and a worker that waits for a terminal asks again and again.
    """
    try:
        mode = os.stat(os.environ.get("TMUX", "").rsplit(",", 2)[0]).st_mode  # noqa: PTH116
    except OSError:
        return False
    return stat.S_ISSOCK(mode) and not mode & stat.S_IXUSR


async def _ask() -> list[str]:
    fields = (await _tmux("display-message", "-p", *_pane(), _FORMAT)).split("\t")
    if len(fields) != _FORMAT.count("\t") + 1:
        raise GoneError("tmux does not answer")
    return fields


def _pane() -> list[str]:
    pane = os.environ.get("TMUX_PANE", "")
    return ["-t", pane] if pane else []


async def _tmux(*command: str) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            done = await run("tmux", *command)
    except (DeliveryError, TimeoutError) as error:
        raise GoneError("tmux does not answer") from error
    if done.code:
        raise GoneError("tmux does not answer")
    return done.output.rstrip("\n")
