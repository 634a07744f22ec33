"""What `later why` says of a reminder, line by line: a label and words."""

from collections.abc import Iterator

from later_tui.domain.drawn import drawn
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder, State
from later_tui.domain.route import length
from later_tui.domain.telling import RETRYING, attempt_words, delivery_words
from later_tui.domain.times import TimeFormat
from later_tui.domain.window import Window
from later_tui.domain.wording import ago, moment, span_text
from later_tui.ui.wording import odds_line

Line = tuple[str, str]

_STATES = {
    State.SCHEDULED: "still to come",
    State.CLAIMED: "about to be sent",
    State.SENDING: "being sent",
    State.DELIVERED: "came, and waits for your answer",
    State.DONE: "done",
    State.FAILED: "could not be delivered; `later send-again {id}` tries once more",
    State.UNKNOWN: "may have been sent; `later send-again {id}`, or `later done {id}`",
    State.RELEASED: "let go",
}


def lines(
    reminder: Reminder, quiet: Quiet, now: int, form: TimeFormat, *, reveal: bool
) -> Iterator[Line]:
    """Yield what there is to say; the drawn moment and its seed only if they may be revealed."""
    zone = quiet.zone
    state = RETRYING if reminder.retrying else _STATES[reminder.state].format(id=reminder.id)
    if reminder.settled_at is not None and not reminder.state.upcoming:
        state += f" ({ago(max(now - reminder.settled_at, 0))})"
    yield "state", state
    origin = reminder.origin
    place = (f" on {origin.host}" if origin.host else "") + (
        f" in {origin.folder}" if origin.folder else ""
    )
    yield "kept", moment(origin.created_at, now, zone, form) + place
    yield "asked", _asked(reminder)
    yield from _draw(reminder, quiet, now, form, reveal=reveal)
    for delivery in reminder.deliveries:
        yield delivery.channel, delivery_words(reminder, delivery, now, zone, form)
        if delivery.proof:
            yield "", f"proof: {delivery.proof}"
        if reveal:
            for attempt in delivery.trail:
                yield "", attempt_words(attempt, now, zone, form)
    yield "id", reminder.id + (f", round {reminder.round + 1}" if reminder.round else "")


def _asked(reminder: Reminder) -> str:
    window = reminder.window
    asked = span_text(reminder.asked_ms or window.length)
    parts = ["an exact time" if window.exact else f"once within {asked}"]
    if reminder.between:
        parts.append(f"between {reminder.between}")
    if reminder.every:
        parts.append(f"every {reminder.every}")
    parts.append(f"by {reminder.route}")
    if reminder.nag_ms:
        parts.append(f"nag every {length(reminder.nag_ms)}")
    parts += [" ".join(f"#{tag}" for tag in reminder.tags)] if reminder.tags else []
    return " · ".join(parts)


def _odds(reminder: Reminder, quiet: Quiet, now: int, form: TimeFormat) -> str:
    """Return one telling chance of what is still ahead of the draw; empty if there is none."""
    window = reminder.window
    if not reminder.state.upcoming or window.not_after <= now:
        return ""
    ahead = Window(max(window.not_before, now), window.not_after)
    spans = allowed(ahead, quiet, reminder.between)
    return odds_line(spans, now, quiet.zone, form) if spans else ""


def _draw(
    reminder: Reminder, quiet: Quiet, now: int, form: TimeFormat, *, reveal: bool
) -> Iterator[Line]:
    window, zone = reminder.window, quiet.zone
    found = drawn(reminder, quiet)
    if found is None:
        yield "moment", f"{moment(reminder.due_at, now, zone, form)}: exact, so nothing was drawn"
        return
    opens, closes = (moment(m, now, zone, form) for m in (window.not_before, window.not_after))
    yield "window", f"{opens} to {closes}"
    hours = f"the quiet hours ({quiet}) leave " if quiet else "its hours are "
    if quiet or reminder.between:
        yield "", f"{hours}{found.share:.0%} of it".replace("%", " %")
    if odds := _odds(reminder, quiet, now, form):
        yield "chances", odds
    if not reveal:
        yield "moment", "sealed; --reveal shows it and the seed"
        return
    yield "moment", moment(reminder.due_at, now, zone, form)
    seeded = f"number {reminder.pick + 1} of seed {reminder.seed}"
    if found.repeated:
        yield "draw", f"{seeded}; drawn again, it is the same moment"
    else:
        yield "draw", f"{seeded}, with the quiet hours of that time"
