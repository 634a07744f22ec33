"""`later send-again`: send once more what failed, or what may have been sent."""

from later_tui.cli.answer import checked
from later_tui.cli.keep import SHORT_ID
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.cli.parser import parser, settings
from later_tui.domain.errors import BadInputError
from later_tui.domain.inert import one_line
from later_tui.store import open_sync_store

_DESCRIPTION = """\
Send a reminder again, now, on every channel that failed or that may have sent it: a connection was
lost before the answer came, say. That one may come twice, which is why later asks you. To dismiss
it instead, answer it: `later done ID` or `later let-go ID`."""
_EXAMPLES = """\
  later send-again a3f9
  later send-again a3f9 --on sms"""


def run(argv: list[str]) -> int:
    """Send again; return the exit code. Raises LaterError."""
    made = parser("send-again", "[options] ID …", _DESCRIPTION, _EXAMPLES)
    made.add_argument("ids", nargs="+", metavar="ID", help="a reminder's id, or its beginning")
    made.add_argument("--on", metavar="CHANNEL", default="", help="on this channel alone")
    made.add_argument("--json", action="store_true", help="print the reminders as JSON lines")
    options = made.parse_args(argv)
    chosen, code = settings(options), 0
    with open_sync_store(chosen) as store:
        for prefix in dict.fromkeys(options.ids):
            try:
                reminder_id = store.resolve(chosen.user, checked(prefix))
                reminder = store.resend(reminder_id, options.on)
            except BadInputError as error:
                flush()
                complain(str(error))
                code = error.exit_code
                continue
            if options.json:
                from later_tui.cli.shape import shape

                say_json(shape(reminder, reveal=False))
            else:
                by = ", ".join(
                    d.channel for d in reminder.deliveries if d.resent and d.state.upcoming
                )
                short, text = reminder.id[:SHORT_ID], one_line(reminder.text)
                say(f"sending again {short}  {text}  (by {by})")
    return code
