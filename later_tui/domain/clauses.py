"""Reading a line from the right: peeling one clause after another off its end."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from later_tui.domain.daybefore import day_before
from later_tui.domain.duration import shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.hours import DAY
from later_tui.domain.moment import WEEKDAYS, day_of, is_clock, read_moment
from later_tui.domain.reading import Reading
from later_tui.domain.route import is_channel, names_known
from later_tui.domain.values import Values, is_tag, read_channel, read_count
from later_tui.domain.via import is_slip, route_at_end
from later_tui.domain.words import KEYWORDS, is_attempt

_T = TypeVar("_T")

_LONGEST = 8
"""The most words that a clause's value may have."""

_COUNT = re.compile(r"x([0-9]+)")
_PROCESSORS = frozenset({"x64", "x86"})
_TAKES_A_TIME = frozenset({"by", "on", "after"})
_TIMES = frozenset({"at", "by", "after", "between"})
"""What says a time of day: a day may stand before it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it was typed: `line[start:stop] == source`.

    `keyword` is the first word in lower case, or "x", "#" or "!".
    """

    keyword: str
    source: str
    start: int
    stop: int


class _Word(NamedTuple):
    text: str
    start: int


def peel(line: str, reading: Reading, values: Values) -> tuple[str, tuple[Clause, ...]]:
    """Put the clauses at the end of `line` into `values`; return the thought and the clauses.

    The thought is what stands before them, letter for letter, without the blanks around it.
    A word `--` before the clauses is removed and ends the reading; else a backslash before
    the `#` or `!` of the thought's last words is removed. Raises GrammarError.
    """
    clauses: list[Clause] = []
    stop = len(line.rstrip())
    while words := _last_words(line, stop):
        if words[-1].text == "--":
            return line[: words[-1].start].strip(), tuple(reversed(clauses))
        clause = (
            _single(words[-1], reading, values)
            or _route(line, stop, reading, values)
            or _phrase(line, words, stop, reading, values, clauses)
        )
        if clause is None:
            break
        clauses.append(clause)
        stop = len(line[: clause.start].rstrip())
    return _without_escapes(line[:stop]).strip(), tuple(reversed(clauses))


def _last_words(line: str, stop: int) -> list[_Word]:
    parts = line[:stop].rsplit(None, _LONGEST + 1)[-_LONGEST - 1 :]
    words: list[_Word] = []
    for part in reversed(parts):
        stop = line.rfind(part, 0, stop)
        words.append(_Word(part, stop))
    words.reverse()
    return words


def _single(word: _Word, reading: Reading, values: Values) -> Clause | None:
    """Read a clause of one word: x3, #tag, !channel."""
    text, start = word
    sign, name = text[0], text[1:]
    if sign == "#" and is_tag(name):
        values.tags[:0] = [name]
    elif sign == "!" and (is_channel(name) or names_known(name, reading.channels)):
        escape = f"write \\{shorten(text)} to keep the word as it is"
        values.channels[:0] = [_or_else(escape, lambda: read_channel(name, reading))]
    elif (count := _COUNT.fullmatch(text)) and text not in _PROCESSORS:
        _refuse_twice("x", text, values)
        # Six digits are enough to be refused.
        values.count = _or_else(_KEEP, lambda: read_count(int(count[1][:6])))
        values.given["x"] = text
        sign = "x"
    else:
        return None
    return Clause(sign, text, start, start + len(text))


def _route(line: str, stop: int, reading: Reading, values: Values) -> Clause | None:
    """Read a `via` with `then` in it; None if there is none that is a route."""
    found = route_at_end(line, stop, reading.channels)
    if found is None:
        return None
    start, words = found
    if error := _put(values, "via", words, reading):  # a second one
        raise GrammarError(f"{error}, or {_KEEP}")
    return Clause("via", line[start:stop], start, stop)


def _phrase(
    line: str,
    words: list[_Word],
    stop: int,
    reading: Reading,
    values: Values,
    clauses: list[Clause],
) -> Clause | None:
    """Read a clause of a keyword and its value; None if the words belong to the thought."""
    at = len(words) - 1
    while at >= 0 and words[at].text.lower() not in KEYWORDS and words[at].text != "--":
        at -= 1
    value = [word.text for word in words[at + 1 :]]
    if at < 0 or not value or words[at].text == "--":
        return None
    keyword, start = words[at].text.lower(), words[at].start
    text = " ".join(value)
    before = words[at - 1].text.lower() if at else ""
    if keyword == "every" and before == "nag":  # as it is told
        keyword, start = "nag", words[at - 1].start
    if keyword == "after" and before == "day" and value[0].lower() == "tomorrow":
        name = _weekday(reading, 2)
        raise GrammarError(f'"the day after tomorrow" is not read; write on {name}, or {_KEEP}')
    source = line[start:stop]
    # "by fri at 18:00" is one clause, though `at 18:00` was peeled off first.
    if keyword in _TAKES_A_TIME and values.clock and clauses[-1].keyword == "at":
        joined = f"{text} {values.clock}"
    else:
        joined = ""
    if joined and _put(values, keyword, joined, reading) is None:
        stop = clauses.pop().stop
        source = line[start:stop]
        values.drop_at()
    elif error := _put(values, keyword, text, reading):
        slip = is_slip(value, reading.channels) if keyword == "via" else is_attempt(keyword, value)
        if not slip:
            return None
        raise GrammarError(f"{error}, or {_KEEP}")
    elif taken := _or_else(_KEEP, lambda: _day(keyword, text, words[:at], reading, values)):
        start = words[at - taken].start
        source = line[start:stop]
    _refuse_twice(keyword, source, values)
    if keyword != "via":
        values.given[keyword] = source
    return Clause(keyword, source, start, stop)


def _day(keyword: str, value: str, before: list[_Word], reading: Reading, values: Values) -> int:
    """Read the day before a clause that has only a time; return how many words that is."""
    if keyword not in _TIMES or not (keyword == "between" or is_clock(value)):
        return 0
    taken, day, name = day_before([word.text for word in before], value)
    if not taken:
        return 0
    if keyword in ("after", "between"):
        read_moment(day, reading, DAY)  # it may be none
        begin, end = value, ""
        if values.between is not None:
            begin, end = (
                f"{m // 60}:{m % 60:02}" for m in (values.between.start, values.between.stop)
            )
        raise GrammarError(
            f'"{day} {keyword} {value}" is not read as one; '
            f"write after {day} {begin} by {day} {end}".rstrip()
        )
    values.put(keyword, f"{day} {value}", reading)
    if name and WEEKDAYS[name] != day_of(read_moment(day, reading, 0), reading.zone).weekday():
        raise GrammarError(f'"{name} {day}" are two days; write one of them')
    if day == "yesterday":
        raise GrammarError(f'"yesterday {keyword} {value}" is past; write a time to come')
    return taken


def _weekday(reading: Reading, ahead: int) -> str:
    """Return the name of the day that is so many days ahead."""
    number = (day_of(reading.now, reading.zone).weekday() + ahead) % 7
    return next(name for name, one in WEEKDAYS.items() if one == number)


def _put(values: Values, keyword: str, text: str, reading: Reading) -> GrammarError | None:
    try:
        values.put(keyword, text, reading)
    except GrammarError as error:
        return error
    return None


_KEEP = "end the line with -- to keep it as it is"


def _or_else(advice: str, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except GrammarError as error:
        raise GrammarError(f"{error}, or {advice}") from None


def _refuse_twice(keyword: str, source: str, values: Values) -> None:
    if keyword in values.given:
        one, other = shorten(source), shorten(values.given[keyword])
        raise GrammarError(f'"{one}" and "{other}" say the same twice; keep one of them')


def _without_escapes(line: str) -> str:
    """Remove the backslash before the # or ! of the last words of `line`."""
    stop = len(line.rstrip())
    cuts: list[int] = []
    while stop and (start := line.rfind(line[:stop].rsplit(None, 1)[-1], 0, stop)) >= 0:
        if not line.startswith(("\\#", "\\!"), start):
            break
        cuts.append(start)
        stop = len(line[:start].rstrip())
    for cut in cuts:
        line = line[:cut] + line[cut + 1 :]
    return line
