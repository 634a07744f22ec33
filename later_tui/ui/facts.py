"""Everything that is known of one reminder, as lines of a label and words. Pure."""

from zoneinfo import ZoneInfo

from later_tui.domain.drawn import drawn
from later_tui.domain.odds import density
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Delivery, Reminder, State
from later_tui.domain.route import length
from later_tui.domain.telling import RETRYING, attempt_words, delivery_words
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Window
from later_tui.domain.wording import ago, moment, when
from later_tui.ui.wording import every_text, odds_line, postmark
from later_tui.widgets.chip_line import bars
from later_tui.widgets.labelled import LabelledLine as Line

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
_WAYS_OUT = {
    State.FAILED: "; send it again, or let it go",
    State.UNKNOWN: "; send it again if it did not come, else answer it",
}


def lines_of(
    reminder: Reminder,
    now: int,
    quiet: Quiet,
    host: str,
    *,
    unsealed: bool,
    why: bool = False,
    form: TimeFormat = H24,
    peek: str = "p",
) -> tuple[Line, ...]:
    """Return what the detail of a reminder says; the drawn moment if it came or is `unsealed`.

    `peek` is the key that unseals it, or empty. `why` adds how it was drawn and every attempt; of
    what has not come only if it is unsealed.
    """
    zone = quiet.zone
    told = unsealed or not sealed(reminder, now)
    since = ""
    if reminder.settled_at is not None and not reminder.state.upcoming:
        since = f", {ago(max(now - reminder.settled_at, 0))}"
    way_out = _WAYS_OUT.get(reminder.state, "")
    state = RETRYING if reminder.retrying else _STATES[reminder.state]
    lines = [Line("state", f"{state}{since}{way_out}")]
    lines.append(Line("window", when(reminder.window, now, zone, form)))
    if reminder.state.upcoming:
        lines += _chances(reminder, now, quiet, form)
    if not reminder.window.exact:
        at = moment(reminder.due_at, now, zone, form)
        open_ = Line("moment", at, "open" if sealed(reminder, now) else "plain")
        lines.append(open_ if told else Line("moment", _sealed(peek), "soft"))
    if reminder.between:
        lines.append(Line("hours", f"between {reminder.between}"))
    if reminder.every:
        lines.append(Line("repeats", every_text(reminder.every)))
    if reminder.nag_ms:
        lines.append(Line("nags", f"every {length(reminder.nag_ms)}, until you answer"))
    if reminder.tags:
        lines.append(Line("tags", " ".join(f"#{tag}" for tag in reminder.tags)))
    lines.append(Line("kept", postmark(reminder.origin, now, host)))
    if reminder.steps:
        lines.append(Line("route", str(reminder.route)))
    for delivery in reminder.deliveries:
        lines += _delivery(reminder, delivery, now, zone, form, why=why and told)
    if why:
        lines += _draw(reminder, quiet, "" if told else _sealed(peek))
    lines.append(Line("id", reminder.id, "soft"))
    return tuple(lines)


def sealed(reminder: Reminder, now: int) -> bool:
    """Tell whether its moment is a secret at `now`, ms UTC: it was drawn, and has not come."""
    return reminder.state.upcoming and not reminder.window.exact and reminder.due_at > now


def _delivery(
    reminder: Reminder,
    delivery: Delivery,
    now: int,
    zone: ZoneInfo,
    form: TimeFormat,
    *,
    why: bool,
) -> list[Line]:
    bad = delivery.state in (State.FAILED, State.UNKNOWN) or bool(delivery.error)
    words = delivery_words(reminder, delivery, now, zone, form)
    lines = [Line(delivery.channel, words, "bad" if bad else "plain")]
    if why and delivery.proof:
        lines.append(Line("", f"proof: {delivery.proof}", "soft"))
    if why:
        lines += [Line("", attempt_words(one, now, zone, form), "soft") for one in delivery.trail]
    return lines


def _sealed(peek: str) -> str:
    return f"sealed; {peek} peeks" if peek else "sealed"


def _draw(reminder: Reminder, quiet: Quiet, sealed: str) -> list[Line]:
    """Return how the moment was drawn, which tells the moment to whoever can reckon."""
    found = drawn(reminder, quiet)
    if found is None:
        return [Line("draw", "none: the time is exact")]
    lines = []
    if quiet or reminder.between:
        left = f"{found.share:.0%}".replace("%", " %")
        lines.append(Line("draw", f"from the {left} left by quiet hours and your hours"))
    if sealed:
        return [*lines, Line("seed", sealed, "soft")]
    again = "; drawn again, it is the same" if found.repeated else "; the quiet hours changed since"
    return [*lines, Line("seed", f"{reminder.seed}, number {reminder.pick + 1}{again}")]


def _chances(reminder: Reminder, now: int, quiet: Quiet, form: TimeFormat) -> list[Line]:
    window = reminder.window
    if window.exact or window.not_after <= now:
        return []
    ahead = Window(max(window.not_before, now), window.not_after)
    spans = allowed(ahead, quiet, reminder.between)
    if not spans:
        return []
    odds = odds_line(spans, now, quiet.zone, form)
    lines = [Line("chances", bars(density(spans, BARS, ahead)), "bars")]
    return [*lines, Line("", odds)] if odds else lines
