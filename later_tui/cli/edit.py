"""`later edit`: change a reminder's words, its tags, its route, its window."""

import time
from typing import TYPE_CHECKING

from later_tui.cli.answer import checked
from later_tui.cli.keep import SHORT_ID
from later_tui.cli.known import known_channels
from later_tui.cli.output import complain, say, say_json
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
    from later_tui.store.syncstore import SyncStore

_DESCRIPTION = """\
Change a reminder. The words after its id take the place of its own and are read as `later add`
reads them; a clause of time gives it a new window, and a new draw. Without such a clause it keeps
its window. Without any words, the line that says it now is printed, for you to change; with - the
whole of standard input is its words, of several lines if it has several; with --editor your editor
(VISUAL, or EDITOR) opens on them.

`later undo` takes an edit back."""
_EXAMPLES = """\
  later edit a3f9                          print it as a line
  later edit a3f9 call mum and dad '#family'
  later edit a3f9 call mum within 3d
  later edit a3f9 --editor
  later edit a3f9 | sed s/mum/dad/ | later edit a3f9 -"""

_FLAGS = ("--json", "--editor", "--version", "--help", "-h")


def run(argv: list[str]) -> int:
    """Change one reminder; return the exit code. Raises LaterError."""
    options, words = split(argv, "edit", ("--redis", "--config"), _FLAGS)
    if asks := asked(options):
        _parser().parse_args([asks])
    if not words:
        raise BadInputError("say which reminder: `later edit a3f9 call mum within 3d`")
    chosen = load({"redis.url": last(options, "--redis"), "config": last(options, "--config")})
    as_json = "--json" in options
    if "--editor" in options:
        if len(words) > 1:
            raise BadInputError("--editor opens on the words it has; leave it out, or the new ones")
        return _edit_outside(words[0], chosen, as_json=as_json)
    line = _typed() if words[1:] == ["-"] else mended(" ".join(words[1:])).strip()
    with open_sync_store(chosen) as store:
        reminder = store.get(store.resolve(chosen.user, checked(words[0])))
        if line:
            _change(store, reminder, line, chosen, as_json=as_json)
        else:
            for part in _line_of(reminder, chosen).split("\n"):
                say(part)
    return 0


def _typed() -> str:
    from later_tui.cli.thoughts import typed

    return typed()


def _edit_outside(prefix: str, chosen: Settings, *, as_json: bool) -> int:
    """Change a reminder in the person's editor; the store is not held open meanwhile."""
    from later_tui.cli.editor import edited

    with open_sync_store(chosen) as store:
        reminder = store.get(store.resolve(chosen.user, checked(prefix)))
    before = _line_of(reminder, chosen)
    with edited(before) as words:
        if not words or words == before.strip():
            complain("nothing is changed")
            return 0
        with open_sync_store(chosen) as store:
            _change(store, reminder, words, chosen, as_json=as_json)
    return 0


def _line_of(reminder: Reminder, chosen: Settings) -> str:
    now = time.time_ns() // 1_000_000
    return edit_line(reminder, chosen.reading(now), chosen.habits)


def _change(
    store: "SyncStore", reminder: Reminder, line: str, chosen: Settings, *, as_json: bool
) -> None:
    now = time.time_ns() // 1_000_000
    kept = store.edit(reminder.id, _planned(line, reminder, chosen, now))
    if as_json:
        from later_tui.cli.shape import shape

        say_json(shape(kept, reveal=False))
    else:
        window = when(kept.window, now, chosen.timezone, chosen.times)
        say(f"changed {kept.id[:SHORT_ID]}  {one_line(kept.text)}  ({window})")


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
    made.add_argument("--editor", action="store_true", help="change it in your editor")
    made.add_argument("--json", action="store_true", help="print the reminder as a JSON object")
    return made
