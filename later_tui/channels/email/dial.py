"""Connects a socket to a server that may have several addresses."""

import asyncio
import socket

_EACH_S = 5.0
"""How long one of several addresses may take, s: another may be reached."""


async def dial(host: str, port: int) -> socket.socket:
    """Return a connected socket. Raises OSError; not bounded but for all addresses save the last.

    An IPv6 address that leads nowhere is a common fault, and must not cost the mail.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    for family, address in addresses[:-1]:
        try:
            async with asyncio.timeout(_EACH_S):
                return await _connect(loop, family, address)
        except OSError:  # a TimeoutError too
            continue
    return await _connect(loop, *addresses[-1])


async def _connect(
    loop: asyncio.AbstractEventLoop, family: int, address: tuple[object, ...]
) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        await loop.sock_connect(opened, address)
    except BaseException:
        opened.close()
        raise
    return opened
