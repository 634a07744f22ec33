"""`later edit`: change a reminder's words, its tags, its route, its window."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.answer import checked
from later_tui.cli.keep import SHORT_ID
from later_tui.cli.known import known_channels
from later_tui.cli.output import say, say_json
from later_tui.cli.words import asked, last, mended, split
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.editing import edit_line, read_line
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import one_line
from later_tui.domain.plan import plan
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.domain.wording import when
from later_tui.store import open_sync_store

if TYPE_CHECKING:
    from later_tui.cli.parser import Parser

_DESCRIPTION = """\
Change a reminder. The words after its id take the place of its own and are read as `later add`
reads them; a clause of time gives it a new window, and a new draw. Without such a clause it keeps
its window. Without any words, the line that says it now is printed, for you to change.

`later undo` takes an edit back."""
_EXAMPLES = """\
  later edit a3f9                          print it as a line
  later edit a3f9 call mum and dad '#family'
  later edit a3f9 call mum within 3d"""

_FLAGS = ("--json", "--version", "--help", "-h")


def run(argv: list[str]) -> int:
    """Change one reminder; return the exit code. Raises LaterError."""
    options, words = split(argv, "edit", ("--redis", "--config"), _FLAGS)
    if asks := asked(options):
        _parser().parse_args([asks])
    if not words:
        raise BadInputError("say which reminder: `later edit a3f9 call mum within 3d`")
    chosen = load({"redis.url": last(options, "--redis"), "config": last(options, "--config")})
    now = time.time_ns() // 1_000_000
    line = mended(" ".join(words[1:])).strip()
    with open_sync_store(chosen) as store:
        reminder = store.get(store.resolve(chosen.user, checked(words[0])))
        if not line:
            say(one_line(edit_line(reminder, chosen.reading(now), chosen.habits)))
            return 0
        kept = store.edit(reminder.id, _planned(line, reminder, chosen, now))
    if "--json" in options:
        from later_tui.cli.shape import shape

        say_json(shape(kept, reveal=False))
    else:
        window = when(kept.window, now, chosen.timezone, chosen.times)
        say(f"changed {kept.id[:SHORT_ID]}  {one_line(kept.text)}  ({window})")
    return 0


def _planned(line: str, was: Reminder, chosen: Settings, now: int) -> NewReminder:
    draft, _ = read_line(line, chosen.reading(now, known_channels(line)), was)
    [new] = plan(
        draft,
        now=now,
        quiet=chosen.quiet,
        minimum_gap=chosen.minimum_gap,
        username=chosen.user,
        habits=chosen.habits,
        origin=was.origin,
        form=chosen.times,
    )
    return new


def _parser() -> "Parser":
    """Return the parser that writes the help."""
    from later_tui.cli.parser import parser

    made = parser("edit", "[options] ID [TEXT …]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--json", action="store_true", help="print the reminder as a JSON object")
    return made
