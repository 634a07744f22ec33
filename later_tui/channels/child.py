"""Runs a program, and leaves neither it nor its children behind."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass

from later_tui.domain.errors import UnavailableError


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended."""

    code: int
    output: str
    complaint: str


async def run(*command: str, given: str = "") -> Done:
    """Run the program to its end with `given` on its standard input.

    It gets no terminal: what it writes is returned. Cancelled or out of time, it is killed with
    all it started. Raises UnavailableError: it cannot be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise UnavailableError(f"{command[0]} cannot be started ({error.strerror})") from error
    try:
        output, complaint = await process.communicate(given.encode())
    except BaseException:
        _kill(process)
        await process.wait()
        raise
    return Done(
        process.returncode if process.returncode is not None else -1,
        output.decode(errors="replace"),
        complaint.decode(errors="replace"),
    )


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
