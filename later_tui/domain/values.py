"""The values of a line's clauses, each read from its own words."""

import re
from dataclasses import dataclass, field

from later_tui.domain.daytime import read_hours
from later_tui.domain.duration import MINUTE, Duration, read_duration, shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY, Hours
from later_tui.domain.moment import MORNING, is_clock, read_moment
from later_tui.domain.reading import Reading
from later_tui.domain.route import Route, Step, check_channel, joined, read_nag, read_route

MAX_COUNT = 100
"""The most draws of one line."""

_TAG = re.compile(r"[^\W\d_][^\s#!,;:?()\[\]{}\"'<>`\\]{0,63}(?<![.])")
_ONE_LENGTH = re.compile(r"[+\-\u2212][0-9]\S*|[0-9.]+[a-zA-Z]\S*")


@dataclass(slots=True)
class Values:
    """What the clauses say; moments in ms UTC. `given` has each clause as it was written."""

    within: Duration | None = None
    by: int | None = None
    after: Duration | int | None = None
    between: Hours | None = None
    in_: Duration | None = None
    at: int | None = None
    on: int | None = None
    every: Duration | None = None
    count: int = 1
    tags: list[str] = field(default_factory=list)
    """In the order of the line, perhaps one twice; so are the channels."""
    channels: list[str] = field(default_factory=list)
    """Those that go at once."""
    route: Route | None = None
    """What the line says with `then`."""
    nag_ms: int | None = None
    given: dict[str, str] = field(default_factory=dict)
    clock: str = ""
    """The words after `at`, if they are a time of day alone: it may belong to a day."""

    def put(self, keyword: str, words: str, reading: Reading) -> None:
        """Read `words` as the value of `keyword`; raises GrammarError and then changes nothing."""
        match keyword:
            case "within":
                self.within = read_duration(words)
            case "in":
                self.in_ = read_duration(words)
            case "every":
                self.every = read_period(words)
            case "by":
                self.by = _moment(words, reading, DAY)
            case "after":
                self.after = _length_or_moment(words, reading)
            case "on":
                self.on = _moment(words, reading, MORNING)
            case "at":
                self.at = _moment(words, reading, None)
                self.clock = words if is_clock(words) else ""
            case "between":
                self.between = _hours(words)
            case "via":
                self.put_via(_route(words, reading), first=True)
            case "nag":
                self.nag_ms = read_nag(words)
            case _:
                raise AssertionError(keyword)

    def put_via(self, route: Route, *, first: bool = False) -> None:
        """Add a route: channels at once to those there are, before them if `first`.

        Raises GrammarError for a second route that has `then` in it.
        """
        if not route.plain:
            if self.route is not None:
                one, other = self.route.typed, route.typed
                raise GrammarError(f'"{one}" and "{other}" are two routes; keep one of them')
            self.route = route
        elif first:
            self.channels[:0] = route.channels
        else:
            self.channels += route.channels

    def routed(self) -> Route | None:
        """Return the route of the line, None if it names no channel. Raises GrammarError."""
        if self.route is None:
            return joined([Step(tuple(self.channels))]) if self.channels else None
        first, *rest = self.route.steps
        return joined([Step((*first.channels, *self.channels)), *rest])

    def drop_at(self) -> None:
        """Forget `at`: its time of day was given to another clause."""
        self.at, self.clock = None, ""
        self.given.pop("at", None)


def read_period(words: str) -> Duration:
    """Read what follows `every`: a length, or "day", "week", "other month"."""
    low = words.strip().lower()
    first, _, rest = low.partition(" ")
    if first == "other":
        low = f"two {rest}s"
    elif low in ("day", "week", "month", "year", "hour"):
        low = f"one {low}"
    else:
        low = words
    try:
        period = read_duration(low)
    except GrammarError as error:
        if any(c.isdigit() for c in words):
            raise
        raise GrammarError(
            f'"{shorten(words)}" is not a period; write for example every day, every week or 2w'
        ) from error
    if not period.months and period.ms < MINUTE:
        raise GrammarError(f'"{shorten(words)}" is too often; write every 1m or longer')
    return period


def read_count(number: int) -> int:
    """Return `number` of draws; raises GrammarError unless it is 1 to 100."""
    if not 1 <= number <= MAX_COUNT:
        raise GrammarError(f"a line makes 1 to {MAX_COUNT} draws; write x1 to x{MAX_COUNT}")
    return number


def is_tag(name: str) -> bool:
    """Tell whether `name` (without #) can be a tag: it begins with a letter."""
    return _TAG.fullmatch(name) is not None


def read_tag(name: str) -> str:
    """Return the tag without its #; raises GrammarError unless it can be one."""
    name = name.strip().removeprefix("#")
    if not is_tag(name):
        raise GrammarError(
            f'"{shorten(name)}" is not a tag; write one word that begins with a letter'
        )
    return name


def read_channel(name: str, reading: Reading) -> str:
    """Return the channel without its !; raises GrammarError unless there is such a channel."""
    return check_channel(name, reading.channels)


def _hours(words: str) -> Hours:
    """Read what follows `between`: "9-5" is hardly meant as twenty hours through the night."""
    hours = read_hours(words)
    if hours.stop < hours.start < 13 * 60 and not re.search("[ap]m", words, re.IGNORECASE):
        later = Hours(hours.start, hours.stop + DAY // 2)
        begin, end = (
            f"{m // 60}:{m % 60:02}".removesuffix(":00") for m in (hours.start, hours.stop)
        )
        half = "am" if hours.start < DAY // 2 else "pm"
        raise GrammarError(
            f'"{shorten(words)}" would be through the night; write {later}, '
            f"or {begin}{half}-{end}am if that is meant"
        )
    return hours


def _route(words: str, reading: Reading) -> Route:
    """Read what follows `via`: where any name may be a channel, blanks alone make no list of it."""
    if reading.channels is None and "," not in words and " then " not in words and " " in words:
        raise GrammarError(f'"{shorten(words)}" is not a channel; write via desktop,email')
    return read_route(words, reading.channels)


def _moment(words: str, reading: Reading, minute: int | None) -> int:
    try:
        return read_moment(words, reading, minute)
    except GrammarError as error:
        try:
            length = read_duration(words)
        except GrammarError:
            raise error from None
        raise GrammarError(
            f'"{shorten(words)}" is a length of time; write within {length}, '
            f"or in {length} for exactly then"
        ) from None


def _length_or_moment(words: str, reading: Reading) -> Duration | int:
    try:
        return read_duration(words)
    except GrammarError as error:
        try:
            return read_moment(words, reading, 0)
        except GrammarError:
            # Of two sentences, one word such as "1ms" or "-1h" wants the one about lengths.
            if _ONE_LENGTH.fullmatch(words.strip()):
                raise error from None
            raise
