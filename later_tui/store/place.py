"""Which server the settings mean."""

from dataclasses import replace
from typing import TYPE_CHECKING

from later_tui.store.address import Address, parse_url
from later_tui.store.keys import Keys
from later_tui.store.locators import Cluster, Fixed, Locator, Private, Sentinel

if TYPE_CHECKING:
    from later_tui.config.settings import RedisSettings, Settings


def locator(settings: "Settings", keys: Keys) -> Locator:
    """Return what finds the server of a shard. Raises ConfigError for what cannot be an address."""
    redis = settings.redis
    if redis.sentinels:
        sentinels = tuple(
            replace(
                _node(redis, node),
                username=None,
                password=redis.sentinel_password,
                sentinel=True,
            )
            for node in redis.sentinels
        )
        return Sentinel(sentinels, redis.service, _named(redis))
    if redis.cluster:
        return Cluster(tuple(_node(redis, node) for node in redis.cluster), keys.shard)
    if redis.configured:
        return Fixed(_named(redis), redis.replicas)
    from later_tui.store.embedded import EmbeddedServer

    return Private(EmbeddedServer(settings.data_dir))


def _named(redis: "RedisSettings") -> Address:
    """Return the address that a URL, or host and port, gives."""
    if redis.url is None:
        host = redis.host or "127.0.0.1"
        address = Address(None, host, redis.port, redis.username, redis.password, tls=redis.tls)
    else:
        address = parse_url(redis.url)
    return replace(
        address,
        username=address.username or redis.username,
        password=redis.password if address.password is None else address.password,
        ca_file=redis.ca_file,
    )


def _node(redis: "RedisSettings", node: str) -> Address:
    """Return the address of HOST:PORT, a sentinel or a node of a cluster."""
    host, _, port = node.rpartition(":")
    return replace(_named(redis), host=host.strip("[]"), port=int(port))
