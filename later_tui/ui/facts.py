"""Everything that is known of one reminder, as lines of a label and words. Pure."""

from typing import NamedTuple

from later_tui.domain.odds import density
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder, State
from later_tui.domain.window import Window
from later_tui.domain.wording import ago, moment, when
from later_tui.ui.wording import delivery_text, every_text, odds_line, postmark
from later_tui.widgets.chip_line import bars

BARS = 24

_STATES = {
    State.SCHEDULED: "waits for its moment",
    State.CLAIMED: "about to come back",
    State.SENDING: "being sent",
    State.DELIVERED: "delivered, unanswered",
    State.DONE: "done",
    State.FAILED: "could not be delivered",
    State.UNKNOWN: "may have been sent",
    State.RELEASED: "let go",
}


class Line(NamedTuple):
    """A label, what is said under it, and how it is meant: plain, open, bars or bad."""

    label: str
    words: str
    kind: str = "plain"


def lines_of(
    reminder: Reminder, now: int, quiet: Quiet, host: str, *, unsealed: bool
) -> tuple[Line, ...]:
    """Return what the detail of a reminder says; the drawn moment only if it is `unsealed`."""
    zone = quiet.zone
    since = ""
    if reminder.settled_at is not None and not reminder.state.upcoming:
        since = f", {ago(max(now - reminder.settled_at, 0))}"
    lines = [Line("state", f"{_STATES[reminder.state]}{since}")]
    lines.append(Line("window", when(reminder.window, now, zone)))
    if reminder.state.upcoming:
        lines += _chances(reminder, now, quiet)
    if not reminder.window.exact:
        drawn = moment(reminder.due_at, now, zone)
        lines.append(
            Line("moment", drawn, "open") if unsealed else Line("moment", "sealed; p peeks", "soft")
        )
    if reminder.between:
        lines.append(Line("hours", f"between {reminder.between}"))
    if reminder.every:
        lines.append(Line("repeats", every_text(reminder.every)))
    if reminder.tags:
        lines.append(Line("tags", " ".join(f"#{tag}" for tag in reminder.tags)))
    lines.append(Line("kept", postmark(reminder.origin, now, host)))
    for delivery in reminder.deliveries:
        kind = "bad" if delivery.state is State.FAILED or delivery.error else "plain"
        lines.append(Line(delivery.channel, delivery_text(delivery, reminder.due_at), kind))
    lines.append(Line("id", reminder.id, "soft"))
    return tuple(lines)


def _chances(reminder: Reminder, now: int, quiet: Quiet) -> list[Line]:
    window = reminder.window
    if window.exact or window.not_after <= now:
        return []
    ahead = Window(max(window.not_before, now), window.not_after)
    spans = allowed(ahead, quiet, reminder.between)
    if not spans:
        return []
    odds = odds_line(spans, now, quiet.zone)
    drawn = bars(density(spans, BARS, ahead))
    lines = [Line("chances", drawn, "bars")]
    return [*lines, Line("", odds)] if odds else lines
