"""An SMTP server that misbehaves on purpose."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Answer = bytes | Callable[["Talk"], Awaitable[bytes]]

GOOD: dict[str, Answer] = {
    "": b"220 bad.test ESMTP\r\n",
    "EHLO": b"250-bad.test\r\n250-SIZE 100000\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n",
    "AUTH": b"235 2.7.0 Ok\r\n",
    "MAIL": b"250 2.1.0 Ok\r\n",
    "RCPT": b"250 2.1.5 Ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 2.0.0 Ok: queued as BAD1\r\n",
    "STARTTLS": b"220 go on\r\n",
    "NOOP": b"250 Ok\r\n",
    "RSET": b"250 Ok\r\n",
    "QUIT": b"221 Bye\r\n",
}
"""By the command; "" is the greeting, "." the end of the text."""


class Talk:
    """One connection, for answers that need more than bytes."""

    def __init__(self, server: "BadServer", reader: Any, writer: Any) -> None:
        self.server, self.reader, self.writer = server, reader, writer

    async def drip(self, text: bytes, each_s: float) -> bytes:
        """Send a byte now and then, until the other side has had enough."""
        for at in range(len(text)):
            self.writer.write(text[at : at + 1])
            await self.writer.drain()
            await asyncio.sleep(each_s)
        return b""

    async def drop(self) -> bytes:
        self.writer.transport.abort()
        raise ConnectionResetError

    async def for_ever(self) -> bytes:
        await self.reader.read()  # until the other side hangs up
        raise ConnectionResetError


class BadServer:
    """Answers from a table: each value is bytes, or what makes them."""

    def __init__(self, answers: Mapping[str, Answer | list[Answer]]) -> None:
        """A list gives each its turn; its last stays."""
        self.answers: dict[str, Any] = {**GOOD, **answers}
        self.port = 0
        self.connections = 0
        self.said: list[bytes] = []
        """Every line that was sent to it."""
        self.texts: list[bytes] = []
        self.upgrade: ssl.SSLContext | None = None
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> "BadServer":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def count(self, verb: str) -> int:
        return sum(line.upper().startswith(verb.encode()) for line in self.said)

    async def _accept(self, reader: Any, writer: Any) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._converse(Talk(self, reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _converse(self, talk: Talk) -> None:
        await self._answer(talk, "")
        while line := await talk.reader.readline():
            self.said.append(line.rstrip(b"\r\n"))
            verb = line.split()[0].decode().upper() if line.strip() else "?"
            if verb == "STARTTLS" and self.upgrade is not None:
                await self._answer(talk, verb)
                await talk.writer.start_tls(self.upgrade)
                continue
            replied = await self._answer(talk, verb)
            if verb == "DATA" and replied.startswith(b"354"):
                self.texts.append(await talk.reader.readuntil(b"\r\n.\r\n"))
                await self._answer(talk, ".")
            if verb == "QUIT":
                return

    async def _answer(self, talk: Talk, verb: str) -> bytes:
        answer = self.answers.get(verb, b"500 what?\r\n")
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if not isinstance(answer, bytes):
            answer = await answer(talk)
        talk.writer.write(answer)
        await talk.writer.drain()
        return answer
