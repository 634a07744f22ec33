"""An error that nobody foresaw: its traceback into the log, one sentence to the person."""

import os
import sys
from pathlib import Path

from later_tui.config.paths import folder
from later_tui.domain.errors import LaterError

LIMIT = 1 << 20
"""Past this size, in bytes, the log is begun anew; the old one is kept once."""


def report(error: BaseException) -> str:
    """Write the traceback to the log (mode 0600) and return the sentence that names the log."""
    what = f"something unexpected happened ({type(error).__name__})"
    try:
        log = _log_file()
        _append(log, _entry(error))
    except (OSError, LaterError) as trouble:
        return f"{what}, and the log could not be written: {trouble}"
    return f"{what}; the details are in {log}, and are worth a report"


def _log_file() -> Path:
    chosen = os.environ.get("LATER_DATA_DIR")
    return (Path(chosen).expanduser() if chosen else folder("state", os.environ)) / "later.log"


def _entry(error: BaseException) -> str:
    import traceback
    from datetime import UTC, datetime

    from later_tui import __version__
    from later_tui.channels.secret import redacted

    trace = redacted("".join(traceback.format_exception(error)))
    for secret in _secrets():
        trace = trace.replace(secret, "[secret]")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    python = sys.version.split()[0]
    return f"{now} later {__version__}, Python {python}, {sys.platform}\n{trace}\n"


def _secrets() -> list[str]:
    """Return the passwords that an error's words might quote, the longest first."""
    found = {os.environ.get(name, "") for name in ("LATER_REDIS_PASSWORD", "LATER_REDIS_URL")}
    try:
        from later_tui.config.load import load

        redis = load().redis
        found |= {redis.password or "", redis.url or ""}
    except LaterError:
        pass  # the configuration itself is wrong: it holds no password that was used
    found |= {
        value for word in sys.argv for value in (word.partition("=")[2], word) if "@" in value
    }
    return sorted((word for word in found if len(word) > 3), key=len, reverse=True)


def _append(log: Path, entry: str) -> None:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.is_file() and log.stat().st_size > LIMIT:
        log.replace(log.with_suffix(".log.1"))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(log, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
        if os.name == "posix":
            os.fchmod(descriptor, 0o600)
        file.write(entry)
