"""Runs a command that prints a secret: without a shell, without a terminal, for a bounded time."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from later_tui.domain.errors import UnavailableError

PATIENCE_S = 30.0
"""How long a command may take: time enough to type a passphrase."""
_LIMIT = 1 << 16
_DRAIN_S = 1.0


async def output(words: Sequence[str], key: str) -> tuple[int, bytes]:
    """Return the command's exit code and what it printed, 64 KiB at most.

    Its standard error goes nowhere: a script that traces itself would tell the secret there.
    Raises UnavailableError: there is no such command, or it took longer than PATIENCE_S.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,  # it can be ended with its children, and cannot draw on the app
        )
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it cannot be run").lower()
        raise UnavailableError(f'{key}: "{words[0]}" cannot be run: {reason}') from None
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _ended(process)
    except TimeoutError:
        raise UnavailableError(
            f'{key}: "{words[0]}" did not end within {PATIENCE_S:.0f} s'
        ) from None
    finally:
        await _end(process)


async def _ended(process: Process) -> tuple[int, bytes]:
    printed = b""
    pipe = process.stdout
    while pipe and len(printed) < _LIMIT and (more := await pipe.read(_LIMIT - len(printed))):
        printed += more
    if len(printed) >= _LIMIT:
        return 0, printed  # it may go on for ever; the first line is here
    return await process.wait(), printed


async def _end(process: Process) -> None:
    """End it, with whatever it started, if it has not ended yet."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    # The pipe is only closed at its end. A child that left the group may hold it open.
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAIN_S):
            while process.stdout and await process.stdout.read(_LIMIT):
                pass
    await process.wait()


def first_line(content: bytes, key: str, nothing: str) -> str:
    """Return the first line, as `pass` and its like write a password.

    Raises UnavailableError: there is `nothing`, or it is not text.
    """
    try:
        line = content.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        raise UnavailableError(f"{key}: what was found is not text in UTF-8") from None
    if not line:
        raise UnavailableError(f"{key}: {nothing}")
    return line
