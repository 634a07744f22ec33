"""The quick-add grammar: a thought and the clauses at its end, as a draft of a reminder.

    call mum                          random within the default window
    call mum within 3d                random between now and 3 days from now
    call mum after 2d within 2w       random between the two
    call mum by fri                   random between now and the end of Friday
    stretch within 2d between 9-18    only in these hours of the day
    water plants every week           one random moment in each week
    idea x3 within 1w                 three draws
    check oven in 20m · at 18:00 · on fri      exact; a day without a time means 9:00
    call mum tomorrow at 18:00        the day before a time needs no word of its own
    #family !email via email          tags and channels
    call mum via desktop then email 30m    one way after the other (`route` has what it means)
    take the pill at 8:00 nag 1h      sent again every hour until it is answered

Only clauses at the end are read, and what is before them is never searched. `words` has the
rule that tells a clause from a thought, `clauses` how `--` and a backslash keep words as text.
"""

from contextlib import suppress
from dataclasses import dataclass

from later_tui.domain.clauses import Clause, peel
from later_tui.domain.duration import DAY, MAX_MS, MAX_YEARS, Duration, shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import Hours
from later_tui.domain.options import Options, put_options
from later_tui.domain.reading import Calendar, Reading
from later_tui.domain.route import Route
from later_tui.domain.values import Values
from later_tui.domain.window import Window

__all__ = ["Calendar", "Clause", "Draft", "Options", "Reading", "quote", "read", "read_with"]

_EXACT = ("in", "at", "on")
_ENDS = ("within", "by", "every")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line that was understood."""

    text: str
    window: Window
    """The first window, ms UTC; both ends are one moment if the line gives an exact time."""
    between: Hours | None = None
    every: str = ""
    """The period as `duration.read_duration` reads it ("1w"), or empty."""
    count: int = 1
    tags: tuple[str, ...] = ()
    route: Route | None = None
    """None if the line names no channel."""
    nag_ms: int | None = None
    """How often it is sent again until it is answered, ms; 0: not; None if the line is silent."""
    clauses: tuple[Clause, ...] = ()
    """The clauses of the line (not of options), in its order."""
    kept: bool = False
    """Whether its window is that of a reminder which still waits: then it may be past."""
    asked_ms: int = 0
    """How long a window was asked for when that was kept first, ms."""

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel of the route; empty if the line names none."""
        return self.route.channels if self.route else ()


def read(line: str, reading: Reading) -> Draft:
    """Return the draft of `line`; raises GrammarError with what would work."""
    return read_with(line, Options(), reading)


def read_with(line: str, options: Options, reading: Reading) -> Draft:
    """Return the draft of `line` with `options`, which replace the line's clauses of their name.

    Raises GrammarError if a clause or an option cannot be read, if two contradict each other
    or if there is no thought.
    """
    values = Values()
    text, clauses = peel(line, reading, values)
    put_options(options, reading, values)
    if not text:
        what = f' before "{shorten(line[clauses[0].start :])}"' if clauses else ""
        raise GrammarError(f"there is no thought{what}; write one, such as call mum within 3d")
    if values.on is not None and values.clock:
        # "at 18:00 on fri", in the line or with options: the time of that day.
        day = values.given["on"].split(None, 1)[1]
        with suppress(GrammarError):  # of a day that has its own time: contradicted below
            values.put("on", f"{day} {values.clock}", reading)
            values.drop_at()
    _refuse_contradictions(values)
    route = values.routed()
    window = _window(values, reading)
    return Draft(
        text=text,
        window=window,
        between=values.between,
        every=str(values.every) if values.every else "",
        count=values.count,
        tags=_once(values.tags),
        route=route,
        nag_ms=values.nag_ms,
        clauses=clauses,
    )


def _once(names: list[str]) -> tuple[str, ...]:
    """Return `names` without those that came before, in upper or lower case."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(kept.values())


def quote(text: str, reading: Reading) -> str:
    """Return a line that `read` understands as exactly the thought `text`, without clauses."""
    try:
        draft = read(text, reading)
    except GrammarError:
        return f"{text} --"
    return text if draft.text == text.strip() and not draft.clauses else f"{text} --"


def _refuse_contradictions(values: Values) -> None:
    given = values.given
    exact = [name for name in _EXACT if name in given]
    ends = [name for name in _ENDS if name in given]
    loose = [name for name in (*_ENDS, "after", "between") if name in given]
    pair = exact[:2] if len(exact) > 1 else (exact + loose)[:2] if exact else ends[:2]
    if len(pair) > 1:
        one, other = (shorten(given[name]) for name in pair)
        raise GrammarError(f'"{one}" and "{other}" contradict each other; keep one of them')
    if exact and values.count > 1:
        one = shorten(given[exact[0]])
        raise GrammarError(
            f'"{one}" is one moment, so {values.count} draws would be the same; '
            "give a window, such as within 3d"
        )


def _window(values: Values, reading: Reading) -> Window:
    now, zone, given = reading.now, reading.zone, values.given
    for name, exact in zip(_EXACT, (values.in_, values.at, values.on), strict=True):
        if exact is not None:
            moment = _moment(exact, reading)
            _check_moment(moment, given[name], now)
            return Window(moment, moment)
    start, begins = now, ""
    if values.after is not None:
        start, begins = _moment(values.after, reading), given["after"]
        _check_moment(start, begins, now)
    end = values.by if values.by is not None else values.within
    if end is None:
        length = values.every or reading.default_window
        return Window(start, length.after(start, zone))
    stop, ends = _moment(end, reading), given["within" if values.by is None else "by"]
    _check_moment(stop, ends, now)
    if stop <= start:
        one, other = shorten(ends), shorten(begins)
        raise GrammarError(f'"{one}" ends before "{other}" begins; give the window a later end')
    return Window(start, stop)


def _moment(value: Duration | int, reading: Reading) -> int:
    return value.after(reading.now, reading.zone) if isinstance(value, Duration) else value


def _check_moment(moment: int, source: str, now: int) -> None:
    if moment <= now:
        raise GrammarError(
            f'"{shorten(source)}" is past; write a time to come, such as tomorrow or 24 dec'
        )
    # Ten calendar years may be some hours longer than ten years of days.
    if moment - now > MAX_MS + DAY:
        raise GrammarError(
            f'"{shorten(source)}" is over {MAX_YEARS} years away; write {MAX_YEARS}y or less'
        )
