"""Shows one notification through plyer; run as a program, it imports nothing of `later`.

Reads a JSON object with `title` and `message` (both inert) from its standard input. Ends with 0
when it was shown, as far as can be known, and writes what proves it; or with 1 and the reason.
"""

import json
import subprocess
import sys
import threading
from html import escape
from importlib import import_module
from types import SimpleNamespace


def main() -> int:
    """Show it and return the exit code."""
    given = json.load(sys.stdin)
    title, message = str(given["title"]), str(given["message"])
    failures: list[str] = []
    threading.excepthook = lambda failed: failures.append(str(failed.exc_value))
    try:
        if sys.platform in ("darwin", "win32"):
            proof = _by_facade(title, message)
        else:
            proof = _by_freedesktop(title, message)
    except subprocess.CalledProcessError as error:
        # It has said why itself; the command has the thought in it.
        failures.append(f" [{error.cmd[0]} ended with {error.returncode}]")
    except Exception as error:  # noqa: BLE001 - its words go to the caller
        failures.append(f"{type(error).__name__}: {error}")
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    if failures:
        sys.stderr.write(failures[0])
        return 1
    sys.stdout.write(proof)
    return 0


def _by_facade(title: str, message: str) -> str:
    from plyer import notification

    # On Windows the balloon stays as long as this program does, and it has five seconds.
    notification.notify(title=title, message=message, app_name="later", timeout=3)
    return ""


def _by_freedesktop(title: str, message: str) -> str:
    # Not `plyer.notification`: it chooses a portal, into whose call the text is pasted unquoted,
    # wherever a folder /app exists; and it knows no BSD.
    from plyer.platforms.linux import notification

    # The service may read markup. Where it does not, an escaped & is ugly and does no harm.
    message = escape(message, quote=False)
    try:
        import_module("dbus")
    except ImportError:
        # plyer throws the exit code away, and with it the only sign of failure.
        notification.subprocess = SimpleNamespace(call=subprocess.check_call)
        notification.NotifySendNotification().notify(title=title, message=_argument(message))
        return "notify-send ended without an error"
    notification.NotifyDbus().notify(title=title, message=message, app_name="later", timeout=0)
    return "the notification service took it"


def _argument(message: str) -> str:
    r"""Return the message as notify-send must be given it.

    It reads backslashes as in C, which would make an escape character of \033, and takes a
    message that begins with a dash for an option, without an error.
    """
    message = message.replace("\\", "\\\\")
    return f" {message}" if message.startswith("-") else message


if __name__ == "__main__":
    sys.exit(main())
