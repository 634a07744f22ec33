"""Reads the configuration file, trusting nothing about it: not even that it is a file."""

import errno
import os
import stat
from pathlib import Path

from later_tui.config.given import quoted
from later_tui.domain.errors import ConfigError

LIMIT = 1 << 20
"""The largest configuration file that is read, bytes."""

_REASONS = {
    errno.ELOOP: "its links lead round in a circle; make it a file",
    errno.EACCES: "it may not be read; `chmod 600` it as its owner",
    errno.EPERM: "it may not be read; `chmod 600` it as its owner",
    errno.ENOTDIR: "a part of its path is not a folder; give the path of a TOML file",
    errno.ENAMETOOLONG: "its name is too long; give the path of a TOML file",
}


def read_file(path: Path, *, required: bool) -> dict[str, object]:
    """Return the tables of a TOML file; empty when there is none and none is `required`.

    Raises ConfigError: it cannot be read, is not TOML, is over LIMIT, or holds a secret and others
    may read it.
    """
    try:
        found = path.stat()  # before opening: opening a FIFO would wait for its writer
        if not stat.S_ISREG(found.st_mode):
            raise ConfigError(f"{path} is {_what(found.st_mode)}; expected a TOML file")
        content, mode = _content(path)
    except FileNotFoundError:
        if path.is_symlink():
            raise ConfigError(f"{path} is a link that leads nowhere; mend or remove it") from None
        if required:
            raise ConfigError(
                f"{path} does not exist; expected a TOML file, or leave the option out"
            ) from None
        return {}
    except ValueError:  # a NUL in the path
        raise ConfigError(f"{quoted(str(path))} cannot be the path of a file") from None
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, (error.strerror or "it cannot be read").lower())
        raise ConfigError(f"{path} cannot be used: {reason}") from None
    table = _parse(_decode(content, path), path)
    from later_tui.config.secrets import holds_secret

    if os.name == "posix" and mode & 0o077 and holds_secret(table):
        raise ConfigError(
            f"{path} holds a secret and has mode {mode & 0o777:04o}, so that others can get at it; "
            f"expected mode 0600: `chmod 600 {path}`"
        )
    return table


def _content(path: Path) -> tuple[bytes, int]:
    """Return the file's bytes and mode. O_NONBLOCK, lest it became a FIFO in the meantime."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if found.st_size > LIMIT:
            raise ConfigError(f"{path} has {found.st_size:,} bytes; expected at most {LIMIT:,}")
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise ConfigError(f"{path} is too long; expected at most {LIMIT:,} bytes")
    return content, found.st_mode


def _decode(content: bytes, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ConfigError(f"{path} is written in UTF-16; expected UTF-8")
    if 0 in content:
        line = content.count(b"\n", 0, content.index(0)) + 1
        raise ConfigError(f"{path}: line {line} holds a NUL; expected a TOML file")
    try:
        # Editors on Windows begin a file with a byte-order mark; it means nothing in UTF-8.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path}: line {line} is not UTF-8; expected a TOML file in UTF-8"
        ) from None


def _parse(text: str, path: Path) -> dict[str, object]:
    import tomllib  # only when there is a file

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError(f"{path} is nested too deep; expected plain keys and tables") from None
    except ValueError as error:
        raise ConfigError(f"{path}: {_mistake(str(error), text)}") from None


def _mistake(message: str, text: str) -> str:
    """Return the parser's complaint in our words, without a value of the file in it."""
    import re

    lines = text.rstrip().splitlines() or [""]
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    number = min(int(place[1]) if place else len(lines), len(lines))
    if "overwrite" in message or "twice" in message:
        heads = [re.match(r"\s*(\[[\w.-]+\]|[\w.-]+(?=\s*=))", line) for line in lines]
        key = heads[number - 1]
        # Shown only if it does stand there twice: it might be a line of a long value.
        seen = [head for head in heads if key and head and head[1] == key[1]]
        named = f"the key {quoted(key[1])}" if key and len(seen) > 1 else "a key"
        return f"line {number}: {named} stands there twice; expected it once"
    hint = "a number is too long" if "digits" in message else "that is not TOML"
    return f'line {number}: {hint}; expected lines such as window = "2w" and tables such as [redis]'


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a FIFO" if stat.S_ISFIFO(mode) else "a socket or device"
