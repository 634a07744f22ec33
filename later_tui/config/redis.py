"""Which Redis, out of what the file, the variables and the options say."""

import os
from pathlib import Path
from typing import Any

from later_tui.config.given import Given
from later_tui.config.layers import Rank, Setting
from later_tui.config.settings import RedisSettings
from later_tui.config.url import Url
from later_tui.domain.errors import ConfigError

_TABLE = "redis."
_PLACES = ("url", "host", "sentinels", "cluster")
_ONLY_WITH = {"port": "host", "service": "sentinels", "sentinel_password": "sentinels"}


def redis_settings(settings: dict[str, Setting]) -> RedisSettings:
    """Return the Redis of the highest rank that names one: by URL, host, sentinels or cluster.

    Raises ConfigError when two of these stand side by side, nothing says where the server is, or
    something is set that cannot be had from it.
    """
    given = {k.removeprefix(_TABLE): v for k, v in settings.items() if k.startswith(_TABLE)}
    shards: Any = given.pop("shards").value if "shards" in given else 1
    name = _place_name(given)
    if name is None:
        for setting in given.values():
            if setting.value:
                raise ConfigError(
                    f"{setting.where} is set, but nothing says where that Redis is; expected "
                    "redis.url, host, sentinels or cluster (LATER_REDIS_URL, …) too"
                )
        return RedisSettings(shards=shards)
    place = given[name]
    _check_company(given, name, place)
    values: dict[str, Any] = {
        key: setting.value
        for key, setting in given.items()
        if key not in (*_PLACES, *_ONLY_WITH) and _belongs(setting, place)
    }
    values |= {
        key: given[key].value
        for key, owner in _ONLY_WITH.items()
        if owner == name and key in given and _belongs(given[key], place)
    }
    values["username"] = _credential(given, "username", place)
    values["password"] = _credential(given, "password", place)
    values["sentinel_password"] = values.get("sentinel_password") or None
    values[name] = _located(place, values)
    _check_tls(given, place, values)
    if "ca_file" in values:
        values["ca_file"] = _ca_file(given["ca_file"])
    return RedisSettings(shards=shards, **values)


def _place_name(given: dict[str, Setting]) -> str | None:
    """Return which setting says where the server is: the one of the highest rank."""
    named = [name for name in _PLACES if name in given]
    if not named:
        return None
    top = max(given[name].rank for name in named)
    first, *others = [name for name in named if given[name].rank == top]
    if others:
        raise ConfigError(
            f"{given[first].where} and {given[others[0]].where} are both set; expected one of them"
        )
    return first


def _check_company(given: dict[str, Setting], name: str, place: Setting) -> None:
    """Raise ConfigError for what stands beside the place and means nothing there."""
    for key, owner in _ONLY_WITH.items():
        if key in given and owner != name and given[key].rank == place.rank and given[key].value:
            raise ConfigError(
                f"{given[key].where} is set, but goes with redis.{owner}, not with {place.where}; "
                "expected one of them to be left out"
            )


def _belongs(setting: Setting, place: Setting) -> bool:
    """Return whether a setting is meant for the server at `place`.

    One in the file belongs to the server in the file; one in a variable goes with a server from a
    variable or an option.
    """
    return setting.rank is not Rank.FILE or place.rank is Rank.FILE


def _located(place: Setting, values: dict[str, Any]) -> object:
    """Return the place's value; a URL holds the user and password that are used."""
    if not isinstance(place.value, Url):
        return place.value
    for name in ("username", "password"):
        if values[name] is None:
            values[name] = getattr(place.value, name)
    return place.value.with_credentials(values["username"], values["password"])


def _credential(given: dict[str, Setting], name: str, place: Setting) -> str | None:
    """Return the user or password that belongs to the server at `place`.

    One in the file is never sent to a server that is named elsewhere. One in a variable is put
    there to keep it out of the list of processes; but what an option's URL holds is nearer.
    """
    setting = given.get(name)
    if setting is None or not _belongs(setting, place):
        return None
    own = getattr(place.value, name) if isinstance(place.value, Url) else None
    if own is not None and place.rank > setting.rank:
        return None
    return str(setting.value) or None


def _check_tls(given: dict[str, Setting], place: Setting, values: dict[str, Any]) -> None:
    """Raise ConfigError where TLS is wanted in one place and not in another: nobody guesses."""
    tls = values.get("tls")
    if isinstance(place.value, Url):
        encrypted = place.value.scheme == "rediss"
        if tls is not None and tls != encrypted:
            expected = "redis://" if encrypted else "rediss://"
            raise ConfigError(
                f"{given['tls'].where} is {str(tls).lower()}, but {place.where} begins with "
                f"{place.value.scheme}://; expected {expected}, or the setting left out"
            )
        values["tls"] = tls = encrypted
    if "ca_file" in values and not tls:
        raise ConfigError(
            f"{given['ca_file'].where} is set, but nothing asks for TLS; "
            "expected redis.tls = true (LATER_REDIS_TLS) or a rediss:// URL"
        )


def _ca_file(setting: Setting) -> str:
    """Return the path of a certificate authority's file, which must be there."""
    path = Path(os.path.expanduser(str(setting.value)))  # noqa: PTH111 – raises nothing
    if setting.rank is Rank.FILE and not path.is_absolute():
        raise Given(str(setting.value), setting.where).wrong(
            "a full path, or one that begins with ~/"
        )
    try:
        holds = path.is_file() and b"-----BEGIN" in path.read_bytes()
    except OSError:
        holds = False
    if not holds:
        raise Given(str(setting.value), setting.where).wrong(
            "the path of a file with the certificate authority's certificate (PEM)"
        )
    return str(path)
