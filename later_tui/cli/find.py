"""`later find`: look for reminders by words, tag, channel, state, time and place."""

import sys
import time
from typing import TYPE_CHECKING, Any

from later_tui.cli import listed, table
from later_tui.cli.output import complain, flush, is_terminal, say_block, say_json
from later_tui.cli.parser import limit_of
from later_tui.cli.words import asked, last, mended, split
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import Reminder
from later_tui.store import open_sync_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from later_tui.cli.parser import Parser
    from later_tui.store.find import Found

LIMIT = 500
_VALUED = ("--redis", "--config", "--limit", "--sort")
_FLAGS = ("--json", "--reveal", "--version", "--help", "-h")
_PROGRESS_S = 2.0
_FLUSH_S = 1.0

_ORDERS: "dict[str, Callable[[Reminder], Any]]" = {
    "kept": lambda one: -one.origin.created_at,
    "words": lambda one: one.text.casefold(),
}
"""How what was found is sorted; by time it is found."""

_DESCRIPTION = """\
Look for reminders, whatever became of them. All that is said must be so:

  bicycle tip        these words or parts of words, in the thought or its tags
  '"to the tip"'     exactly these, one after the other
  '#work'  '!email'  the tag; the channel
  is:WHAT            upcoming, past, unanswered, done, let-go, delivered, failed, unknown, late or
                     repeating; is:done,failed is either
  before:fri         listed under an earlier time: the window's end, or when it was settled; also
                     after:, a date (2026-11-01), a length from now (2w) or a length ago (-2w)
  from:HOST  in:DIR  kept on that machine; in that folder
  -- -mum            not that (after --, as options begin with a hyphen too)

Case and accents make no difference. The first search among many makes an index, which takes a
few seconds for each hundred thousand; it shows what it finds meanwhile.

Windows are sealed, as in `later list`; --reveal shows the drawn moments too. --sort kept begins
with what was kept last, --sort words goes by the alphabet; both wait for the end of the search."""
_EXAMPLES = """\
  later find bicycle
  later find is:unanswered '#work'
  later find mum is:done after:-2w --json
  later find '#work' --sort kept
  later done --find '#work is:unanswered'"""


def run(argv: list[str]) -> int:
    """Print what is found; return the exit code. Raises LaterError."""
    options, words = split(argv, "find", _VALUED, _FLAGS)
    if asks := asked(options):
        _parser().parse_args([asks])
    chosen = load({"redis.url": last(options, "--redis"), "config": last(options, "--config")})
    limit = limit_of(last(options, "--limit")) or LIMIT
    query = read_query(mended(" ".join(words)), chosen.reading(time.time_ns() // 1_000_000))
    if query.empty:
        raise BadInputError("say what to look for, such as `later find bicycle` or `#work`")
    shown = _Shown(
        chosen,
        order=_order(last(options, "--sort")),
        as_json="--json" in options,
        reveal="--reveal" in options,
    )
    with open_sync_store(chosen) as store:
        shown.total = store.counts(chosen.user).kept
        for found in store.find(chosen, query, limit=limit):
            shown.take(found)
    if not shown.count:
        complain("nothing is found")
    elif found.more:
        complain(f"these are the first {shown.count:,}; --limit {shown.count * 10} shows more")
    return 0


def _order(name: str | None) -> str:
    """Return how to sort what is found; empty: as it is found. Raises BadInputError."""
    if name is None or name == "time":
        return ""
    if name not in _ORDERS:
        raise BadInputError(f'--sort is "{name[:40]}"; expected time, kept or words')
    return name


class _Shown:
    """Prints what is found while the search goes on, or at its end if it is sorted."""

    def __init__(self, settings: Settings, *, order: str, as_json: bool, reveal: bool) -> None:
        self.count = self.total = 0
        self._settings = settings
        self._order = order
        self._as_json = as_json
        self._reveal = reveal
        self._waiting: list[Reminder] = []
        self._printed = self._told = time.monotonic()

    def take(self, found: "Found") -> None:
        self.count += len(found.reminders)
        self._waiting += found.reminders
        now = time.monotonic()
        pause = bool(self._waiting) and not self._order and now - self._printed > _FLUSH_S
        if found.done or pause:
            self._print()
            self._printed = now
        if not found.done and now - self._told > _PROGRESS_S and is_terminal(sys.stderr):
            flush()
            complain(f"looked through {found.examined:,} of {found.total:,} so far")
            self._told = now

    def _print(self) -> None:
        some, self._waiting = self._waiting, []
        if self._order:
            some.sort(key=_ORDERS[self._order])
        if self._as_json:
            from later_tui.cli.shape import shape

            for one in some:
                say_json(shape(one, reveal=self._reveal))
        elif some:
            now, zone, form = (
                time.time_ns() // 1_000_000,
                self._settings.timezone,
                self._settings.times,
            )
            length = listed.short_length([one.id for one in some], self.total)
            rows = [
                listed.found_row(one, one.id[:length], now, zone, form, reveal=self._reveal)
                for one in some
            ]
            for line in table.lines(rows, flexible=3):
                say_block(line)


def _parser() -> "Parser":
    """Return the parser that writes the help."""
    from later_tui.cli.parser import parser

    made = parser("find", "[options] WORD …", _DESCRIPTION, _EXAMPLES)
    made.add_argument("--limit", metavar="N", help=f"find at most N ({LIMIT} by default)")
    made.add_argument("--sort", metavar="ORDER", help="by time (as usual), kept or words")
    made.add_argument("--reveal", action="store_true", help="show the drawn moments too")
    made.add_argument("--json", action="store_true", help="print JSON lines")
    return made
