"""`later why`: why a reminder came, or comes, when and how it does."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.output import say_block, say_json, styled
from later_tui.cli.parser import parser, settings
from later_tui.domain.inert import one_line
from later_tui.store import open_sync_store

if TYPE_CHECKING:
    from later_tui.cli.why_lines import Line

_DESCRIPTION = """\
Tell all there is to know of a reminder: what was asked, its window and what the quiet hours leave
of it, how its moment was drawn, and of each channel every attempt, with its way, proof, lateness
and errors. A moment that has not come stays sealed, and with it the seed, unless --reveal asks.

--json prints one JSON object; times are ISO 8601 in UTC, lengths are ms."""

_EXAMPLES = """\
  later why a3f9
  later why a3f9 --reveal
  later why a3f9 --json | jq .deliveries"""


def run(argv: list[str]) -> int:
    """Tell of one reminder; return the exit code. Raises LaterError."""
    made = parser("why", "[options] ID", _DESCRIPTION, _EXAMPLES)
    made.add_argument("id", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument("--reveal", action="store_true", help="show the drawn moment and its seed")
    made.add_argument("--json", action="store_true", help="print one JSON object")
    options = made.parse_args(argv)
    chosen = settings(options)
    from later_tui.cli.answer import checked

    with open_sync_store(chosen) as store:
        reminder = store.get(store.resolve(chosen.user, checked(options.id)))
    now = time.time_ns() // 1_000_000
    came = not reminder.state.upcoming or reminder.due_at <= now
    reveal = options.reveal or came
    if options.json:
        from later_tui.cli.why_shape import why_shape

        say_json(why_shape(reminder, chosen.quiet, reveal=reveal))
        return 0
    from later_tui.cli.why_lines import lines

    for part in reminder.text.split("\n"):
        say_block(styled(one_line(part), "1"))
    for line in lines(reminder, chosen.quiet, now, chosen.times, reveal=reveal):
        say_block(_printed(line))
    return 0


def _printed(line: "Line") -> str:
    label, words = line
    return f"  {styled(f'{label:<9}', '2')} {one_line(words)}".rstrip()
