"""The file, the variables and the options, one over the other; the later one wins."""

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from later_tui.config.given import Given
from later_tui.config.schema import KEYS, flat
from later_tui.domain.errors import ConfigError

OPTIONS = {"redis.url": "--redis"}
"""The settings that the command line has an option for."""


class Rank(IntEnum):
    """Where a setting stood; the higher one wins."""

    FILE = 0
    VARIABLE = 1
    OPTION = 2


class Setting(NamedTuple):
    """A value that was read, where it stood and of what rank that is."""

    value: object
    where: str
    rank: Rank


def layers(
    table: dict[str, object], file: str, environ: Mapping[str, str], options: Mapping[str, object]
) -> dict[str, Setting]:
    """Return every setting that is given anywhere, read and checked, by its dotted name.

    What is wrong is refused even where a higher rank would hide it. Raises ConfigError.
    """
    found = {
        name: Setting(KEYS[name].read(given), given.where, Rank.FILE)
        for name, given in flat(table, file).items()
    }
    for key in KEYS.values():
        if key.variable and key.variable in environ:
            given = Given(environ[key.variable], key.variable, secret=key.secret)
            found[key.name] = Setting(key.read(given), key.variable, Rank.VARIABLE)
    for name, value in options.items():
        if name not in KEYS:
            raise ConfigError(f"{name} is not a setting; expected one of {', '.join(KEYS)}")
        where = OPTIONS.get(name, name)
        given = Given(value, where, secret=KEYS[name].secret)
        found[name] = Setting(KEYS[name].read(given), where, Rank.OPTION)
    return found
