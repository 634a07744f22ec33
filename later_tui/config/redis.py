"""Which Redis, out of what the file, the variables and the options say."""

from later_tui.config.layers import Rank, Setting
from later_tui.config.settings import RedisSettings
from later_tui.config.url import Url
from later_tui.domain.errors import ConfigError

_TABLE = "redis."


def redis_settings(settings: dict[str, Setting]) -> RedisSettings:
    """Return the Redis of the highest rank that names one, by URL or by host.

    Raises ConfigError when URL and host stand side by side, or nothing says where the server is.
    """
    given = {k.removeprefix(_TABLE): v for k, v in settings.items() if k.startswith(_TABLE)}
    shards = given.pop("shards", None)
    count = shards.value if shards and isinstance(shards.value, int) else 1
    url, host = given.get("url"), given.get("host")
    if url and host and url.rank == host.rank:
        raise ConfigError(f"{url.where} and {host.where} are both set; expected one of them")
    place = max((s for s in (url, host) if s), key=lambda s: s.rank, default=None)
    if place is None:
        for setting in given.values():
            if setting.value:
                raise ConfigError(
                    f"{setting.where} is set, but nothing says where that Redis is; expected "
                    "redis.url or redis.host (LATER_REDIS_URL or LATER_REDIS_HOST) too"
                )
        return RedisSettings(shards=count)
    username = _credential(given, "username", place)
    password = _credential(given, "password", place)
    if isinstance(place.value, Url):
        username = place.value.username if username is None else username
        password = place.value.password if password is None else password
        full = place.value.with_credentials(username, password)
        return RedisSettings(url=full, username=username, password=password, shards=count)
    port = given.get("port")
    return RedisSettings(
        host=str(place.value),
        port=port.value if port and isinstance(port.value, int) else 6379,
        username=username,
        password=password,
        shards=count,
    )


def _credential(given: dict[str, Setting], name: str, place: Setting) -> str | None:
    """Return the user or password that belongs to the server at `place`.

    One in the file belongs to the server in the file: it is never sent to another. One in a
    variable goes with a server from a variable or an option, where it is put to keep it out of the
    list of processes; but what an option's URL holds is nearer.
    """
    setting = given.get(name)
    if setting is None or (setting.rank is Rank.FILE and place.rank is not Rank.FILE):
        return None
    own = getattr(place.value, name) if isinstance(place.value, Url) else None
    if own is not None and place.rank > setting.rank:
        return None
    return str(setting.value) or None
