"""What `later why --json` prints."""

from later_tui.cli.shape import iso, shape
from later_tui.domain.drawn import Drawn, drawn
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Delivery, Reminder
from later_tui.domain.telling import late_by


def why_shape(reminder: Reminder, quiet: Quiet, *, reveal: bool) -> dict[str, object]:
    """Return a reminder with its draw and every attempt; sealed, unless it may be revealed."""
    made = shape(reminder, reveal=reveal)
    found = drawn(reminder, quiet)
    made["quiet"] = str(quiet) if quiet else None
    made["draw"] = _draw(reminder, found, reveal=reveal) if found else None
    made["deliveries"] = [_delivery(reminder, d, reveal=reveal) for d in reminder.deliveries]
    return made


def _draw(reminder: Reminder, found: Drawn, *, reveal: bool) -> dict[str, object]:
    made: dict[str, object] = {
        "allowed": round(found.share, 4),
        "spans": [[iso(span.start), iso(span.stop)] for span in found.spans],
    }
    if reveal:
        made |= {"seed": reminder.seed, "pick": reminder.pick, "repeated": found.repeated}
    return made


def _delivery(reminder: Reminder, delivery: Delivery, *, reveal: bool) -> dict[str, object]:
    made: dict[str, object] = {
        "channel": delivery.channel,
        "state": delivery.state.value,
        "wait_ms": delivery.wait,
        "attempt": delivery.attempt,
        "error": delivery.error or None,
    }
    if reveal:
        made |= {
            "sent_at": iso(delivery.sent_at),
            "via": delivery.via or None,
            "proof": delivery.proof or None,
            "lateness_ms": late_by(reminder, delivery),
            "nag": delivery.nag,
            "next_at": iso(delivery.at) if delivery.state.upcoming else None,
            "attempts": [
                {
                    "at": iso(one.at),
                    "attempt": one.attempt,
                    "outcome": one.outcome,
                    "via": one.via or None,
                    "error": one.error or None,
                }
                for one in delivery.trail
            ],
        }
    return made
