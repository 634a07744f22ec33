"""Sends one request at a time over a connection of its own."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import httpx2

from later_tui import __version__
from later_tui.channels.http.answer import Answer
from later_tui.channels.http.failures import why_not_sent, why_unsure
from later_tui.channels.http.names import addresses_of
from later_tui.channels.http.opening import opened, verifying
from later_tui.channels.http.proxies import proxy_for
from later_tui.channels.http.request import Progress, Request
from later_tui.channels.http.retryafter import retry_after
from later_tui.domain.errors import MaybeSentError, TransientError, UnavailableError

WHOLE_S = 30.0
"""The longest that a request may take from the look-up of the name to the last byte."""

MOST_BYTES = 65_536
"""So much of an answer's body is read."""

_OWN_HEADERS = {"User-Agent": f"later/{__version__}", "Accept-Encoding": "identity"}


class Http:
    """A client whose connections are not kept: one that was closed by the other side while it
    stood idle would make a request that was never read look as if it might have been.
    """

    def __init__(self, *, ca_file: str | None = None, proxies: bool = False) -> None:
        """Touches neither network nor disk.

        Certificates are verified by the system's authorities (or those of `SSL_CERT_FILE`), and by
        those in `ca_file` besides. `proxies`: whether the environment's are used, see `proxy_for`.
        """
        self._ca_file = ca_file
        self._proxies = proxies
        self._whole_s = WHOLE_S
        self._clients: dict[str | None, httpx2.AsyncClient] = {}
        self._opening = asyncio.Lock()

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes, addresses: Sequence[str] = ()
    ) -> Answer:
        """Send a POST, and return what was answered, whatever the status.

        `addresses`: connect to one of these instead of looking the host's name up. Raises
        TransientError: nothing of it was sent; MaybeSentError: it was, and no status came back;
        UnavailableError: the URL, the proxy or `ca_file` cannot be used.
        """
        target = _parsed(url)
        progress = Progress()
        try:
            async with asyncio.timeout(self._whole_s):
                proxy = self._proxy(target)
                if proxy is None and not addresses:
                    addresses = await self._look_up(target)
                request = Request(target, {**_OWN_HEADERS, **headers}, body, progress)
                return await self._exchange(await self._client(proxy), request, addresses)
        except (TimeoutError, OSError, httpx2.HTTPError) as error:
            if progress.answer is not None:
                return progress.answer
            raise _failed(target.host, error, progress.written) from error

    async def ready(self, url: str) -> None:
        """Open what a POST to `url` needs, short of the network, so that the first is not late.

        Raises UnavailableError: the URL, the proxy or `ca_file` cannot be used.
        """
        await self._client(self._proxy(_parsed(url)))

    async def aclose(self) -> None:
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    def _proxy(self, target: httpx2.URL) -> str | None:
        return proxy_for(target.scheme, target.host) if self._proxies else None

    async def _look_up(self, target: httpx2.URL) -> list[str]:
        port = target.port or (80 if target.scheme == "http" else 443)
        return [str(one) for one in await addresses_of(target.raw_host.decode(), port)]

    async def _exchange(
        self, client: httpx2.AsyncClient, request: Request, addresses: Sequence[str]
    ) -> Answer:
        """Try each address until one lets itself be connected to; none: the client looks it up."""
        rest = list(addresses)
        while True:
            try:
                response = await client.send(request.built(client, rest), stream=True)
            except httpx2.TransportError:
                if request.progress.written or len(rest) < 2:
                    raise
                rest.pop(0)
                continue
            try:
                return await self._read(response, request.progress)
            finally:
                await response.aclose()

    async def _read(self, response: httpx2.Response, progress: Progress) -> Answer:
        """Read the answer; a status is worth something without the rest, so it is kept at once."""
        headers = response.headers
        cut = Answer(
            response.status_code,
            kind=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            whole=False,
            retry_after_ms=retry_after(headers.get("Retry-After"), time.time_ns() // 1_000_000),
        )
        progress.answer = cut
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > MOST_BYTES:
                return cut
        return replace(cut, body=bytes(body), whole=True)

    async def _client(self, proxy: str | None) -> httpx2.AsyncClient:
        async with self._opening:
            if proxy not in self._clients:
                # Reading the authorities takes tens of ms, too long for the loop.
                context = await asyncio.to_thread(verifying, self._ca_file)
                self._clients[proxy] = opened(context, proxy)
            return self._clients[proxy]


def _parsed(url: str) -> httpx2.URL:
    try:
        return httpx2.URL(url)
    except httpx2.InvalidURL:
        # What it says has a part of the URL in it.
        raise UnavailableError("the URL in the configuration cannot be used") from None


def _failed(host: str, error: Exception, written: bool) -> TransientError | MaybeSentError:
    if written:
        return MaybeSentError(f"the request was sent to {host}, but {why_unsure(error)}")
    return TransientError(f"{host} could not be reached: {why_not_sent(error)}")
