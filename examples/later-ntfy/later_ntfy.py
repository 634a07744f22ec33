"""The channel `ntfy`: publishes to a topic of an ntfy server (https://docs.ntfy.sh/publish/)."""

import json
from dataclasses import dataclass
from typing import Annotated

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.http.answer import words
from later_tui.channels.http.client import Http
from later_tui.channels.http.rest import Rest
from later_tui.channels.http.urls import provider_url
from later_tui.channels.options import Check, Secret
from later_tui.domain.errors import PermanentError, TransientError, UnavailableError

MOST_BYTES = 4000
"""Of a text; a server takes 4096 bytes and refuses what is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NtfyOptions:
    """What can be set about ntfy."""

    topic: Secret
    """Whoever knows the topic can read it, so it is as secret as a password."""
    token: Secret | None = None
    """An access token, where the server wants one."""
    server: Annotated[str, Check(provider_url)] = "https://ntfy.sh"
    """The server's URL."""


class Ntfy:
    """Publishes. The reminder's id is the sequence id, so a repetition replaces the first one."""

    name = "ntfy"
    idempotent = True
    Options = NtfyOptions

    def __init__(self, options: NtfyOptions, _context: ChannelContext) -> None:
        self._options = options
        self._http = Http()
        self._rest = Rest()

    async def send(self, notification: Notification) -> Receipt:
        topic = await self._options.topic.reveal()
        token = await self._options.token.reveal() if self._options.token else ""
        message = {
            "topic": topic,
            "sequence_id": notification.reminder_id,
            "title": f"{notification.count} reminders" if notification.count > 1 else "later",
            "message": notification.text.encode()[:MOST_BYTES].decode(errors="ignore"),
            "tags": list(notification.tags),
        }
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await self._http.post(self._options.server, headers, json.dumps(message).encode())
        said = f"{answer.title} {words(answer.table().get('error'), hide=(topic, token))}".strip()
        if answer.ok:
            self._rest.accepted()
            return Receipt("ntfy", f"{answer.title}, id {words(answer.table().get('id'))}")
        if answer.status in (401, 403):
            self._rest.refused(f"ntfy refused the topic or the token: {said}")
            raise UnavailableError(self._rest.reason)
        if answer.status == 429 or answer.status >= 500:
            raise TransientError(f"ntfy: {said}", answer.retry_after_ms)
        raise PermanentError(f"ntfy: {said}")

    async def available(self) -> Availability:
        reason = self._rest.reason
        return Availability(not reason, "" if reason else "ntfy", reason)

    async def withdraw(self, reminder_id: str) -> None:
        """Nothing: what is on the phone stays there until it is swiped away."""

    async def aclose(self) -> None:
        await self._http.aclose()
