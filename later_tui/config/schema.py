"""Every key of the configuration: its name, its variable, and how it is read."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from later_tui.config import bounds, clock, readers, routes
from later_tui.config.given import Given, quoted
from later_tui.config.url import url
from later_tui.config.zone import zone
from later_tui.domain.errors import ConfigError

_HOUR = 3_600_000
_DAY = 24 * _HOUR


class Key(NamedTuple):
    """One setting. `name` is dotted: "redis.port" is `port` in the table `[redis]`."""

    name: str
    read: Callable[[Given], object]
    variable: str = ""
    secret: bool = False


KEYS = {
    key.name: key
    for key in (
        Key("user", readers.user, "LATER_USER"),
        Key("window", readers.duration, "LATER_WINDOW"),
        Key("minimum_gap", readers.milliseconds(0, _DAY), "LATER_MINIMUM_GAP"),
        Key("timezone", zone, "LATER_TIMEZONE"),
        Key("channels", routes.route, "LATER_CHANNELS"),
        Key("nag", routes.nag, "LATER_NAG"),
        Key("theme", readers.text, "LATER_THEME"),
        Key("app.clock", clock.clock, "LATER_CLOCK"),
        Key("app.title_count", readers.truth),
        Key("data_dir", readers.text, "LATER_DATA_DIR"),
        Key("quiet.hours", readers.hours),
        Key("quiet.days", readers.days),
        Key("redis.url", url, "LATER_REDIS_URL"),
        Key("redis.host", readers.text, "LATER_REDIS_HOST"),
        Key("redis.port", readers.whole(1, 65535), "LATER_REDIS_PORT"),
        Key("redis.username", readers.secret, "LATER_REDIS_USERNAME"),
        Key("redis.password", readers.secret, "LATER_REDIS_PASSWORD", secret=True),
        Key("redis.tls", readers.truth, "LATER_REDIS_TLS"),
        Key("redis.ca_file", readers.text, "LATER_REDIS_CA_FILE"),
        Key("redis.sentinels", readers.nodes, "LATER_REDIS_SENTINELS"),
        Key("redis.service", readers.text, "LATER_REDIS_SERVICE"),
        Key(
            "redis.sentinel_password", readers.secret, "LATER_REDIS_SENTINEL_PASSWORD", secret=True
        ),
        Key("redis.cluster", readers.nodes, "LATER_REDIS_CLUSTER"),
        Key("redis.replicas", readers.truth),
        Key("redis.shards", readers.whole(1, 1024), "LATER_REDIS_SHARDS"),
        Key("worker.max_workers", readers.whole(1, 10_000), "LATER_MAX_WORKERS"),
        Key("worker.wakeup_before", readers.milliseconds(0, _HOUR), "LATER_WAKEUP_BEFORE"),
        Key("worker.users", readers.users, "LATER_WORKER_USERS"),
        Key("worker.lease", readers.milliseconds(1000, _HOUR)),
        Key("history.count", readers.whole(0, 1_000_000_000)),
        Key("history.age", bounds.age),
        Key("history.bytes", bounds.size),
    )
}
CHANNEL = "channel"
"""The table whose tables, `[channel.NAME]`, each channel checks for itself."""

KEYMAP = "keys"
"""The table of the person's own keys, whose names the app knows."""

TAGS = "tags"
"""The table of routes by tag."""

_TABLES = frozenset(name.partition(".")[0] for name in KEYS if "." in name) | {
    CHANNEL,
    KEYMAP,
    TAGS,
}


def flat(table: dict[str, object], file: str) -> dict[str, Given]:
    """Return the file's settings by dotted name. Raises ConfigError for an unknown key."""
    found: dict[str, Given] = {}
    for name, value in table.items():
        where = f"{file}: {name}"
        if name in (CHANNEL, KEYMAP, TAGS):
            continue
        if name in KEYS:
            found[name] = Given(value, where)
        elif name not in _TABLES:
            raise unknown(name, KEYS | dict.fromkeys(_TABLES), file)
        elif not isinstance(value, dict):
            raise Given(value, where).wrong(f"a table: [{name}]")
        else:
            for inner, item in value.items():
                dotted = f"{name}.{inner}"
                if dotted not in KEYS:
                    raise unknown(dotted, KEYS, file)
                found[dotted] = Given(item, f"{file}: {dotted}", secret=KEYS[dotted].secret)
    return found


def channel_tables(table: dict[str, object], file: str) -> dict[str, dict[str, object]]:
    """Return the tables `[channel.NAME]`. Raises ConfigError when one is no table."""
    value = table.get(CHANNEL, {})
    if not isinstance(value, dict):
        raise Given(value, f"{file}: {CHANNEL}").wrong("tables: [channel.NAME]")
    for name, options in value.items():
        if not isinstance(options, dict):
            raise Given(options, f"{file}: {CHANNEL}.{name}", secret=True).wrong(
                f"a table: [{CHANNEL}.{name}]"
            )
    return value


def keys_table(table: dict[str, object], file: str) -> dict[str, str]:
    """Return the table `[keys]`: "answer.done" = "D", or `answer.done = "D"`, which nests.

    Raises ConfigError when it is none, or holds something else than texts.
    """
    value = table.get(KEYMAP, {})
    if not isinstance(value, dict):
        raise Given(value, f"{file}: {KEYMAP}").wrong("a table: [keys]")
    found: dict[str, str] = {}
    for name, keys in value.items():
        inner = keys if isinstance(keys, dict) else {"": keys}
        for last, text in inner.items():
            dotted = f"{name}.{last}" if last else name
            if not isinstance(text, str):
                where = f"{file}: {KEYMAP}.{dotted}"
                raise Given(text, where).wrong('keys in quotation marks, such as "D" or "ctrl+d,D"')
            found[dotted] = text
    return found


def unknown(name: str, known: Iterable[str], file: str) -> ConfigError:
    """Return the error for a key that does not exist, with the nearest one that does."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not near:
        # The right key in the wrong table, or without one.
        last = name.rpartition(".")[2]
        near = [n for n in names if n.rpartition(".")[2] == last][:1]
    expected = f'"{near[0]}"' if near else f"one of {', '.join(names)}"
    return ConfigError(f"{file}: {quoted(name)} is not a key that later knows; expected {expected}")
