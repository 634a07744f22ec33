"""From what was typed to what is kept, and from one round of a reminder to the next."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from later_tui.domain.draw import new_seed
from later_tui.domain.duration import Duration, read_duration
from later_tui.domain.errors import WindowError
from later_tui.domain.grammar import Draft
from later_tui.domain.habits import Habits
from later_tui.domain.hours import Hours
from later_tui.domain.ids import new_id
from later_tui.domain.inert import check_text
from later_tui.domain.quiet import Quiet, allowed
from later_tui.domain.reminder import NewReminder, Origin, Reminder
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.window import Span, Window
from later_tui.domain.wording import moment as in_words

_SEARCH_MS = 15 * 86_400_000
"""Quiet hours repeat each week; a second one, lest a clock change skips the only free hour."""

Random = Callable[[int], bytes]


class Round(NamedTuple):
    """What a reminder needs to be scheduled anew."""

    window: Window
    spans: tuple[Span, ...]
    """Where in the window the draw may fall; never empty."""
    seed: int


def plan(
    draft: Draft,
    *,
    now: int,
    quiet: Quiet,
    minimum_gap: int,
    username: str,
    habits: Habits,
    origin: Origin,
    random: Random = os.urandom,
    form: TimeFormat = H24,
) -> tuple[NewReminder, ...]:
    """Return what the store is to keep for `draft`: `draft.count` reminders, each with its draw.

    `now` is ms UTC and `minimum_gap` ms; `habits` are what the line does not say, `form` is for the
    words of errors. What of the window is already past is not drawn from; one that is kept
    (`Draft.kept`) and wholly past is drawn from as it is, so that the reminder is due at once.

    Raises WindowError when the window is past or all of it is quiet, and BadInputError when the
    text cannot be kept.
    """
    text = check_text(draft.text)
    window = draft.window
    if window.not_after >= now:
        window = replace(window, not_before=max(window.not_before, now))
        spans = drawable(window, now, quiet, draft.between, form)
    elif draft.kept:
        # Its moment has come, whatever of that is quiet by now.
        spans = allowed(window, quiet, draft.between) or (
            Span(window.not_before, window.not_after),
        )
    else:
        raise WindowError("that time is past; a time that is still to come would work")
    route = draft.route or habits.route_of(draft.tags)
    nag_ms = habits.nag_ms if draft.nag_ms is None else draft.nag_ms
    return tuple(
        NewReminder(
            id=new_id(random),
            username=username,
            text=text,
            channels=route.channels,
            steps=() if route.plain else route.steps,
            nag_ms=nag_ms,
            window=window,
            spans=spans,
            seed=new_seed(random),
            minimum_gap=minimum_gap,
            tags=draft.tags,
            origin=origin,
            between=draft.between,
            every=draft.every,
            asked_ms=draft.asked_ms if draft.asked_ms > window.length else 0,
        )
        for _ in range(draft.count)
    )


def drawable(
    window: Window, now: int, quiet: Quiet, between: Hours | None, form: TimeFormat = H24
) -> tuple[Span, ...]:
    """Return where in `window` a draw may fall: `quiet.allowed`, and never empty.

    Raises WindowError when all of it is quiet, with the first moment (seen from `now`, ms UTC)
    that would work.
    """
    spans = allowed(window, quiet, between)
    if not spans:
        raise WindowError(_all_quiet(window, now, quiet, between, form))
    return spans


def next_round(
    reminder: Reminder,
    now: int,
    quiet: Quiet,
    default_window: Duration,
    random: Random = os.urandom,
) -> Round:
    """Return the round that the answer again asks for: as long a window as before, from `now`.

    A reminder with an exact time gets `default_window`. Where all of that window is quiet it
    begins when the quiet ends, so that the answer is never refused for the time of day.

    Raises WindowError when the quiet hours leave no time at all.
    """
    if reminder.window.exact:
        window = Window(now, default_window.after(now, quiet.zone))
    else:
        window = Window(now, now + (reminder.asked_ms or reminder.window.length))
    spans = allowed(window, quiet, reminder.between)
    if not spans:
        free = _first_free(window, quiet, reminder.between)
        window = Window(free, free + window.length)
        spans = allowed(window, quiet, reminder.between)
    return Round(window, spans, new_seed(random))


def next_period(reminder: Reminder, now: int, zone: ZoneInfo) -> Window:
    """Return the window of a repeating reminder's next period that is not wholly past.

    A period begins where the one before ended (or at the moment to which it was put off) and is
    as long as `reminder.every`, months by the calendar of `zone`. Of a period that has begun, the
    rest from `now` (ms UTC) is returned.

    Raises GrammarError when `reminder.every` is not a duration.
    """
    every = read_duration(reminder.every)

    def end(period: int) -> int:
        whole = Duration(every.months * period, every.ms * period)
        return whole.after(reminder.window.not_after, zone)

    # The first period that ends after now, by doubling and halving: a minute's period and a
    # year's absence are half a million of them.
    past, ahead = 0, 1
    while end(ahead) <= now:
        past, ahead = ahead, 2 * ahead
    while ahead - past > 1:
        middle = (past + ahead) // 2
        past, ahead = (middle, ahead) if end(middle) <= now else (past, middle)
    return Window(max(end(past), now), end(ahead))


def next_repeat(reminder: Reminder, now: int, quiet: Quiet, random: Random = os.urandom) -> Round:
    """Return the round of a repeating reminder's next period in which anything may fire.

    Raises WindowError when the quiet hours leave no time at all.
    """
    window = next_period(reminder, now, quiet.zone)
    spans = allowed(window, quiet, reminder.between)
    if not spans:
        free = _first_free(window, quiet, reminder.between)
        window = next_period(reminder._replace(window=window), free, quiet.zone)
        spans = allowed(window, quiet, reminder.between)
    return Round(window, spans, new_seed(random))


def _first_free(window: Window, quiet: Quiet, between: Hours | None) -> int:
    """Return the first moment (ms UTC) after an all quiet window at which something may fire."""
    end = window.not_after
    for span in allowed(Window(end, end + _SEARCH_MS), quiet, between):
        return span.start
    raise WindowError(_never(quiet, between))


def _all_quiet(
    window: Window, now: int, quiet: Quiet, between: Hours | None, form: TimeFormat
) -> str:
    free = _first_free(window, quiet, between)
    reasons = []
    if between:
        reasons.append(f"only {between} was asked for")
    if quiet:
        reasons.append(f"the quiet hours are {quiet}")
    start, stop, first = (
        in_words(moment, now, quiet.zone, form)
        for moment in (window.not_before, window.not_after, free)
    )
    return (
        f"nothing may fire from {start} to {stop}, as {' and '.join(reasons)}; "
        f"a window that reaches past {first} would work"
    )


def _never(quiet: Quiet, between: Hours | None) -> str:
    left = " or ".join(str(Hours(a, b)) for a, b in quiet.open_hours())
    if between and left and len(quiet.days) < 7:
        return (
            f"between {between} is never outside the quiet hours ({quiet}); "
            f"hours inside {left} would work"
        )
    return f"the quiet hours ({quiet}) leave no time at all; shorter ones would work"
