"""Reads the table `[channel.NAME]` of the configuration into a channel's own dataclass.

A field's type says what is read: `str`, `int`, `float`, `bool`, `Secret`, a `Literal`, a list of
them (`tuple[str, ...]`), any of them `| None`, and `Annotated[int, Between(1, 65535)]` or
`Annotated[str, Check(function)]`. A field without a default must be given.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar, get_type_hints

from later_tui.channels.option_types import (
    Between,
    Check,
    UnfitError,
    expectation,
    fitted,
    kind,
    not_none,
    told,
)
from later_tui.channels.secret import Secret
from later_tui.channels.secret_sources import SOURCES
from later_tui.domain.errors import ConfigError

__all__ = ["Between", "Check", "Secret", "read_options"]

T = TypeVar("T")


def read_options(cls: type[T], table: Mapping[str, object], where: str) -> T:
    """Return the options out of a table; `where` it stands is told: "config.toml: channel.email".

    Raises ConfigError: an unknown key, one that is missing, a value that does not fit. It shows no
    value of a Secret, nor of a field with `repr=False`. TypeError: the class is no dataclass, or
    has a field of a type that cannot be read.
    """
    known = {field.name: field for field in fields(cls) if field.init}  # type: ignore[arg-type]
    hints = get_type_hints(cls, include_extras=True)
    secrets = [name for name in known if not_none(hints[name]) is Secret]
    _refuse_unknown(table, known, secrets, where)
    found: dict[str, object] = {}
    for name, field in known.items():
        if name in secrets:
            keys = [name + suffix for suffix in SOURCES]
            if given := _given(keys, table, where):
                found[name] = _secret(name, given, table[given], where)
                continue
            expected = f"one of {', '.join(keys)}"
        else:
            expected = expectation(hints[name])
            if name in table:
                found[name] = _value(field, hints[name], table[name], f"{where}.{name}")
                continue
        if field.default is MISSING and field.default_factory is MISSING:
            raise ConfigError(f"{where}.{name} is missing; expected {expected}")
    return cls(**found)


def _value(field: "Field[Any]", hint: Any, value: object, where: str) -> object:
    try:
        return fitted(hint, value)
    except UnfitError as unfit:
        found = told(value) if field.repr else f"{kind(value)} that does not fit (not shown)"
        raise ConfigError(f"{where} is {found}; expected {unfit}") from None


def _given(keys: Iterable[str], table: Mapping[str, object], where: str) -> str:
    """Return the one key of a secret that is in the table, or an empty text."""
    given = [key for key in keys if key in table]
    if len(given) > 1:
        raise ConfigError(f"{where} has {' and '.join(given)}; expected only one of them")
    return given[0] if given else ""


def _secret(name: str, key: str, value: object, where: str) -> Secret:
    try:
        return Secret(SOURCES[key.removeprefix(name)](value, f"{where}.{key}"))
    except ValueError as error:
        found = "empty" if value == "" else f"{kind(value)} that does not fit (not shown)"
        raise ConfigError(f"{where}.{key} is {found}; expected {error}") from None


def _refuse_unknown(
    table: Mapping[str, object], known: Iterable[str], secrets: Iterable[str], where: str
) -> None:
    every = {*known, *(name + suffix for name in secrets for suffix in SOURCES)}
    for key in table:
        if key not in every:
            near = difflib.get_close_matches(key, sorted(every), n=1, cutoff=0.6)
            names = ", ".join(sorted(known)) or "none at all"
            expected = f'"{near[0]}"' if near else f"one of {names}" if every else names
            raise ConfigError(f"{where} has no option {told(key)}; expected {expected}")
