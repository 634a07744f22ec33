"""`later themes`: the themes of the app, whose each one is, and which one is chosen."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from later_tui.cli import table
from later_tui.cli.output import complain, flush, say, say_block, say_json
from later_tui.cli.parser import parser, settings
from later_tui.cli.words import mended
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.domain.inert import one_line

if TYPE_CHECKING:
    from textual.theme import Theme

_VARIABLE = "LATER_THEME"

_DESCRIPTION = """\
Show every theme of the app: its name, whether it is dark or light (or made of the terminal's own
colours), and whose it is: ours, built in (Textual's), or yours, with its file. Choose one by its
name in the configuration, or by the variable LATER_THEME, which wins:

  theme = "later-light"

A theme of your own is a file in the folder "themes" beside the configuration, dusk.toml say, that
has at least a line such as primary = "#e6a76a"."""
_EXAMPLES = """\
  later themes
  LATER_THEME=nord later
  later themes --json | jq -r 'select(.dark | not) | .name'"""


class _Shown(NamedTuple):
    theme: "Theme"
    whose: str
    file: Path | None = None


def run(argv: list[str]) -> int:
    """Print the themes, and what is wrong with files of themes; return the exit code.

    Raises ConfigError for a chosen theme that cannot be put on, after all have been printed.
    """
    made = parser("themes", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print the themes as JSON lines")
    options = made.parse_args(argv)
    chosen = settings(options)
    shown, faults = _themes(chosen)
    if options.json:
        for one in shown:
            say_json(_shape(one, chosen.theme))
    else:
        for line in table.lines([_row(one, chosen.theme) for one in shown], flexible=3):
            say_block(line)
        say(_how(chosen))
    flush()
    for name, fault in faults.items():
        if name != chosen.theme:
            complain(str(fault))
    names = [one.theme.name for one in shown]
    if chosen.theme not in names:
        from later_tui.ui.theme_files import unknown_theme

        raise unknown_theme(chosen.theme, names, faults)
    return ConfigError.exit_code if faults else 0


def _themes(chosen: Settings) -> tuple[list[_Shown], Mapping[str, ConfigError]]:
    """Return ours, the person's own and the built-in ones, and the faults of files by name."""
    from textual.theme import BUILTIN_THEMES

    from later_tui.ui.theme_files import find_themes
    from later_tui.ui.themes import THEMES

    found = find_themes(chosen.themes_dir, {*BUILTIN_THEMES, *(one.name for one in THEMES)})
    files = dict(_files(chosen.themes_dir, found.faults)) if found.themes else {}
    return [
        *(_Shown(one, "ours") for one in THEMES),
        *(_Shown(one, "yours", files.get(one.name)) for one in found.themes),
        *(_Shown(one, "built in") for _, one in sorted(BUILTIN_THEMES.items())),
    ], found.faults


def _files(folder: Path, faults: Mapping[str, ConfigError]) -> Iterator[tuple[str, Path]]:
    """Yield each usable theme's name, which need not be that of its file, and the file."""
    from later_tui.ui.theme_files import read_theme

    for file in folder.glob("*.toml"):
        if file.stem not in faults:
            yield read_theme(file).name, file


def _row(one: _Shown, chosen: str) -> list[str]:
    theme, whose = one.theme, one.whose
    ground = "terminal" if theme.ansi else "dark" if theme.dark else "light"
    if one.file is not None:
        whose += f": {one_line(mended(str(one.file)))}"
    return [theme.name, ground, "chosen" if theme.name == chosen else "", whose]


def _shape(one: _Shown, chosen: str) -> dict[str, object]:
    theme = one.theme
    return {
        "name": theme.name,
        "dark": theme.dark,
        "ansi": theme.ansi,
        "whose": one.whose,
        "file": str(one.file) if one.file else None,
        "chosen": theme.name == chosen,
    }


def _how(chosen: Settings) -> str:
    wins = " (it is set now, and wins)" if _VARIABLE in os.environ else ""
    file = mended(str(chosen.config_file))
    return f'choose one by theme = "NAME" in {file}, or by {_VARIABLE}=NAME{wins}'
