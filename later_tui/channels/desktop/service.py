"""The desktop's notification service, as the freedesktop.org specification 1.2 defines it.

https://specifications.freedesktop.org/notification-spec/1.2/
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from later_tui.channels.desktop.bus import BUS, SessionBus
from later_tui.channels.desktop.connection import ErrorReply
from later_tui.channels.desktop.hints import Hints
from later_tui.channels.desktop.rung import Memory
from later_tui.domain.errors import TransientError, UnavailableError

if TYPE_CHECKING:
    from dbus_fast import Message

NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_OWN = f"type='signal',sender='{NAME}',path='{_PATH}',interface='{NAME}'"
_RULES = (
    f"{_OWN},member='ActionInvoked'",
    f"{_OWN},member='NotificationClosed'",
    f"type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0='{NAME}'",
    f"type='signal',sender='{BUS}',interface='{BUS}',member='ActivatableServicesChanged'",
)

_NONE = "no notification service on the session bus"

_BELIEVED = 30.0
"""How long the bus's silence about a service is believed, s: old ones tell of no new files."""

NEVER = 0
"""Expire never."""
AS_OTHERS = -1
"""Expire when the service thinks fit."""


@dataclass(frozen=True, slots=True)
class Handle:
    """One notification on the screen: its number, and the one connection that gave it.

    Numbers begin anew when the service is started anew; its connection's name never comes again.
    """

    owner: str
    number: int


def _nothing(_handle: Handle, _word: object) -> None:
    """Hear nothing."""


class NotificationService:
    """Speaks with whatever program shows notifications now.

    The callers bound the time. `on_action` hears (handle, action key), `on_closed` (handle, why).
    """

    def __init__(self) -> None:
        self.on_action: Callable[[Handle, str], None] = _nothing
        self.on_closed: Callable[[Handle, int], None] = _nothing
        self.silence = Memory()
        """That the service did not answer, for all who would ask it again."""
        self._bus = SessionBus(_RULES, self._signal)
        self._changes = 0
        self._absent_in = (0, 0)
        self._absent = Memory(_BELIEVED)

    @property
    def connected(self) -> bool:
        """Whether there is a connection to the bus now."""
        return self._bus.connected

    async def look(self) -> str:
        """Return the service's owner, or "" when the bus would start one when it is called.

        An owner is the unique name of its connection.
        Raises UnavailableError: no bus, or no service on it and none to start.
        """
        # The bus says when one comes; until then there is no need to ask.
        known = self._bus.connected and self._absent_in == (self._bus.connections, self._changes)
        if known and (reason := self._absent.recall()):
            raise UnavailableError(reason)
        try:
            owner: str = (await self._bus.ask("GetNameOwner", "s", NAME)).body[0]
        except ErrorReply:
            changes = self._changes
            reply = await self._bus.ask("ListActivatableNames")
            if NAME not in reply.body[0]:
                self._absent_in = (self._bus.connections, changes)
                self._absent.keep(_NONE)
                raise UnavailableError(_NONE) from None
            return ""
        return owner

    async def start(self) -> str:
        """Return the service's owner, after starting it if need be. Raises UnavailableError."""
        if owner := await self.look():
            return owner
        try:
            await self._bus.ask("StartServiceByName", "su", NAME, 0)
        except ErrorReply as error:
            raise UnavailableError(f"the notification service cannot start: {error}") from error
        if owner := await self.look():
            return owner
        raise UnavailableError(_NONE)

    async def capabilities(self, owner: str) -> frozenset[str]:
        """Return what the service can do. Raises UnavailableError."""
        reply = await self._call(owner, "GetCapabilities")
        listed = reply.body[0] if reply.signature == "as" else []
        return frozenset(listed)

    async def notify(
        self,
        owner: str,
        summary: str,
        body: str,
        actions: Sequence[tuple[str, str]] = (),
        *,
        replaces: Handle | None = None,
        expire: int = AS_OTHERS,
        hints: Hints | None = None,
    ) -> Handle:
        """Show a notification and return its handle: the service's own word that it took it.

        `actions` are (key, label); `expire` is in ms, or NEVER, or AS_OTHERS.
        Raises UnavailableError, or TransientError: the service refused it.
        """
        from dbus_fast import Variant

        reply = await self._call(
            owner,
            "Notify",
            "susssasa{sv}i",
            "later",
            # A number of an earlier service may be another program's pop-up by now.
            replaces.number if replaces and replaces.owner == owner else 0,
            "",
            summary,
            body,
            [word for action in actions for word in action],
            {name: Variant(*value) for name, value in (hints or {}).items()},
            expire,
        )
        if reply.signature != "u" or not reply.body[0]:
            raise TransientError("the notification service gave no number for the pop-up")
        return Handle(owner, reply.body[0])

    async def close(self, handle: Handle) -> None:
        """Take the notification away; one that is gone is no error. Raises UnavailableError."""
        try:
            await self._bus.call(handle.owner, _PATH, NAME, "CloseNotification", "u", handle.number)
        except ErrorReply:
            return

    async def aclose(self) -> None:
        """Close the connection to the bus."""
        await self._bus.aclose()

    async def _call(self, owner: str, member: str, signature: str = "", *body: object) -> "Message":
        # To the owner, not to the well-known name: answers and signals then name the same sender.
        try:
            return await self._bus.call(owner, _PATH, NAME, member, signature, *body)
        except ErrorReply as error:
            if error.name.endswith((".ServiceUnknown", ".NameHasNoOwner", ".NoReply")):
                raise UnavailableError("the notification service went away") from error
            raise TransientError(f"the notification service refused: {error}") from error

    def _signal(self, message: "Message") -> None:
        if message.interface == BUS:
            self._changes += 1
            return
        heard = (message.interface, message.path, message.member, message.signature)
        if heard == (NAME, _PATH, "ActionInvoked", "us"):
            self.on_action(Handle(message.sender or "", message.body[0]), message.body[1])
        elif heard == (NAME, _PATH, "NotificationClosed", "uu"):
            self.on_closed(Handle(message.sender or "", message.body[0]), message.body[1])
