"""Where the server of a shard is now: it may move, or have to be started.

Each locator answers `find` with the address to connect to. It blocks, so that commands can use it
as it is; the asyncio client asks in a thread, again after each failure.

- Fixed: a server that was named.
- Private: the server in the data folder, started when it is gone (`embedded`).
- Sentinel: the primary that the sentinels agree on
  (Redis documentation, "Guidelines for Redis clients with support for Sentinel").
- Cluster: the primary that serves the shard's slot. All keys of a shard share one slot, so a client
  needs one node at a time (Redis documentation, "Redis cluster specification").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from later_tui.domain.errors import StoreError
from later_tui.store.address import Address
from later_tui.store.command import Reply, command
from later_tui.store.embedded import EmbeddedServer
from later_tui.store.keys import Keys
from later_tui.store.wire import Wire

ASK_TIMEOUT_S = 2.0
SLOTS = 16384
MOST_NODES = 64


class Locator(Protocol):
    """Finds the server of one shard."""

    @property
    def place(self) -> str:
        """Where the reminders are, for people: "embedded" or an address without its secrets."""
        ...

    @property
    def spread(self) -> bool:
        """Whether replicas should have what is kept, too."""
        ...

    def find(self) -> Address:
        """Return the address to connect to now. Raises StoreError, ServerError."""
        ...

    def give_up(self) -> None:
        """Have a `find` that may wait for long, in another thread, end soon with StoreError."""
        ...

    def release(self) -> None:
        """Stop using the server."""
        ...


@dataclass(frozen=True)
class Fixed:
    """A server that stays where it is."""

    address: Address
    spread: bool = False

    @property
    def place(self) -> str:
        return self.address.place

    def find(self) -> Address:
        return self.address

    def give_up(self) -> None:
        """It waits for seconds at the most."""

    def release(self) -> None:
        """Nothing is held."""


class Private:
    """The private server."""

    place = "embedded"
    spread = False

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self._address: Address | None = None

    def find(self) -> Address:
        if self._address is None:
            self._address = self._server.join()
        else:
            self._server.ensure()
        return self._address

    def give_up(self) -> None:
        self._server.give_up()

    def release(self) -> None:
        self._server.leave()


@dataclass(frozen=True)
class Sentinel:
    """The primary of `service`, by the word of the first sentinel that knows it."""

    sentinels: Sequence[Address]
    service: str
    credentials: Address
    """Has the user, password, database and TLS of the servers; its host and port mean nothing."""
    spread: bool = True

    @property
    def place(self) -> str:
        return f"sentinel {self.service}"

    def find(self) -> Address:
        ask = command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.service)
        trouble = ""
        for sentinel in self.sentinels:
            try:
                with Wire(sentinel, ASK_TIMEOUT_S) as wire:
                    [reply] = wire.execute([ask])
            except StoreError as error:
                trouble = str(error)
                continue
            if not reply:
                trouble = f"{sentinel.title} does not know {self.service!r}"
                continue
            found = replace(self.credentials, host=reply[0].decode(), port=int(reply[1]))
            # A sentinel may lag behind a failover: the server itself is asked what it is.
            try:
                with Wire(found, ASK_TIMEOUT_S) as wire:
                    [role] = wire.execute([command("ROLE")])
            except StoreError as error:
                trouble = str(error)
                continue
            if role[0] == b"master":
                return found
            trouble = f"{found.title} is no primary yet"
        raise StoreError(f"no primary of {self.service!r} can be found: {trouble}")

    def give_up(self) -> None:
        """It waits for seconds at the most."""

    def release(self) -> None:
        """Nothing is held."""


class Cluster:
    """The primary that serves a shard's slot, by the word of the first node that answers."""

    spread = True

    def __init__(self, nodes: Sequence[Address], shard: int) -> None:
        """Know some nodes of the cluster; the others are learnt from them."""
        self._nodes = tuple(nodes)
        self._slot = _slot(Keys(shard))

    @property
    def place(self) -> str:
        return f"cluster at {self._nodes[0].place}"

    def find(self) -> Address:
        trouble = "no node was named"
        for node in self._nodes:
            try:
                with Wire(node, ASK_TIMEOUT_S) as wire:
                    [reply] = wire.execute([command("CLUSTER", "SLOTS")])
            except StoreError as error:
                trouble = str(error)
                continue
            self._learn(node, reply)
            for first, last, primary, *_ in reply:
                if first <= self._slot <= last:
                    return _node(node, primary)
            trouble = f"no node serves slot {self._slot} now"
        raise StoreError(f"the cluster cannot be used: {trouble}")

    def _learn(self, asked: Address, reply: Reply) -> None:
        """Remember every node: those that were named may all be gone one day."""
        found = (_node(asked, node) for _, _, *nodes in reply for node in nodes)
        self._nodes = tuple(dict.fromkeys((*self._nodes, *found)))[:MOST_NODES]

    def give_up(self) -> None:
        """It waits for seconds at the most."""

    def release(self) -> None:
        """Nothing is held."""


def _node(asked: Address, node: Sequence[Reply]) -> Address:
    """Return the address of a node in a reply of CLUSTER SLOTS."""
    host = node[0].decode() if node[0] else ""
    # A node that does not know its own name means the one that was asked.
    return replace(asked, host=asked.host if host in ("", "?") else host, port=int(node[1]))


def _slot(keys: Keys) -> int:
    """Return the hash slot of a shard: CRC16 (XMODEM) of its hash tag, modulo 16384."""
    from binascii import crc_hqx

    return crc_hqx(str(keys.shard).encode(), 0) % SLOTS
