"""The channel itself: checks where it goes, signs, posts, and reads the status."""

import time
from typing import ClassVar

from later_tui.channels.base import Availability, ChannelContext, Notification, Receipt
from later_tui.channels.http.client import Http
from later_tui.channels.http.rest import FIRST_S, Rest
from later_tui.channels.secret import Secret
from later_tui.channels.webhook.options import WebhookOptions
from later_tui.channels.webhook.payload import payload
from later_tui.channels.webhook.signature import signature, webhook_id
from later_tui.channels.webhook.target import Target
from later_tui.channels.webhook.verdict import refusal
from later_tui.domain.errors import MaybeSentError, TransientError, UnavailableError


class Webhook:
    """Posts to one URL. The receiver knows a repetition by its `webhook-id`."""

    name = "webhook"
    idempotent = True
    Options: ClassVar[type[WebhookOptions]] = WebhookOptions

    def __init__(self, options: WebhookOptions, context: ChannelContext) -> None:  # noqa: ARG002
        """Touches no network. Raises ConfigError: plain http where it is not allowed."""
        self._options = options
        self._target = Target(options.url, options.allow_private)
        # No proxy: it would look the name up itself, and connect to what was never checked.
        self._http = Http(ca_file=options.ca_file)
        self._rest = Rest()
        self._not_ready = Rest(longest_s=FIRST_S)

    async def send(self, notification: Notification) -> Receipt:
        """Post, once. Raises as `Channel.send` says, but not MaybeSentError."""
        secrets = await self._secrets()
        body = payload(notification)
        try:
            headers = self._headers(webhook_id(notification.message_id), body, *secrets)
            addresses = await self._target.addresses()
            answer = await self._http.post(self._options.url, headers, body, addresses)
            if not answer.ok:
                raise refusal(self._target.host, answer, secrets)
        except MaybeSentError as error:
            raise TransientError(str(error)) from error
        except UnavailableError as error:
            self._rest.refused(str(error))
            for secret in self._given():
                secret.forget()
            raise
        self._rest.accepted()
        return Receipt(via=self._target.host, proof=answer.title)

    async def available(self) -> Availability:
        """Say whether the receiver refused us a while ago, or what it needs here is missing."""
        if reason := self._rest.reason or self._not_ready.reason:
            return Availability(ok=False, reason=reason)
        try:
            await self._secrets()
            await self._http.ready(self._options.url)
        except UnavailableError as error:
            self._not_ready.refused(str(error))
            return Availability(ok=False, reason=str(error))
        return Availability(ok=True, via=self._target.host)

    async def withdraw(self, reminder_id: str) -> None:
        """Do nothing: what was posted stays posted."""

    async def aclose(self) -> None:
        await self._http.aclose()

    def _headers(
        self, name: str, body: bytes, secret: str | None, authorization: str | None
    ) -> dict[str, str]:
        at_s = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": f'"{name}"',
            "webhook-id": name,
            "webhook-timestamp": str(at_s),
        }
        if secret is not None:
            headers["webhook-signature"] = signature(secret, name, at_s, body)
        if authorization is not None:
            if not (authorization.isascii() and authorization.isprintable()):
                raise UnavailableError(
                    "channel.webhook.authorization has a character that no header may have; "
                    'expected such as "Bearer …"'
                )
            headers["Authorization"] = authorization
        return headers

    async def _secrets(self) -> tuple[str | None, str | None]:
        options = self._options
        return (
            None if options.secret is None else await options.secret.reveal(),
            None if options.authorization is None else await options.authorization.reveal(),
        )

    def _given(self) -> list[Secret]:
        both = (self._options.secret, self._options.authorization)
        return [secret for secret in both if secret is not None]
