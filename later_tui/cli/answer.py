"""What done, again, let go and snooze have in common: ids, one after the other."""

import time
from collections.abc import Sequence

from later_tui.cli.keep import SHORT_ID
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Answer, Reminder
from later_tui.domain.wording import when
from later_tui.store import open_sync_store

_SAID = {
    Answer.DONE: "done",
    Answer.AGAIN: "again",
    Answer.SNOOZE: "snoozed",
    Answer.LET_GO: "let go",
}


def run_plain(argv: list[str], command: str, given: Answer, description: str, examples: str) -> int:
    """Run a command that takes ids alone; return the exit code. Raises LaterError."""
    from later_tui.cli.parser import parser, settings

    made = parser(command, "[options] ID …", description, examples)
    made.add_argument("ids", nargs="+", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    options = made.parse_args(argv)
    now = time.time_ns() // 1_000_000
    return answer_all(settings(options), options.ids, given, now=now, as_json=options.json)


def answer_all(
    settings: Settings,
    prefixes: Sequence[str],
    given: Answer,
    *,
    now: int,
    until: int | None = None,
    as_json: bool,
) -> int:
    """Give the answer to each reminder; one that refuses it does not stop the others.

    `now`, and `until` for a snooze, are ms UTC. Returns the exit code. Raises OutsideError.
    """
    code = 0
    with open_sync_store(settings) as store:
        for prefix in dict.fromkeys(prefixes):
            try:
                reminder_id = store.resolve(settings.user, _checked(prefix))
                reminder = store.answer(settings, reminder_id, given, now=now, until=until)
            except BadInputError as error:
                flush()
                complain(str(error))
                code = error.exit_code
                continue
            if as_json:
                from later_tui.cli.shape import shape

                say_json(shape(reminder, reveal=False))
            else:
                say(_sentence(reminder, _SAID[given], now, settings))
    return code


def _checked(prefix: str) -> str:
    """Return the beginning of an id. Ids from elsewhere may have any form, so it may too."""
    if not prefix.strip() or not prefix.isprintable() or len(prefix) > 200:
        raise BadInputError(
            f'"{prefix[:40]}" is not the beginning of an id; `later list` shows the ids'
        )
    return prefix.strip()


def _sentence(reminder: Reminder, said: str, now: int, settings: Settings) -> str:
    line = f"{said} {reminder.id[:SHORT_ID]}  {one_line(reminder.text)}"
    if reminder.state.upcoming:
        line += f"  ({when(reminder.window, now, settings.timezone)})"
    return line
