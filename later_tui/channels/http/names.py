"""Looks a host's name up."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

from later_tui.domain.errors import TransientError

LOOK_UP_S = 10.0


async def addresses_of(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    """Return the addresses of a host, at least one, in the order to try them (RFC 6724).

    Raises TransientError: the name was not found, or not in time.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOK_UP_S):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        late = " in time" if isinstance(error, TimeoutError) else ""
        raise TransientError(
            f"{host} could not be reached: its name was not found{late}"
        ) from error
    return list(dict.fromkeys(ip_address(str(where[0]).partition("%")[0]) for *_, where in found))
