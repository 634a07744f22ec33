"""`later`: runs the app on the terminal, and says on leaving what waits."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from later_tui.ui.app import LaterApp
from later_tui.ui.logbook import Logbook
from later_tui.ui.session import Session
from later_tui.widgets.cells import clean_lines

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store


def run(settings: "Settings") -> int:
    """Run the app until it is left; return the exit code.

    Raises ConfigError for a theme or a key that there is not, and whatever made the app crash.
    """
    if not os.environ.get("NO_COLOR", "-"):
        del os.environ["NO_COLOR"]  # empty means nothing (https://no-color.org)
    sys.setswitchinterval(TURN_S)
    return asyncio.run(_run(settings))


TURN_S = 0.001
"""After so long, s, a thread that computes gives way to one that waits (Python's own is 5 ms):
to the one that writes to the terminal, to the worker beside the app, and from that to the keys."""
QUIET_S = 1.0
"""How long closing may take before it is said what it waits for, s."""


async def open_lazily(settings: "Settings") -> "Store":
    """Open the store; its client is imported in a thread, so that keys are answered meanwhile."""
    await asyncio.to_thread(__import__, "later_tui.store.asyncstore")
    from later_tui.store import open_store

    return await open_store(settings)


def farewell(
    upcoming: int | None,
    unkept: str,
    *,
    here: int = 0,
    unsure: bool = False,
    files: Iterable[Path] = (),
) -> str:
    """Return what is said after the app has been left; empty if there is nothing to say.

    `here` are kept on this machine until Redis takes them. `unsure`: `unkept` was handed over, and
    no answer came. `files` hold what was written in the person's editor and is not kept either.
    """
    lines = []
    if upcoming:
        lines.append(f"{_wait(upcoming)} for the next start of later (or of later worker).")
    if here:
        them = "it" if here == 1 else "them"
        where = "on this machine until Redis takes"
        lines.append(f"{_wait(here)} {where} {them}: the next start of later sees to that.")
    if unkept:
        why = "Not kept"
        if unsure:
            why = "Perhaps not kept, as no answer came in time (`later list` shows it)"
        lines.append(f"{why}: {clean_lines(unkept)}")
    lines += [f"Not kept, but in a file: {clean_lines(str(path))}" for path in files]
    return "\n".join(lines)


def _wait(count: int) -> str:
    return "1 reminder waits" if count == 1 else f"{count} reminders wait"


async def _run(settings: "Settings") -> int:
    secrets = (settings.redis.password, settings.redis.url, settings.redis.sentinel_password)
    with Logbook(settings.log_file, secrets):
        session = Session(settings, socket.gethostname(), _folder())
        app = LaterApp(session, open_lazily, on_settled=_keep)
        _leave_on_signals(app)
        try:
            await app.run_async()
        finally:
            _give_up_terminal()
            _say_farewell(app)
            await _close(app)
    if app.crash is not None:
        raise app.crash  # into the log, and one sentence for the person
    return app.return_code or 0


def _keep() -> None:
    """Have the collector pass over what is there now: nearly all of it stays to the end.

    Else each of its full runs, every thirty keys, looks at all that was imported, for 50 ms.
    """
    gc.freeze()
    gc.enable()


def _give_up_terminal() -> None:
    """Have the framework take no notice any more of being stopped and continued by a shell.

    A terminal that is closed continues whoever is in it: it would draw the app once more, and read
    keys for ever.
    """
    for name in ("SIGTSTP", "SIGCONT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_DFL)


def _say_farewell(app: LaterApp) -> None:
    main = app.main
    _say(
        farewell(
            main.upcoming,
            main.unkept,
            here=main.waiting_here,
            unsure=app.ending.unsure,
            files=main.left_files,
        )
    )


def _say(words: str) -> None:
    if words:
        # The terminal may be gone: then there is nobody to tell.
        with contextlib.suppress(OSError):
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()


async def _close(app: LaterApp) -> None:
    """Close what the app has open, and say so where it takes a while; Ctrl+C ends it at once.

    That loses nothing: what was being sent goes back, as it does after a crash.
    """
    closing = asyncio.create_task(app.aclose())
    done, _ = await asyncio.wait([closing], timeout=QUIET_S)
    if not done:
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(number, os._exit, 128 + number)
        busy = app.main.facts.here.busy
        what = "for what is being sent" if busy else "for Redis, which does not answer"
        _say(f"Waiting {what}; ctrl+c ends that.")
    await closing


def _leave_on_signals(app: LaterApp) -> None:
    """Leave as by the key when the terminal is closed or the process is asked to end."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if number := getattr(signal, name, None):
            # Not every platform's loop can; there the default stays.
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, _leave, app, name)


def _leave(app: LaterApp, why: str) -> None:
    if why == "SIGINT" and app.main.lent:
        return  # ctrl+c reaches all who share the terminal, and is meant for the editor
    if app.is_running:
        app.call_next(app.ending.begin)
    else:
        app.exit()


def _folder() -> str:
    """Return the current folder as a postmark names it, with ~ for the person's home."""
    try:
        here, home = Path.cwd(), os.path.expanduser("~")  # noqa: PTH111 - Path.home() may raise
    except OSError:
        return ""
    if str(here) == home:
        return "~"
    return f"~/{here.relative_to(home)}" if here.is_relative_to(home) else str(here)
