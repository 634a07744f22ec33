"""How a reminder's moment was drawn, and whether the same seed draws it again."""

from dataclasses import dataclass

from later_tui.domain.draw import nth
from later_tui.domain.errors import WindowError
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder
from later_tui.domain.window import Span


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw as it can be repeated: `draw.nth(spans, seed, pick)` is the moment."""

    spans: tuple[Span, ...]
    """What the quiet hours leave of the window."""
    share: float
    """How much of the window that is, from 0 to 1."""
    repeated: bool
    """Whether it comes to the same moment: not after the quiet hours were changed."""


def drawn(reminder: Reminder, quiet: Quiet) -> Drawn | None:
    """Return how the moment was drawn; None for an exact time, which is not drawn."""
    if reminder.window.exact:
        return None
    try:
        spans = allowed(reminder.window, quiet, reminder.between)
    except WindowError:  # another program's window
        spans = ()
    if not spans:
        return Drawn((), 0.0, repeated=False)
    left = sum(span.stop - span.start for span in spans)
    moment = nth(spans, reminder.seed, reminder.pick)
    return Drawn(spans, left / reminder.window.length, moment == reminder.due_at)
