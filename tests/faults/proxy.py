"""A TCP proxy that can swallow bytes (a half-open connection) or cut everybody off at once."""

import asyncio
import contextlib
import socket
import struct

HOST = "127.0.0.1"


class Proxy:
    """Passes bytes on between its clients and a server."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server: asyncio.Server | None = None
        self._links: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = []
        self._pumps: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self.accepted: list[float] = []
        """When each connection came, by the loop's clock, s."""

    async def start(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._accept, HOST, 0, backlog=512)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def open(self) -> int:
        return len(self._links)

    def swallow(self) -> None:
        """Take bytes and give none, as a firewall does that has forgotten a connection."""
        self._passing.clear()

    def pass_on(self) -> None:
        self._passing.set()

    def reset(self) -> None:
        """Cut everybody off at once, with a reset."""
        links, self._links = self._links, []
        for near, far in links:
            sock = near.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            near.transport.abort()
            far.transport.abort()

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        self.reset()
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted.append(asyncio.get_running_loop().time())
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self._target)
        except OSError:
            writer.transport.abort()
            return
        link = (writer, far_writer)
        self._links.append(link)
        for source, target in ((reader, far_writer), (far_reader, writer)):
            pump = asyncio.create_task(self._pump(source, target, link))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        link: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if self._passing.is_set():
                    target.write(data)
                    await target.drain()
        for writer in link:
            writer.transport.abort()
        if link in self._links:
            self._links.remove(link)
