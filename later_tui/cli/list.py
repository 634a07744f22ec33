"""`later list`: what is kept."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from later_tui.cli import listed, table
from later_tui.cli.output import complain, say_block, say_json
from later_tui.cli.parser import limit_of, parser, settings
from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.records import Page, View

if TYPE_CHECKING:
    from later_tui.domain.reminder import Reminder
    from later_tui.store.syncstore import SyncStore

_PAGE = 500

_DESCRIPTION = """\
List what is to come, by the end of each window, or with --past what has been. A window is sealed:
it says "before Fri", and the drawn moment only with --reveal. The beginnings of ids that are shown
serve in all commands. --reverse begins at the other end, as `o` in the app does.

--json prints one JSON object a line (JSON lines); times are ISO 8601 in UTC, and due_at is there
only with --reveal or when it is past."""

_EXAMPLES = """\
  later list
  later list --past --limit 20
  later list --past --reverse               the oldest first
  later list --json | jq -r .text"""


def run(argv: list[str]) -> int:
    """Print the list that is asked for; return the exit code. Raises LaterError."""
    made = parser("list", "[options]", _DESCRIPTION, _EXAMPLES)
    views = made.add_mutually_exclusive_group()
    views.add_argument("--past", action="store_true", help="list what is past, newest first")
    views.add_argument(
        "--unanswered", action="store_true", help="list what came and waits for your answer"
    )
    made.add_argument("--limit", metavar="N", help="list at most N")
    made.add_argument("--reverse", action="store_true", help="turn the order round")
    made.add_argument("--json", action="store_true", help="print JSON lines")
    made.add_argument("--reveal", action="store_true", help="show the drawn moments too")
    options = made.parse_args(argv)
    limit = limit_of(options.limit)
    view = View.PAST if options.past else View.UNANSWERED if options.unanswered else View.UPCOMING
    chosen = settings(options)
    with open_sync_store(chosen) as store:
        pages = _from_end if options.reverse else _pages
        for page in pages(store, chosen.user, view, limit):
            if options.json:
                _print_json(page.reminders, reveal=options.reveal)
            elif page.reminders:
                total = sum(_counts(store, chosen.user))
                _print(page.reminders, view, total, chosen, reveal=options.reveal)
            elif page.start == 0:
                complain(_NOTHING[view])
    return 0


_NOTHING = {
    View.UPCOMING: "nothing is kept; `later add call mum within 3d` keeps a thought",
    View.PAST: "nothing is past yet",
    View.UNANSWERED: "nothing waits for an answer",
}


def _pages(store: "SyncStore", user: str, view: View, limit: int | None) -> Iterator[Page]:
    start = 0
    while True:
        count = _PAGE if limit is None else min(_PAGE, limit - start)
        page = store.page(user, view, start, count)
        yield page
        start += count
        if start >= page.total or (limit is not None and start >= limit):
            return


def _from_end(store: "SyncStore", user: str, view: View, limit: int | None) -> Iterator[Page]:
    """Yield the list from its other end; what comes to that end meanwhile is left out."""
    first = store.page(user, view, 0, 1)
    if not first.total:
        yield first
    stop, end = first.total, 0 if limit is None else max(first.total - limit, 0)
    while stop > end:
        count = min(_PAGE, stop - end)
        page = store.page(user, view, stop - count, count)
        yield Page(page.total, first.total - stop, page.reminders[::-1])
        stop -= count


def _counts(store: "SyncStore", user: str) -> tuple[int, int]:
    counts = store.counts(user)
    return counts.upcoming, counts.past


def _print_json(reminders: "tuple[Reminder, ...]", *, reveal: bool) -> None:
    from later_tui.cli.shape import shape

    for reminder in reminders:
        say_json(shape(reminder, reveal=reveal))


def _print(
    reminders: "tuple[Reminder, ...]", view: View, total: int, chosen: Settings, *, reveal: bool
) -> None:
    now, zone, form = time.time_ns() // 1_000_000, chosen.timezone, chosen.times
    length = listed.short_length([r.id for r in reminders], total)
    rows = []
    for reminder in reminders:
        short = reminder.id[:length]
        if view is View.UPCOMING:
            rows.append(listed.upcoming_row(reminder, short, now, zone, form, reveal=reveal))
        else:
            rows.append(listed.past_row(reminder, short, now, zone, form))
    wide = 2 + (view is not View.UPCOMING or reveal)
    for line in table.lines(rows, flexible=wide):
        say_block(line)
