"""A small blocking client for the command line: a socket and the RESP parser of hiredis.

`later add` would spend most of its time importing a full client; this one does what a short command
needs: connect, authenticate, send a batch, read its replies.
"""

import contextlib
import socket
from collections.abc import Iterable, Iterator

import hiredis

from later_tui.domain.errors import RefusedError, StoreError
from later_tui.store.address import Address
from later_tui.store.closing import Closing
from later_tui.store.command import Arg, Batch, Call, Command, Reply
from later_tui.store.words import refused, strange, unreachable

TIMEOUT_S = 5.0

PART = 16_384
"""How many bytes are packed before they are sent: what the server reads in one go."""


class Wire(Closing):
    """One connection to one server. Raises StoreError from every method that talks."""

    def __init__(self, address: Address, timeout_s: float = TIMEOUT_S) -> None:
        self._address = address
        self._reader = hiredis.Reader()
        self._known: set[str] = set()
        try:
            self._socket = _connect(address, timeout_s)
        except OSError as error:
            raise StoreError(unreachable(self._address, error)) from error
        hello: list[tuple[Arg, ...]] = []
        if address.password is not None:
            user = (address.username,) if address.username else ()
            hello.append(("AUTH", *user, address.password))
        if address.db:
            hello.append(("SELECT", address.db))
        if hello:
            try:
                self._checked(self._exchange(hello))
            except StoreError:
                self.close()
                raise

    def execute(self, batch: Batch) -> list[Reply]:
        """Send a batch in one go and return its replies in order."""
        items: list[Command | Call] = []

        def words() -> Iterator[tuple[Arg, ...]]:
            for item in batch:
                items.append(item)
                yield self._words(item)

        replies = self._exchange(words())
        missing = [i for i, reply in enumerate(replies) if _is_unknown_script(reply)]
        if missing:
            # Somebody made the server forget its scripts. Nothing of these ran: sending them
            # again, whole, takes effect once.
            self._known.clear()
            again = self._exchange([self._words(items[i]) for i in missing])
            for i, reply in zip(missing, again, strict=True):
                replies[i] = reply
        return self._checked(replies)

    def _words(self, item: Command | Call) -> tuple[Arg, ...]:
        """Return a command's words. A script is sent whole the first time on a connection.

        A server that restarts forgets its scripts, and it ends every connection too.
        """
        if isinstance(item, Command):
            return item.args
        if item.script.name in self._known:
            return ("EVALSHA", item.script.sha, 1, item.prefix, *item.args)
        self._known.add(item.script.name)
        return ("EVAL", item.script.text, 1, item.prefix, *item.args)

    def _exchange(self, commands: Iterable[tuple[Arg, ...]]) -> list[Reply]:
        sent, part = 0, bytearray()
        try:
            for words in commands:
                part += pack(words)
                sent += 1
                if len(part) >= PART:
                    # The server works on one part while the next is packed.
                    self._socket.sendall(part)
                    part.clear()
            self._socket.sendall(part)
            replies = [self._read() for _ in range(sent)]
        except OSError as error:
            raise StoreError(unreachable(self._address, error)) from error
        except hiredis.ProtocolError as error:
            raise StoreError(strange(self._address.title)) from error
        return replies

    def _checked(self, replies: list[Reply]) -> list[Reply]:
        for reply in replies:
            if isinstance(reply, hiredis.ReplyError):
                raise RefusedError(refused(self._address.title, str(reply))) from reply
        return replies

    def _read(self) -> Reply:
        while (reply := self._reader.gets()) is False:
            data = self._socket.recv(65536)
            if not data:
                raise ConnectionResetError("the server closed the connection")
            self._reader.feed(data)
        return reply

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()


def _is_unknown_script(reply: Reply) -> bool:
    return isinstance(reply, hiredis.ReplyError) and str(reply).startswith("NOSCRIPT")


def pack(words: tuple[Arg, ...]) -> bytes:
    """Return a command as the protocol has it."""
    packed: bytes = hiredis.pack_command(words)  # type: ignore[arg-type]  # stub: one word
    return packed


def _connect(address: Address, timeout_s: float) -> socket.socket:
    if address.path is not None:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(timeout_s)
        try:
            link.connect(address.path)
        except OSError:
            link.close()
            raise
        return link
    link = socket.create_connection((address.host, address.port), timeout_s)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not address.tls:
        return link
    import ssl

    try:
        return ssl.create_default_context(cafile=address.ca_file).wrap_socket(
            link, server_hostname=address.host
        )
    except OSError:
        link.close()
        raise
