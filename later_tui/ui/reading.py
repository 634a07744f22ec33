"""What was read of a line, as chips and odds; or the sentence of what cannot be read. Pure."""

from collections.abc import Sequence

from later_tui.domain.errors import BadInputError
from later_tui.domain.grammar import Draft, Reading, quote, read
from later_tui.domain.odds import density
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import Reminder
from later_tui.domain.window import Span, Window
from later_tui.domain.wording import before
from later_tui.ui.wording import every_text, odds_line, window_chip
from later_tui.widgets.chip_line import Chip, Said

BARS = 12
_TIMES = frozenset({"within", "by", "after", "in", "at", "on", "every"})


def read_line(line: str, reading: Reading, was: Reminder | None = None) -> tuple[Draft, bool]:
    """Return the draft of `line`, and whether its window is that of `was`, the one edited.

    An edited reminder keeps its window, hours and period unless the line gives a time.

    Raises GrammarError.
    """
    draft = read(line, reading)
    if was is None or any(clause.keyword in _TIMES for clause in draft.clauses):
        return draft, False
    kept = Draft(
        text=draft.text,
        window=was.window,
        between=draft.between or was.between,
        every=was.every,
        count=draft.count,
        tags=draft.tags,
        channels=draft.channels,
        clauses=draft.clauses,
    )
    return kept, True


def said_of(
    line: str,
    reading: Reading,
    quiet: Quiet,
    channels: Sequence[str],
    was: Reminder | None = None,
) -> Said:
    """Return what to show of `line`; nothing of an empty one."""
    if not line.strip():
        return Said()
    try:
        draft, same = read_line(line, reading, was)
        window = Window(max(draft.window.not_before, reading.now), draft.window.not_after)
        spans = allowed(window, quiet, draft.between)
    except BadInputError as error:
        return Said(problem=str(error))
    except ValueError:
        return Said(problem="its window is over; write a new one, such as within 3d")
    if not spans:
        return Said(problem="all of that is quiet; a longer window would work")
    chips = tuple(_chips(draft, same, reading, channels))
    if window.exact:
        return Said(chips)
    return Said(chips, *_odds(spans, window, reading))


def edit_line(reminder: Reminder, reading: Reading, channels: Sequence[str]) -> str:
    """Return the line that reads as the reminder's text, tags and channels, and no time."""
    marks = [f"#{tag}" for tag in reminder.tags]
    if tuple(reminder.channels) != tuple(channels):
        marks += [f"!{name}" for name in reminder.channels]
    return " ".join([quote(reminder.text, reading), *marks])


def _chips(draft: Draft, same: bool, reading: Reading, channels: Sequence[str]) -> list[Chip]:
    window = (
        f"{before(draft.window, reading.now, reading.zone)}, as it was"
        if same
        else window_chip(draft.window, reading.now, reading.zone)
    )
    chips = [Chip(every_text(draft.every))] if draft.every else []
    chips.append(Chip(window))
    if draft.between:
        chips.append(Chip(f"between {draft.between}"))
    if draft.count > 1:
        chips.append(Chip(f"{draft.count} times"))
    chips += [Chip(f"#{tag}", "tag") for tag in draft.tags]
    return chips + [Chip(name, "channel") for name in draft.channels or channels]


def _odds(
    spans: tuple[Span, ...], window: Window, reading: Reading
) -> tuple[str, tuple[float, ...]]:
    return odds_line(spans, reading.now, reading.zone), tuple(density(spans, BARS, window))
