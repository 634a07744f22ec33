"""Where a webhook goes: looked up and checked anew for each send."""

import httpx2

from later_tui.channels.http.names import addresses_of
from later_tui.channels.webhook.addresses import why_private
from later_tui.domain.errors import ConfigError, UnavailableError


class Target:
    """The host of a URL, and which of its addresses may be connected to."""

    def __init__(self, url: str, allow_private: bool) -> None:
        """Raises ConfigError: a URL that cannot be used, or plain http where it is not allowed."""
        try:
            parsed = httpx2.URL(url)
        except httpx2.InvalidURL:
            raise ConfigError(
                "channel.webhook.url has a host or a port that cannot be; expected such as "
                '"https://example.org/hook"'
            ) from None
        self.host = parsed.raw_host.decode()
        self._port = parsed.port or (80 if parsed.scheme == "http" else 443)
        self._plain = parsed.scheme == "http"
        self._allow_private = allow_private
        if self._plain and not allow_private:
            raise ConfigError(
                "channel.webhook.url is plain http; expected https, or allow_private = true for a "
                "receiver on this machine or a private network"
            )

    async def addresses(self) -> list[str]:
        """Return the addresses to connect to, in the order to try them.

        Nothing looks the name up again after this, so what it resolves to by then is of no use to
        anybody ("DNS rebinding"). Raises TransientError: the name was not found; UnavailableError:
        it has no address that is allowed. That is not for good: the network of a hotel gives any
        name a private address until one has signed in.
        """
        found = await addresses_of(self.host, self._port)
        private = {address: why_private(address) for address in found}
        if self._plain:
            allowed = [address for address in found if private[address]]
            if not allowed:
                raise UnavailableError(
                    f"{self.host} is neither this machine nor in a private network, and plain http "
                    "can be read on the way; use https in channel.webhook.url"
                )
        else:
            allowed = [one for one in found if self._allow_private or not private[one]]
            if not allowed:
                raise UnavailableError(
                    f"{self.host} is {private[found[0]]} ({found[0]}), where no webhook is sent; "
                    "set allow_private = true in [channel.webhook] if you mean it"
                )
        return [str(address) for address in allowed]
