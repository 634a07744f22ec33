"""A small HTTP/1.1 server on loopback that answers as it is told, well or badly."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

REASONS = {200: "OK", 201: "CREATED", 204: "NO CONTENT", 400: "BAD REQUEST", 429: "TOO MANY"}


@dataclass(frozen=True)
class Seen:
    """A request, as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Behaviour = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class HttpServer:
    port: int
    scheme: str
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0
    behave: Behaviour | None = None
    """None: the connection is closed before anything is read."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(
    behave: Behaviour | None,
    certificate: tuple[Path, Path] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[HttpServer]:
    """Serve until the block ends; with a certificate and its key, over TLS."""
    open_now: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_now.add(writer)
        server.connections += 1
        try:
            if server.behave is not None:
                request = await _read(reader)
                server.requests.append(request)
                await server.behave(request, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away, which is its right
        finally:
            writer.close()
            open_now.discard(writer)

    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    listening = await asyncio.start_server(connected, host, port, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    server = HttpServer(port, "http" if context is None else "https", behave=behave)
    try:
        yield server
    finally:
        listening.close()
        for writer in list(open_now):
            writer.transport.abort()
        await asyncio.sleep(0)


async def _read(reader: asyncio.StreamReader) -> Seen:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, path, headers, body)


def head(status: int, headers: Mapping[str, str] | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'SO')}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(status: int, body: object = None, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer at once; a body that is not bytes is sent as JSON, as providers do."""
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    kind = "text/plain" if isinstance(body, bytes) else "application/json"
    told = {"Content-Type": kind, "Content-Length": str(len(raw)), **(headers or {})}

    async def behave(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, told) + raw)
        await writer.drain()

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Answer each request by the next of them."""
    rest = list(behaviours)

    async def behave(request: Seen, writer: asyncio.StreamWriter) -> None:
        await rest.pop(0)(request, writer)

    return behave


async def silence(_: Seen, writer: asyncio.StreamWriter) -> None:
    """Read the request, and never answer."""
    await asyncio.sleep(3600)


async def drop(_: Seen, writer: asyncio.StreamWriter) -> None:
    """Read the request, and hang up."""


async def reset(_: Seen, writer: asyncio.StreamWriter) -> None:
    """Read the request, and break the connection off."""
    writer.transport.abort()


async def slow_headers(_: Seen, writer: asyncio.StreamWriter) -> None:
    """Send a header now and then, and never the last of them."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Slow: yes\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def not_http(_: Seen, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example.org ESMTP\r\n\r\n")
    await writer.drain()


def drop_mid_body(status: int, body: bytes = b'{"sid": "SM', **headers: str) -> Behaviour:
    """Promise more of a body than is sent."""

    async def behave(_: Seen, writer: asyncio.StreamWriter) -> None:
        told = {"Content-Type": "application/json", "Content-Length": "4000", **headers}
        writer.write(head(status, told) + body)
        await writer.drain()

    return behave


def huge_body(status: int, taken: list[int] | None = None) -> Behaviour:
    """Send 64 MiB, as fast as it is taken; `taken` gets the length of each part that was."""

    async def behave(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, {"Content-Type": "text/plain"}))
        for _part in range(1024):
            writer.write(b"x" * 65_536)
            await writer.drain()
            if taken is not None:
                taken.append(65_536)

    return behave
