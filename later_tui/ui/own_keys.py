"""The person's own keys, from the table `[keys]`: checked before the app opens."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from later_tui.domain.errors import ConfigError
from later_tui.domain.inert import one_line
from later_tui.ui import keymap
from later_tui.ui.key_names import is_typed, read_keys
from later_tui.ui.keymap import EVERY, PLACES, Key

ALWAYS = "ctrl+q"
"""Leaves the app whatever else is bound, so that nobody locks themself in."""
_WRITING = (*keymap.WRITING_KEYS, *keymap.FIND_KEYS)
_WRITTEN = frozenset(key.id for key in _WRITING) | {"snooze.close"}


def own_keys(given: Mapping[str, str], file: Path | str) -> dict[str, str]:
    """Return the keys by the ids of what they do, as `App.set_keymap` takes them; "" unbinds.

    Raises ConfigError: an id or a key that there is not, a key that a terminal cannot send, or one
    that already does something else in the same place.
    """
    checked: dict[str, str] = {}
    for name, text in given.items():
        where = f'{file}: keys."{one_line(name)[:40]}"'
        if name not in EVERY:
            raise _unknown(name, file)
        try:
            keys = read_keys(text)
        except ValueError as error:
            raise ConfigError(f"{where} is {error}") from None
        if ALWAYS in keys:
            raise ConfigError(f"{where} is {ALWAYS}, which always leaves; expected another key")
        typed = [key for key in keys if is_typed(key)]
        if typed and name in _WRITTEN:
            raise ConfigError(
                f'{where} is "{typed[0]}", which is typed there; expected a key such as ctrl+t'
            )
        checked[name] = ",".join("comma" if key == "," else key for key in keys)
    for clash in _clashes(checked):
        raise ConfigError(f"{file}: {clash}")
    return checked


def _clashes(own: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each key that does two things in a place, and did not by default."""
    for place, keys in PLACES.items():
        usual = {frozenset((one, other)) for _, one, other in _doubles(keys, {})}
        for key, one, other in _doubles(keys, own):
            # A nearer key may always hide the same one behind it, where it did so all along.
            if {one, other} not in usual:
                mine, theirs = (one, other) if one in own else (other, one)
                yield (
                    f'keys."{mine}" is "{keymap.shown(key)}", which is the key of "{theirs}" on '
                    f'{place}; expected a key that is free there, or another one for "{theirs}" too'
                )


def _doubles(keys: tuple[Key, ...], own: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    bound: dict[str, list[str]] = {}
    for key in keys:
        for name in keymap.keys_of(key, own):
            bound.setdefault(name, []).append(key.id)
    for name, ids in bound.items():
        for one, other in combinations(ids, 2):
            yield name, one, other


def _unknown(name: str, file: Path | str) -> ConfigError:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(EVERY), n=1, cutoff=0.5)
    expected = f'"{near[0]}"' if near else 'an id such as "answer.done"'
    return ConfigError(
        f'{file}: keys."{one_line(name)[:40]}" is nothing that a key can do; expected {expected} '
        "(`later keys` shows them all)"
    )
