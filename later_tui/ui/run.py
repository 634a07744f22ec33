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
    return asyncio.run(_run(settings))


async def open_lazily(settings: "Settings") -> "Store":
    """Open the store; its client is imported in a thread, so that keys are answered meanwhile."""
    await asyncio.to_thread(__import__, "later_tui.store.asyncstore")
    from later_tui.store import open_store

    return await open_store(settings)


def farewell(
    upcoming: int | None, unkept: str, *, unsure: bool = False, files: Iterable[Path] = ()
) -> str:
    """Return what is said after the app has been left; empty if there is nothing to say.

    `unsure`: `unkept` was handed over, and no answer came. `files` hold what was written in the
    person's editor and is not kept either.
    """
    lines = []
    if upcoming:
        what = "1 reminder waits" if upcoming == 1 else f"{upcoming} reminders wait"
        lines.append(f"{what} for the next start of later (or of later worker).")
    if unkept:
        why = "Not kept"
        if unsure:
            why = "Perhaps not kept, as no answer came in time (`later list` shows it)"
        lines.append(f"{why}: {clean_lines(unkept)}")
    lines += [f"Not kept, but in a file: {clean_lines(str(path))}" for path in files]
    return "\n".join(lines)


async def _run(settings: "Settings") -> int:
    secrets = (settings.redis.password, settings.redis.url, settings.redis.sentinel_password)
    with Logbook(settings.log_file, secrets):
        session = Session(settings, socket.gethostname(), _folder())
        app = LaterApp(session, open_lazily, on_settled=_keep)
        _leave_on_signals(app)
        try:
            await app.run_async()
        finally:
            await app.aclose()
    _say_farewell(app)
    if app.crash is not None:
        raise app.crash  # into the log, and one sentence for the person
    return app.return_code or 0


def _keep() -> None:
    """Have the collector pass over what is there now: nearly all of it stays to the end.

    Else each of its full runs, every thirty keys, looks at all that was imported, for 50 ms.
    """
    gc.freeze()
    gc.enable()


def _say_farewell(app: LaterApp) -> None:
    main = app.main
    words = farewell(main.upcoming, main.unkept, unsure=app.unsure, files=main.left_files)
    if words:
        # The terminal may be gone: then there is nobody to tell.
        with contextlib.suppress(OSError):
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()


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
        app.call_next(app.action_quit)
    else:
        app.exit()


def _folder() -> str:
    """Return the current folder as a postmark names it, with ~ for the person's home."""
    try:
        here, home = Path.cwd(), os.path.expanduser("~")  # noqa: PTH111 - Path.home() may raise
    except OSError:
        return ""
    return f"~/{here.relative_to(home)}" if here.is_relative_to(home) else str(here)
