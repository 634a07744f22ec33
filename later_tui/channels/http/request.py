"""One request: what is sent, how long each step of it may take, and how far it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from later_tui.channels.http.answer import Answer

CONNECT_S = 10.0
NEXT_S = 3.0
"""How long one of several addresses has to let itself be connected to, before the next is tried."""
WRITE_S = 10.0
READ_S = 20.0
"""The longest wait for the next bytes of an answer."""


@dataclass(slots=True)
class Progress:
    """How far a request has come, for when it fails."""

    written: bool = False
    """Whether a byte of it may have left this machine."""
    answer: Answer | None = None
    """The answer as far as it came."""

    async def trace(self, step: str, about: Mapping[str, Any]) -> None:
        if step == "http11.send_request_headers.started":
            # A proxy is sent a CONNECT first, which is not yet the request.
            self.written |= about["request"].method != b"CONNECT"


@dataclass(frozen=True, slots=True)
class Request:
    """A POST to a URL."""

    target: httpx2.URL
    headers: dict[str, str]
    body: bytes
    progress: Progress

    def built(self, client: httpx2.AsyncClient, addresses: Sequence[str]) -> httpx2.Request:
        """Return the request to the first of the addresses, with a certificate of the host."""
        connect = CONNECT_S if len(addresses) < 2 else NEXT_S
        steps = httpx2.Timeout(connect=connect, write=WRITE_S, read=READ_S, pool=None)
        extensions: dict[str, Any] = {"trace": self.progress.trace}
        url, headers = self.target, self.headers
        if addresses:
            url = url.copy_with(host=addresses[0])
            headers = {**headers, "Host": self.target.netloc.decode()}
            extensions["sni_hostname"] = self.target.raw_host.decode()
        return client.build_request(
            "POST", url, headers=headers, content=self.body, timeout=steps, extensions=extensions
        )
