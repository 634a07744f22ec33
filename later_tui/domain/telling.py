"""What became of each delivery, in words: the same for `later why` and the detail on the screen."""

from zoneinfo import ZoneInfo

from later_tui.domain.reminder import Attempt, Delivery, Reminder, State
from later_tui.domain.route import Step, length
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import lateness, moment

_CAME = {
    "delivered": "delivered",
    "retry": "to be tried again",
    "failed": "failed",
    "unknown": "may have been sent",
    "back": "not sent",
}


def delivery_words(
    reminder: Reminder, delivery: Delivery, now: int, zone: ZoneInfo, form: TimeFormat = H24
) -> str:
    """Return what came of a delivery: "delivered by pop-up, on time", "failed: no such user".

    Sealed: nothing of it tells a drawn moment that has not come.
    """
    why = f": {delivery.error}" if delivery.error else ""
    if delivery.sent_at is not None and delivery.state is not State.UNKNOWN:
        return _sent(reminder, delivery, now, zone, form)
    match delivery.state:
        case State.FAILED:
            tries = f" after {delivery.attempt} attempts" if delivery.attempt > 1 else ""
            return f"failed{tries}{why}"
        case State.UNKNOWN:
            return f"may have been sent{why}"
        case State.CLAIMED | State.SENDING:
            return "is being sent"
        case State.RELEASED:
            return "was not needed" if _spared(reminder, delivery) else "withdrawn"
        case _ if delivery.resent:
            return "is sent again"
        case _ if delivery.error:
            return f"will be tried again{why}"
    return _waits(reminder, delivery)


def attempt_words(attempt: Attempt, now: int, zone: ZoneInfo, form: TimeFormat = H24) -> str:
    """Return an attempt as a line: "Thu 5 Nov 14:33  to be tried again: 450 greylisted"."""
    via = f" by {attempt.via}" if attempt.via else ""
    why = f": {attempt.error}" if attempt.error else ""
    came = _CAME.get(attempt.outcome, attempt.outcome)
    return f"{moment(attempt.at, now, zone, form)}  {came}{via}{why}"


def late_by(reminder: Reminder, delivery: Delivery) -> int | None:
    """Return how late a delivery was sent first, ms; None if it was not, or was not due then.

    What waits for another step has no moment of its own that could be told afterwards.
    """
    if delivery.sent_at is None or delivery.wait is not None:
        return None
    return delivery.sent_at - reminder.due_at


def _sent(
    reminder: Reminder, delivery: Delivery, now: int, zone: ZoneInfo, form: TimeFormat
) -> str:
    said = "delivered"
    if delivery.via:
        said += f" by {delivery.via}"
    late = late_by(reminder, delivery)
    if late is not None:
        said += f", {lateness(late)}"
    elif delivery.sent_at is not None:
        said += f", {moment(delivery.sent_at, now, zone, form)}"
    if delivery.nagging:
        at = f" at {moment(delivery.at, now, zone, form)}" if delivery.at else ""
        said += f"; {_times(delivery.nag)}, and again{at} unless you answer"
    elif delivery.nag:
        said += f"; {_times(delivery.nag + (not delivery.error))}"
    if delivery.error:
        said += f"; then {delivery.error}"
    return said


def _times(count: int) -> str:
    return "sent once" if count == 1 else f"sent {count} times"


RETRYING = "its moment has come; it is tried again"
"""Of a reminder no way of which has worked yet."""


def _waits(reminder: Reminder, delivery: Delivery) -> str:
    step = _step(reminder, delivery)
    if step is None or not step.wait:
        return "waits for its moment"
    if step.fallback:
        return "goes if the way before it does not work"
    return f"goes {length(step.wait)} after, unless you answer"


def _spared(reminder: Reminder, delivery: Delivery) -> bool:
    """Tell whether another way worked, so that this one was not needed."""
    others = (d for d in reminder.deliveries if d is not delivery)
    return any(d.sent_at is not None for d in others)


def _step(reminder: Reminder, delivery: Delivery) -> Step | None:
    return next((s for s in reminder.steps if delivery.channel in s.channels), None)
