"""The lanes of a reminder as one text, as the scripts take it: "desktop,sms;email:120000?".

Steps are separated by ";"; after ":" stands how long a step waits for the one before, in ms, and a
"?" if it goes only where that is not delivered. Without ";" everything goes at once.
"""

from later_tui.domain.inert import one_line
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.domain.route import Step


def spec(reminder: NewReminder | Reminder) -> str:
    """Return the lanes of a reminder."""
    if not reminder.steps:
        return ",".join(reminder.channels)
    parts = []
    for number, step in enumerate(reminder.steps):
        wait = f":{step.wait}{'?' if step.fallback else ''}" if number else ""
        parts.append(",".join(step.channels) + wait)
    return ";".join(parts)


def steps(text: str) -> tuple[Step, ...]:
    """Return the steps of a text with a ";" in it, () of any other. Raises ValueError."""
    if ";" not in text:
        return ()
    found = []
    for part in text.split(";"):
        names, _, wait = part.partition(":")
        channels = tuple(one_line(name) for name in names.split(",") if name)
        if not channels:
            raise ValueError("a step of its route has no channel")
        found.append(Step(channels, int(wait.removesuffix("?") or 0), wait.endswith("?")))
    return tuple(found)
