"""What done, again, let go and snooze have in common: ids, or what is found, answered at once."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from later_tui.cli.keep import SHORT_ID
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Answer, Reminder
from later_tui.domain.wording import when
from later_tui.store import open_sync_store

if TYPE_CHECKING:
    from later_tui.store.syncstore import SyncStore

_SAID = {
    Answer.DONE: "done",
    Answer.AGAIN: "again",
    Answer.SNOOZE: "snoozed",
    Answer.LET_GO: "let go",
}


MOST = 10_000
"""How many one command answers; as many as can be taken back."""

FIND_HELP = "answer all that `later find WORDS` finds"


def run_plain(argv: list[str], command: str, given: Answer, description: str, examples: str) -> int:
    """Run a command that takes ids alone; return the exit code. Raises LaterError."""
    from later_tui.cli.parser import parser, settings

    made = parser(command, "[options] ID …", f"{description}\n\n{ABOUT_MANY}", examples)
    made.add_argument("ids", nargs="*", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument("--find", metavar="WORDS", help=FIND_HELP)
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    options = made.parse_args(argv)
    if not options.ids and options.find is None:
        raise BadInputError(
            f"say which reminder, such as `later {command} a3f9`, or what to find, such as "
            f"`later {command} --find '#work'`"
        )
    now = time.time_ns() // 1_000_000
    return answer_all(
        settings(options), options.ids, given, now=now, find=options.find, as_json=options.json
    )


ABOUT_MANY = "Several are answered at once; `later undo` takes all of it back."


def answer_all(
    settings: Settings,
    prefixes: Sequence[str],
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    find: str | None = None,
    as_json: bool,
) -> int:
    """Give the answer to each reminder, and to all that are found; one that refuses it does not
    stop the others.

    `now`, and `until` for a snooze, are ms UTC. Returns the exit code. Raises OutsideError, and
    BadInputError for what cannot be looked for.
    """
    code = 0
    ids: list[str] = []
    with open_sync_store(settings) as store:
        for prefix in dict.fromkeys(prefixes):
            try:
                ids.append(store.resolve(settings.user, checked(prefix)))
            except BadInputError as error:
                complain(str(error))
                code = error.exit_code
        if find is not None:
            ids += (reminder.id for reminder in found_by(store, settings, find, now))
        answered = store.answer_many(settings, ids, given, now=now, until=until)
    for reminder in answered.reminders:
        if as_json:
            from later_tui.cli.shape import shape

            say_json(shape(reminder, reveal=False))
        else:
            say(_sentence(reminder, _SAID[given], now, settings))
    flush()
    for refused in answered.refused:
        several = f"{refused.reminder_id[:SHORT_ID]}: " if len(ids) > 1 else ""
        complain(f"{several}{refused.why}")
        code = BadInputError.exit_code
    return code


def found_by(store: "SyncStore", settings: Settings, text: str, now: int) -> list[Reminder]:
    """Return all that `--find` finds at `now` (ms UTC).

    Raises BadInputError: the words cannot be looked for, or they find nothing, or over MOST.
    """
    from later_tui.domain.query_text import read_query

    query = read_query(text, settings.reading(now))
    if query.empty:
        raise BadInputError("--find wants something to look for, such as '#work is:unanswered'")
    reminders: list[Reminder] = []
    for found in store.find(settings, query, limit=MOST):
        reminders += found.reminders
        if found.more:
            raise BadInputError(f"over {MOST:,} reminders are found: look for fewer at once")
    if not reminders:
        raise BadInputError(f'nothing is found by "{one_line(text)[:60]}"')
    return reminders


def checked(prefix: str) -> str:
    """Return the beginning of an id. Ids from elsewhere may have any form, so it may too."""
    if not prefix.strip() or not prefix.isprintable() or len(prefix) > 200:
        raise BadInputError(
            f'"{prefix[:40]}" is not the beginning of an id; `later list` shows the ids'
        )
    return prefix.strip()


def _sentence(reminder: Reminder, said: str, now: int, settings: Settings) -> str:
    line = f"{said} {reminder.id[:SHORT_ID]}  {one_line(reminder.text)}"
    if reminder.state.upcoming:
        line += f"  ({when(reminder.window, now, settings.timezone, settings.times)})"
    return line
