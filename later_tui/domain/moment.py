"""Moments as people write them: 18:00, fri, tomorrow 9am, 24 dec 18:00, 2026-12-24."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from later_tui.domain.daytime import read_clock
from later_tui.domain.duration import shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY
from later_tui.domain.reading import Reading

MORNING, EVENING = 9 * 60, 20 * 60
"""The minutes of the day of an exact day without a time, and of "tonight"."""

_WEEKDAYS = (
    ("mon", "monday"),
    ("tue", "tues", "tuesday"),
    ("wed", "weds", "wednesday"),
    ("thu", "thur", "thurs", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
"""Monday is 0."""
_MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""January is 1."""
NEAR_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}\S{0,20}")
UNCLEAR = frozenset({"next", "this", "coming", "last"})
_EXAMPLES = "write for example fri, tomorrow 18:00, 24 dec or 2030-12-24"


def wall(day: date, minute: int, zone: ZoneInfo, fold: int = 0) -> int:
    """Return the moment of `minute` (0 … 1440) of `day` in `zone`, ms UTC.

    A time that the clocks skip is as long after the change as it would have been after its
    beginning (2:30 becomes 3:30); of a time that comes twice, `fold` tells which.
    """
    if minute == DAY:
        day, minute = day + timedelta(days=1), 0
    there = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), zone)
    return _ms(there)


def day_of(moment: int, zone: ZoneInfo) -> date:
    """Return the day in `zone` of `moment` (ms UTC)."""
    return (_EPOCH + timedelta(milliseconds=moment)).astimezone(zone).date()


def next_time(minute: int, now: int, zone: ZoneInfo) -> int:
    """Return the first moment after `now` at which clocks in `zone` show `minute`, ms UTC."""
    today = day_of(now, zone)
    moments: list[int] = []
    for ahead in range(-1, 3):
        first, again = (wall(today + timedelta(days=ahead), minute, zone, fold) for fold in (0, 1))
        # A time that comes twice has its later moment at fold 1; a skipped one, an earlier.
        moments += (first, max(first, again))
    return min(moment for moment in moments if moment > now)


def read_moment(text: str, reading: Reading, minute: int | None) -> int:
    """Read a time of day, a day, or both (in either order); returns ms UTC, perhaps past.

    `minute` is the time of a day that comes without one: `hours.DAY` stands for its last
    millisecond, and None means that a time is wanted. A time alone is its next one; a weekday
    is never today. Raises GrammarError with what would work.
    """
    words = text.split()
    shown = f'"{shorten(text)}"'
    if not words:
        raise GrammarError(f"a day or a time is missing; {_EXAMPLES}")
    if len(words) == 1 and _ISO_MOMENT.fullmatch(words[0]):
        return _iso_moment(words[0], reading.zone, shown)
    words, clock = _split_clock([word.lower() for word in words])
    if not words and clock is not None:
        return next_time(clock, reading.now, reading.zone)
    if clock is None and minute is None and not (len(words) == 1 and words[0].isdecimal()):
        raise GrammarError(f"{shown} has no time of day; write for example 18:00, 6pm or noon")
    end = clock is None and minute == DAY
    day = _read_day(words, reading, end)
    if day is None:
        raise GrammarError(_unreadable(words, shown))
    if minute == MORNING and words == ["tonight"]:
        minute = EVENING
    try:
        if end:
            return wall(day, DAY, reading.zone) - 1
        return wall(day, clock if clock is not None else minute or 0, reading.zone)
    except OverflowError:
        raise GrammarError(f"{shown} is beyond the calendar; {_EXAMPLES}") from None


def is_clock(text: str) -> bool:
    """Tell whether `text` is a time of day and nothing else."""
    return read_clock(text.strip()) is not None


def _split_clock(words: list[str]) -> tuple[list[str], int | None]:
    """Take a time of day off the end or the beginning of `words`."""
    for count in (2, 1):
        if len(words) < count:
            continue
        ends = (words[:-count], words[-count:]), (words[count:], words[:count])
        for rest, part in ends:
            clock = read_clock(" ".join(part))
            # Is the midnight of Friday its first or its last moment? Nobody agrees.
            if clock is None or (rest and part == ["midnight"]):
                continue
            if rest and rest[-1] == "at":
                rest = rest[:-1]
            return rest, clock
    return words, None


def _read_day(words: list[str], reading: Reading, end: bool) -> date | None:
    today = day_of(reading.now, reading.zone)
    bare = [word.rstrip(",.") for word in words]
    text = " ".join(bare)
    if text in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[text])
    if text in WEEKDAYS:
        ahead = (WEEKDAYS[text] - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    if ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    # Only a day and a month's name are worth the calendar, which is slow to load.
    if any(word in MONTHS for word in bare) and all(map(_belongs_to_a_date, bare)):
        moment = reading.calendar(" ".join(words), reading.now, reading.zone, end)
        return None if moment is None else day_of(moment, reading.zone)
    return None


def _belongs_to_a_date(word: str) -> bool:
    return word in MONTHS or word in ("the", "of") or word[:1].isdigit()


def _iso_moment(word: str, zone: ZoneInfo, shown: str) -> int:
    try:
        found = datetime.fromisoformat(word)
        return _ms(found if found.tzinfo else found.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise GrammarError(f"{shown} is not a moment; write 2030-12-24T18:00") from None


def _unreadable(words: list[str], shown: str) -> str:
    if words and words[0] in UNCLEAR:
        return f"{shown} means different days to different people; write fri, 24 dec or 2030-12-24"
    if len(words) == 1 and words[0].isdecimal():
        return f"{shown} is a number alone; write for example 18:00, 6pm, fri or 24 dec"
    if len(words) == 1 and words[0] in MONTHS:
        return f"{shown} is a month without a day; write for example 24 {words[0]}"
    return f"{shown} is not a day or a time to come; {_EXAMPLES}"


def _ms(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)
