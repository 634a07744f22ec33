"""Which server the settings mean, and this process's share in it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from later_tui.store.address import Address, parse_url

if TYPE_CHECKING:
    from later_tui.config.settings import Settings
    from later_tui.store.embedded import EmbeddedServer


def locate(settings: "Settings") -> "tuple[Address, EmbeddedServer | None]":
    """Return the address of the configured Redis, or start or join the private server.

    Raises ConfigError for an address that cannot be one, ServerError.
    """
    redis = settings.redis
    if redis.url is not None:
        address = parse_url(redis.url)
        return (
            replace(
                address,
                username=address.username or redis.username,
                password=redis.password if address.password is None else address.password,
            ),
            None,
        )
    if redis.host is not None:
        return Address(None, redis.host, redis.port, redis.username, redis.password), None
    from later_tui.store.embedded import EmbeddedServer

    server = EmbeddedServer(settings.data_dir)
    return server.join(), server
