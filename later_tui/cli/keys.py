"""`later keys`: what can be done by a key in the app, by which key, and how it is called."""

from collections.abc import Mapping

from later_tui.cli import table
from later_tui.cli.output import flush, say_block, say_json
from later_tui.cli.parser import parser, settings
from later_tui.domain.errors import ConfigError

_DESCRIPTION = """\
Show every key of the app: its id, the keys, and what it does. Other keys are given by these ids in
the configuration, several with commas between; "" leaves it without one:

  [keys]
  "answer.done" = "D,ctrl+d"
"""
_EXAMPLES = """\
  later keys
  later keys --json | jq -r 'select(.own) | .id'"""


def run(argv: list[str]) -> int:
    """Print the keys; return the exit code.

    Raises ConfigError for keys that cannot be used, after the usual ones have been printed.
    """
    made = parser("keys", "[options]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print the keys as JSON lines")
    options = made.parse_args(argv)
    chosen = settings(options)
    from later_tui.ui.own_keys import own_keys

    own: Mapping[str, str] = {}
    fault: ConfigError | None = None
    try:
        own = own_keys(chosen.keys, chosen.config_file)
    except ConfigError as error:
        fault = error  # said after the table, which shows what would work
    if options.json:
        for shape in _shapes(own):
            say_json(shape)
    else:
        for line in table.lines(_rows(own), flexible=3):
            say_block(line)
    if fault is not None:
        flush()
        raise fault
    return 0


def _rows(own: Mapping[str, str]) -> list[list[str]]:
    from later_tui.ui.keymap import EVERY, keys_of, shown

    return [
        [
            key.id,
            " ".join(shown(name) for name in keys_of(key, own)) or "-",
            key.label,
            "" if key.help == key.label else key.help,
        ]
        for key in EVERY.values()
    ]


def _shapes(own: Mapping[str, str]) -> list[dict[str, object]]:
    from later_tui.ui.keymap import EVERY, PLACES, keys_of

    return [
        {
            "id": key.id,
            "keys": list(keys_of(key, own)),
            "name": key.label,
            "does": key.help,
            "own": key.id in own,
            "places": [place for place, keys in PLACES.items() if key in keys],
        }
        for key in EVERY.values()
    ]
