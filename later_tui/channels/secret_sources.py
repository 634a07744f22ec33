"""Where a secret of the configuration may come from: one of five keys of its table.

For a field `password` they are `password`, `password_command`, `password_env`, `password_file` and
`password_keyring`. Only the first of them holds the secret itself.
"""

import asyncio
import os
import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from later_tui.channels.secret import Source
from later_tui.channels.secret_command import first_line, output
from later_tui.domain.errors import UnavailableError

_LIMIT = 1 << 16
_KEYRING = """
import sys
import keyring, keyring.errors
try:
    value = keyring.get_password(*sys.argv[1:])
except keyring.errors.NoKeyringError:
    sys.exit(21)
except keyring.errors.KeyringError:
    sys.exit(22)
if value is None:
    sys.exit(23)
sys.stdout.buffer.write(value.encode())
"""
_KEYRING_ENDS = {
    21: "there is no keyring on this machine; use a command, a file or a variable instead",
    22: "the keyring did not open; unlock it and try again",
    23: "the keyring has no such entry; add it by `keyring set SERVICE USERNAME`",
}


def literal(value: object, _key: str) -> Source:
    """Return the source of a secret that stands in the file itself."""
    if not isinstance(value, str) or not value:
        raise ValueError("a text in quotation marks")
    return partial(_known, value)


def command(value: object, key: str) -> Source:
    """Return the source that is the first line a command prints. No shell is involved."""
    expected = 'a command such as "pass show mail", or a list of its words'
    if isinstance(value, str):
        import shlex

        try:
            words = shlex.split(value)
        except ValueError:
            raise ValueError(f"{expected} (a quotation mark is not closed)") from None
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        words = value
    else:
        raise ValueError(expected)
    if not words or not words[0] or any("\0" in word for word in words):
        raise ValueError(expected)
    return partial(_printed, tuple(words), key)


def variable(value: object, key: str) -> Source:
    """Return the source that is an environment variable."""
    if not isinstance(value, str) or not value or not value.isprintable() or "=" in value:
        raise ValueError('the name of an environment variable, such as "MAIL_PASSWORD"')
    return partial(_from_environment, value, key)


def file(value: object, key: str) -> Source:
    """Return the source that is the first line of a file which only its owner may read."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError('the path of a file, such as "~/.mailpw"')
    path = Path(value)
    if not (path.is_absolute() or path.parts[0].startswith("~")):
        raise ValueError("a full path, or one that begins with ~/")
    return partial(_from_file, path, key)


def keyring(value: object, key: str) -> Source:
    """Return the source that is an entry of the system's keyring."""
    service, slash, username = value.rpartition("/") if isinstance(value, str) else ("", "", "")
    if not (service and slash and username) or "\0" in service + username:
        raise ValueError('"SERVICE/USERNAME", as they stand in the keyring')
    return partial(_from_keyring, service, username, key)


SOURCES: dict[str, Callable[[object, str], Source]] = {
    "": literal,
    "_command": command,
    "_env": variable,
    "_file": file,
    "_keyring": keyring,
}
"""By the suffix of the key. Each raises ValueError with what is expected, without the value."""


async def _known(value: str) -> str:
    return value


async def _printed(words: tuple[str, ...], key: str) -> str:
    code, printed = await output(words, key)
    if code:
        raise UnavailableError(
            f'{key}: "{words[0]}" ended with status {code}; run it in a terminal to see why'
        )
    return first_line(printed, key, f'"{words[0]}" printed nothing')


async def _from_environment(name: str, key: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise UnavailableError(
            f'{key}: the environment variable "{name}" is not set; set it where later runs'
        )
    return value


async def _from_file(path: Path, key: str) -> str:
    return await asyncio.to_thread(_read, path, key)


def _read(path: Path, key: str) -> str:
    try:
        path = path.expanduser()
        # O_NONBLOCK, lest it is a FIFO and waits for its writer.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            _private(path, os.fstat(opened).st_mode, key)
            content = os.read(opened, _LIMIT)
        finally:
            os.close(opened)
    except (OSError, RuntimeError) as error:  # RuntimeError: no home folder
        reason = getattr(error, "strerror", None) or "there is no home folder"
        raise UnavailableError(f"{key}: {path} cannot be read: {reason.lower()}") from None
    return first_line(content, key, f"{path} is empty")


def _private(path: Path, mode: int, key: str) -> None:
    if not stat.S_ISREG(mode):
        raise UnavailableError(f"{key}: {path} is not a file; expected one of mode 0600")
    if os.name == "posix" and mode & 0o077:
        raise UnavailableError(
            f"{key}: {path} has mode {mode & 0o777:04o}, so that others can get at it; "
            f"expected mode 0600: `chmod 600 {path}`"
        )


async def _from_keyring(service: str, username: str, key: str) -> str:
    from importlib.util import find_spec

    if find_spec("keyring") is None:
        raise UnavailableError(
            f"{key} needs the extra keyring: `pip install 'later-tui[keyring]'`, into the "
            "environment that later runs in"
        )
    # In a process of its own: a locked keyring may wait for the person as long as it likes.
    words = (sys.executable, "-P", "-c", _KEYRING, service, username)
    code, printed = await output(words, key)
    if code:
        reason = _KEYRING_ENDS.get(code, f"the keyring failed (status {code})")
        raise UnavailableError(f"{key}: {reason}")
    return first_line(printed, key, "the keyring's entry is empty")
