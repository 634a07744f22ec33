"""What was read of a line, as chips and odds; or the sentence of what cannot be read. Pure."""

from collections.abc import Callable

from later_tui.domain.editing import read_line
from later_tui.domain.errors import BadInputError
from later_tui.domain.grammar import Draft, Reading
from later_tui.domain.habits import Habits
from later_tui.domain.odds import density
from later_tui.domain.plan import drawable
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder
from later_tui.domain.route import length
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Span, Window
from later_tui.domain.wording import before, limit
from later_tui.ui.wording import every_text, odds_line, window_chip
from later_tui.widgets.chip_line import Chip, Said

BARS = 12


def said_of(
    line: str,
    reading: Reading,
    quiet: Quiet,
    habits: Habits,
    was: Reminder | None = None,
    form: TimeFormat = H24,
    sms: Callable[[str], str] | None = None,
) -> Said:
    """Return what to show of `line`; nothing of an empty one.

    `sms` says how many text messages a thought takes.
    """
    if not line.strip():
        return Said()
    try:
        draft, same = read_line(line, reading, was)
        window = draft.window
        # One that waits to be sent may keep a window that is over.
        overdue = draft.kept and window.not_after < reading.now
        if overdue:
            spans = allowed(window, quiet, draft.between)
        else:
            window = Window(max(window.not_before, reading.now), window.not_after)
            spans = drawable(window, reading.now, quiet, draft.between, form)
    except BadInputError as error:
        return Said(problem=str(error))
    except ValueError:
        return Said(problem="its window is over; write a new one, such as within 3d")
    chips = tuple(_chips(draft, same, reading, habits, form))
    if sms and "sms" in (draft.route or habits.route_of(draft.tags)).channels:
        chips = (*chips, Chip(sms(draft.text), "channel"))
    if window.exact or overdue:
        return Said(chips)
    return Said(chips, *_odds(spans, window, reading, form))


def _chips(
    draft: Draft, same: bool, reading: Reading, habits: Habits, form: TimeFormat
) -> list[Chip]:
    window = (
        f"{before(draft.window, reading.now, reading.zone, form)}, as it was"
        if same
        else window_chip(draft.window, reading.now, reading.zone, form)
    )
    chips = [Chip(every_text(draft.every))] if draft.every else []
    short = before(draft.window, reading.now, reading.zone, form)
    if any(clause.keyword == "by" for clause in draft.clauses):
        # Rounded up to the next day it would not read as what was written.
        short = limit(draft.window, reading.now, reading.zone, form)
    chips.append(Chip(window, short="" if draft.window.exact else short))
    if draft.between:
        chips.append(Chip(f"between {draft.between}"))
    if draft.count > 1:
        chips.append(Chip(f"{draft.count} times"))
    if draft.nag_ms is not None:
        chips.append(Chip(f"nag every {length(draft.nag_ms)}" if draft.nag_ms else "no nag"))
    chips += [Chip(f"#{tag}", "tag") for tag in draft.tags]
    route = draft.route or habits.route_of(draft.tags)
    return chips + [Chip(words, "channel") for words in str(route).split(", ")]


def _odds(
    spans: tuple[Span, ...], window: Window, reading: Reading, form: TimeFormat
) -> tuple[str, tuple[float, ...]]:
    return odds_line(spans, reading.now, reading.zone, form), tuple(density(spans, BARS, window))
