"""`later undo`: take back an answer or an edit."""

import time

from later_tui.cli.answer import checked
from later_tui.cli.keep import SHORT_ID
from later_tui.cli.listed import OUTCOMES
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.cli.parser import parser, settings
from later_tui.config.settings import Settings
from later_tui.domain.inert import one_line
from later_tui.domain.wording import when
from later_tui.store import open_sync_store
from later_tui.store.undo import Undone

_DESCRIPTION = """\
Take back what you did last: done, again, let-go, snooze or an edit, wherever you did it; an answer
to several at once is taken back whole. Said again, it takes back what was before that. It reaches
back 30 days. With an id, it takes back what was last done to that reminder alone."""
_EXAMPLES = """\
  later undo
  later undo a3f9"""

_ACTS = {
    "done": "done",
    "again": "again",
    "snooze": "snoozed",
    "let-go": "let go",
    "edit": "edited",
}


def run(argv: list[str]) -> int:
    """Take back; return the exit code. Raises LaterError."""
    made = parser("undo", "[options] [ID]", _DESCRIPTION, _EXAMPLES)
    made.add_argument("id", nargs="?", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    options = made.parse_args(argv)
    chosen = settings(options)
    now = time.time_ns() // 1_000_000
    with open_sync_store(chosen) as store:
        wanted = store.resolve(chosen.user, checked(options.id)) if options.id else None
        back = store.undo(chosen.user, wanted)
    for one in back.undone:
        if options.json:
            from later_tui.cli.shape import shape

            say_json({"undone": one.act, **shape(one.reminder, reveal=False)})
        else:
            say(_sentence(one, now, chosen))
    flush()
    for refused in back.refused:
        complain(f"{refused.reminder_id[:SHORT_ID]}: {refused.why}")
    return 2 if back.refused else 0


def _sentence(one: Undone, now: int, settings: Settings) -> str:
    reminder = one.reminder
    if one.overdue:
        now_it_is = "its time has passed: it comes at once"
    elif reminder.state.upcoming:
        now_it_is = when(reminder.window, now, settings.timezone, settings.times)
    else:
        now_it_is = OUTCOMES.get(reminder.state, reminder.state.value)
        now_it_is += ", and waits for your answer" if reminder.state.unanswered else ""
    line = f"no longer {_ACTS.get(one.act, one.act)} {reminder.id[:SHORT_ID]}"
    return f"{line}  {one_line(reminder.text)}  ({now_it_is})"
