"""Themes of the person's own: a TOML file each, in the folder `themes` beside the configuration.

A file has the fields of a theme (COLOURS, dark, ansi, name) and a table `[variables]` of the
framework's finer colours; `primary` is all it needs. `theme = "NAME"` chooses it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from later_tui.config.file import read_file
from later_tui.config.given import Given, quoted
from later_tui.domain.errors import ConfigError

COLOURS = (
    *("primary", "secondary", "accent", "success", "warning", "error"),
    *("foreground", "background", "surface", "panel", "boost"),
)
_SWITCHES = ("dark", "ansi")
_SHARES = ("luminosity_spread", "text_alpha")
_FIELDS = (*COLOURS, *_SWITCHES, *_SHARES, "name", "variables")
_NAME = r"[a-z0-9][a-z0-9_-]{0,39}"
_STYLES = frozenset({"none", "not", "bold", "dim", "italic", "underline", "reverse", "strike"})
_COLOUR = 'a colour such as "#e6a76a", "rgb(230,167,106)", "teal" or "ansi_blue"'


@dataclass(frozen=True, slots=True)
class Found:
    """What the folder holds: the themes, and what is wrong with the others, by their names."""

    themes: tuple[Theme, ...] = ()
    faults: Mapping[str, ConfigError] = field(default_factory=dict)


def find_themes(folder: Path, taken: Collection[str]) -> Found:
    """Read every theme of `folder`; `taken` are names that are others' already."""
    themes: dict[str, Theme] = {}
    faults: dict[str, ConfigError] = {}
    try:
        files = sorted(folder.glob("*.toml"))
    except OSError:
        files = []
    for file in files:
        try:
            theme = read_theme(file)
            if theme.name in taken or theme.name in themes:
                raise Given(theme.name, f"{file}: name").wrong("a name that no other theme has")
            themes[theme.name] = theme
        except ConfigError as error:
            faults[file.stem] = error
    return Found(tuple(themes.values()), faults)


def read_theme(file: Path) -> Theme:
    """Return the theme that a file describes. Raises ConfigError: where, what, what would work."""
    table = read_file(file, required=True)
    for name in table:
        if name not in _FIELDS:
            raise _unknown(name, _FIELDS, f"{file}: ")
    if "primary" not in table:
        raise ConfigError(f'{file} has no primary; expected at least a line such as primary = "…"')
    fields: dict[str, Any] = {
        name: _read(name, value, f"{file}: {name}") for name, value in table.items()
    }
    name = fields.pop("name", None) or _name(Given(file.stem, f"{file}: its name"))
    return Theme(name=name, **fields)


def unknown_theme(
    name: str, known: Iterable[str], faults: Mapping[str, ConfigError]
) -> ConfigError:
    """Return the error for a theme that cannot be used: what is wrong with it, or the nearest."""
    if name in faults:
        return faults[name]
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    expected = f'"{near[0]}"' if near else f"one of {', '.join(names)}"
    return ConfigError(
        f"theme is {quoted(name)}, and there is none of that name; expected {expected}"
    )


def _read(name: str, value: object, where: str) -> object:
    given = Given(value, where)
    if name in COLOURS:
        return _colour(given)
    if name in _SWITCHES:
        if not isinstance(value, bool):
            raise given.wrong("true or false")
        return value
    if name in _SHARES:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise given.wrong("a number from 0 to 1")
        return float(value)
    return _name(given) if name == "name" else _variables(given)


def _name(given: Given) -> str:
    if not isinstance(given.value, str) or not re.fullmatch(_NAME, given.value):
        raise given.wrong("a name of small letters, digits, - and _")
    return given.value


def _colour(given: Given) -> str:
    if not isinstance(given.value, str):
        raise given.wrong(_COLOUR)
    try:
        Color.parse(given.value)
    except ColorParseError:
        raise given.wrong(_COLOUR) from None
    return given.value


def _variables(given: Given) -> dict[str, str]:
    if not isinstance(given.value, dict):
        raise given.wrong("a table: [variables]")
    plain, ansi = (
        Theme(name="any", primary="#000000", ansi=ansi).to_color_system().generate()
        for ansi in (False, True)
    )
    known = {*plain, *ansi, "ansi-background", "ansi-foreground"}
    read: dict[str, str] = {}
    for name, value in given.value.items():
        inner = Given(value, f"{given.where}.{name}")
        if name not in known:
            raise _unknown(name, known, f"{given.where}.")
        if "-style" in name:
            read[name] = _style(inner)
        else:
            # No border or ground can be the one that stands out from what lies under it.
            writes = name.startswith("text") or plain.get(name, "").startswith("auto ")
            read[name] = _shaded(inner, auto=writes)
            if read[name].endswith("%"):
                _reckon(name, read[name], inner)
    return read


def _reckon(name: str, value: str, given: Given) -> None:
    """Refuse a strength where the framework makes other colours of this one."""
    try:
        Theme(name="any", primary="#000000", variables={name: value}).to_color_system().generate()
    except ColorParseError:
        raise given.wrong(f"{_COLOUR}, without a strength") from None


def _style(given: Given) -> str:
    words = given.value.split() if isinstance(given.value, str) else []
    if not words or not _STYLES.issuperset(words):
        raise given.wrong('a style such as "bold", "underline", "reverse" or "none"')
    return " ".join(words)


def _shaded(given: Given, *, auto: bool) -> str:
    """Read a colour, or one with its strength: "#959bb3 60%"; "auto 60%" only with `auto`."""
    text = given.value.strip() if isinstance(given.value, str) else ""
    colour, _, share = text.rpartition(" ")
    if not re.fullmatch(r"(100|\d{1,2})%", share):
        colour, share = text, ""
    if share and auto and colour == "auto":
        return text
    _colour(Given(colour if text else given.value, given.where))
    return text


def _unknown(name: str, known: Iterable[str], where: str) -> ConfigError:
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    expected = f'"{near[0]}"' if near else f"one of {', '.join(names[:20])}"
    return ConfigError(f"{where}{quoted(name)} is nothing that a theme has; expected {expected}")
