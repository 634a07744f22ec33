"""The values of a line's clauses, each read from its own words."""

import re
from dataclasses import dataclass, field

from later_tui.domain.daytime import read_hours
from later_tui.domain.duration import MINUTE, Duration, read_duration, shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY, Hours
from later_tui.domain.moment import MORNING, is_clock, read_moment
from later_tui.domain.reading import Reading

MAX_COUNT = 100
"""The most draws of one line."""

_TAG = re.compile(r"[^\W\d_][^\s#!,;:?()\[\]{}\"'<>`\\]{0,63}(?<![.])")
_ONE_LENGTH = re.compile(r"[+\-\u2212][0-9]\S*|[0-9.]+[a-zA-Z]\S*")
_CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")


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
                self.between = read_hours(words)
            case "via":
                self.channels[:0] = [read_channel(name, reading) for name in words.split(",")]
            case _:
                raise AssertionError(keyword)

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


def is_channel(name: str) -> bool:
    """Tell whether `name` has the form of a channel's name."""
    return _CHANNEL.fullmatch(name) is not None


def read_channel(name: str, reading: Reading) -> str:
    """Return the channel without its !; raises GrammarError unless there is such a channel."""
    name = name.strip().removeprefix("!")
    if is_channel(name) and (reading.channels is None or name in reading.channels):
        return name
    known = ", ".join(sorted(reading.channels or ())) or "desktop, terminal, email, sms"
    raise GrammarError(f'there is no channel "{shorten(name)}"; there are {known}')


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
