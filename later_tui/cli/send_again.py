"""`later send-again`: send once more what failed, or what may have been sent."""

import time
from argparse import Namespace
from typing import TYPE_CHECKING

from later_tui.cli.answer import checked, found_by
from later_tui.cli.keep import SHORT_ID
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.cli.parser import parser, settings
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import one_line
from later_tui.domain.reminder import Delivery, Reminder, State
from later_tui.store import open_sync_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from later_tui.store.syncstore import SyncStore

_DESCRIPTION = """\
Send a reminder again, now, on every channel that failed or that may have sent it: a connection was
lost before the answer came, say. That one may come twice, which is why later asks you. What waits
for its next attempt is tried at once. To dismiss it instead, answer it: `later done ID` or
`later let-go ID`.

With --find, that is done with everything of what is found that failed or may have been sent; the
others are left alone. It cannot be taken back: `later find WORDS` shows before what it would be."""
_EXAMPLES = """\
  later send-again a3f9
  later send-again a3f9 --on sms
  later send-again --find is:failed,unknown
  later send-again --find '#work after:-2d' --on email"""

_AT_ONCE = 64
"""After how many they are said, so that a failure in the middle tells how far it was."""


def run(argv: list[str]) -> int:
    """Send again; return the exit code. Raises LaterError."""
    made = parser("send-again", "[options] ID …", _DESCRIPTION, _EXAMPLES)
    made.add_argument("ids", nargs="*", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument(
        "--find", metavar="WORDS", help="send again what failed of all that this finds"
    )
    made.add_argument("--on", metavar="CHANNEL", default="", help="on this channel alone")
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    options = made.parse_args(argv)
    if not options.ids and options.find is None:
        raise BadInputError(
            "say which reminder, such as `later send-again a3f9`, or what to find, such as "
            "`later send-again --find is:failed`"
        )
    chosen = settings(options)
    with open_sync_store(chosen) as store:
        ids, code = _named(store, chosen, options.ids)
        if options.find is not None:
            ids += _failed(store, chosen, options)
        return _send(store, list(dict.fromkeys(ids)), options) or code


def _named(
    store: "SyncStore", chosen: Settings, prefixes: "Sequence[str]"
) -> tuple[list[str], int]:
    """Return the ids that are meant, and the exit code; each that is nobody's is told."""
    ids: list[str] = []
    code = 0
    for prefix in dict.fromkeys(prefixes):
        try:
            ids.append(store.resolve(chosen.user, checked(prefix)))
        except BadInputError as error:
            complain(str(error))
            code = error.exit_code
    return ids, code


def _failed(store: "SyncStore", chosen: Settings, options: Namespace) -> list[str]:
    """Return what of the found can be sent again. Raises BadInputError if nothing can."""
    found = found_by(store, chosen, options.find, time.time_ns() // 1_000_000)
    ids = [one.id for one in found if _can_be_sent(one, options.on)]
    if not ids:
        where = f" on {one_line(options.on)[:40]}" if options.on else ""
        raise BadInputError(
            f'nothing that is found by "{one_line(options.find)[:60]}" failed or may have been '
            f"sent{where}; `later find is:failed,unknown` shows what did"
        )
    return ids


def _can_be_sent(reminder: Reminder, channel: str) -> bool:
    return reminder.state not in (State.DONE, State.RELEASED) and any(
        channel in ("", d.channel) and (d.state in (State.FAILED, State.UNKNOWN) or _waits(d))
        for d in reminder.deliveries
    )


def _waits(delivery: Delivery) -> bool:
    """Tell whether it did not work and waits for its next attempt."""
    return delivery.state is State.SCHEDULED and bool(delivery.attempt and delivery.error)


def _send(store: "SyncStore", ids: "Sequence[str]", options: Namespace) -> int:
    """Send again and say it; one that cannot be does not stop the others. Return the exit code."""
    from later_tui.store.reminders import resend
    from later_tui.store.together import together

    code = 0
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        came = store.run(together([resend(store.keys, one, options.on) for one in some]))
        for reminder_id, one in zip(some, came, strict=True):
            if isinstance(one, Reminder):
                _say(one, as_json=options.json)
                continue
            flush()
            several = f"{reminder_id[:SHORT_ID]}: " if len(ids) > 1 else ""
            complain(f"{several}{one}")
            code = one.exit_code
        flush()
    return code


def _say(reminder: Reminder, *, as_json: bool) -> None:
    if as_json:
        from later_tui.cli.shape import shape

        say_json(shape(reminder, reveal=False))
        return
    by = ", ".join(
        d.channel for d in reminder.deliveries if (d.resent and d.state.upcoming) or _waits(d)
    )
    ways = f"  (by {by})" if by else ""  # it may have been sent by now
    say(f"sending again {reminder.id[:SHORT_ID]}  {one_line(reminder.text)}{ways}")
