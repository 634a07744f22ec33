"""Sends mail by a local sendmail program, or one that is called like it (Postfix, Exim, msmtp …).

Its exit codes are those of BSD's sysexits.h.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO

from later_tui.channels.base import Receipt
from later_tui.channels.email.faults import ServerRefusedError, words
from later_tui.channels.email.hold import SECRET_S, SERVER_S
from later_tui.channels.email.message import Mail
from later_tui.channels.email.options import Program
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError

_NEVER = {65: "the mail", 67: "the recipient", 68: "the recipient's domain"}
"""EX_DATAERR, EX_NOUSER, EX_NOHOST: what it refused."""
_NOT_HERE = frozenset({64, 72, 73, 77, 78, 126, 127})
"""EX_USAGE, EX_OSFILE, EX_CANTCREAT, EX_NOPERM, EX_CONFIG, and the shell's "cannot run"."""
_HEARD = 8_192


class Sendmail:
    """A way to send: by a program on this machine."""

    def __init__(self, program: Program) -> None:
        self.via = program.via
        self._program = program
        self._path = program.path

    async def ready(self) -> None:
        """Raise UnavailableError when the program is not there."""
        if not self._program.there:
            raise UnavailableError(
                f"{self._path} is not there or cannot be run; set host or sendmail"
            )

    async def carry(self, mail: Mail) -> Receipt:
        """Hand the mail to the program. Raises TransientError, PermanentError, UnavailableError.

        Cancelled, the program and what it started are killed.
        """
        # Files, not pipes: a program may leave a child that delivers the mail, with them open.
        with TemporaryFile() as given, TemporaryFile() as complaint:
            given.write(mail.content.replace(b"\r\n", b"\n"))
            given.seek(0)
            # One recipient, and it stands here: -t would read them out of the headers.
            process = await self._start(given, complaint, "-i", "-f", mail.sender, mail.to)
            try:
                code = await process.wait()
            finally:
                await _end(process)
            complaint.seek(0)
            said = words(complaint.read(_HEARD).decode(errors="replace"))
        if code == 0:
            return Receipt(self.via, f"{self._path} has taken it")
        raise self._failure(code, said)

    async def aclose(self) -> None:
        """Nothing stays open."""

    async def _start(self, given: IO[bytes], complaint: IO[bytes], *arguments: str) -> Process:
        try:
            return await asyncio.create_subprocess_exec(
                self._path,
                *arguments,
                stdin=given,
                stdout=DEVNULL,
                stderr=complaint,
                cwd="/",
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise ServerRefusedError(f"{self._path} cannot be run: {reason}", SECRET_S) from None

    def _failure(self, code: int | None, said: str) -> Exception:
        said = f": {said}" if said else ""
        if code in _NEVER:
            return PermanentError(f"{self._path} refused {_NEVER[code]}{said}")
        if code in _NOT_HERE:
            return ServerRefusedError(
                f"{self._path} cannot send mail here (status {code}){said}", SERVER_S
            )
        return TransientError(f"{self._path} could not send it now (status {code}){said}")


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
