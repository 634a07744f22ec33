"""Reads what is typed into a search: `query` says what it may be."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from later_tui.domain.duration import read_duration, shorten
from later_tui.domain.errors import GrammarError
from later_tui.domain.fold import fold
from later_tui.domain.moment import read_moment
from later_tui.domain.query import IS, Kind, Query, Term
from later_tui.domain.reading import Reading
from later_tui.domain.route import is_channel
from later_tui.domain.values import is_tag

_PIECE = re.compile(r'(-?)(?:(is|before|after|from|in):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_UNFINISHED = ("is:", "before:", "after:")
_MONTH_MS = 30 * 86_400_000
_MARKS = {
    "#": (Kind.TAG, is_tag),
    "!": (Kind.CHANNEL, lambda name: is_channel(name.lower())),
}
_OTHER_NAMES = {"released": "let-go", "letgo": "let-go"}


def read_query(text: str, reading: Reading) -> Query:
    """Read what is looked for; blanks alone give a query that is empty.

    A quotation mark that is not closed yet is closed at the end. Raises GrammarError for what
    follows `is:`, `before:` or `after:` and cannot be read, with what would work.
    """
    return Query(tuple(_terms(text, reading)))


def _terms(text: str, reading: Reading) -> Iterator[Term]:
    for minus, key, quoted, bare in _PIECE.findall(text):
        if key:
            yield _keyed(Kind(key.lower()), quoted or bare, bool(minus), reading)
        elif quoted:
            if words := fold(quoted):
                yield Term(Kind.TEXT, (words,), bool(minus))
        elif bare.lower() in _UNFINISHED:
            yield _keyed(Kind(bare[:-1].lower()), "", bool(minus), reading)
        elif bare:
            yield from _word(bare, bool(minus))


def _word(bare: str, negated: bool) -> Iterator[Term]:
    kind, may_be = _MARKS.get(bare[0], (Kind.TEXT, None))
    if may_be is not None and may_be(bare[1:]):
        yield Term(kind, (fold(bare[1:]),), negated)
    elif words := fold(bare.replace('"', " ")):
        # A word whose folding has a blank in it is looked for as two.
        yield from (Term(Kind.TEXT, (word,), negated) for word in words.split())


def _keyed(kind: Kind, value: str, negated: bool, reading: Reading) -> Term:
    if kind is Kind.IS:
        return Term(kind, tuple(_state(word) for word in value.split(",")), negated)
    if kind in (Kind.BEFORE, Kind.AFTER):
        return Term(kind, (str(_moment(kind, value, reading)),), negated)
    return Term(kind, (fold(value),), negated)


def _state(word: str) -> str:
    low = fold(word)
    name = _OTHER_NAMES.get(low, low)
    if name not in IS:
        near = get_close_matches(name, IS, n=1)
        meant = f"is:{near[0]}, perhaps" if near else "one of " + ", ".join(IS)
        raise GrammarError(
            f'"is:{shorten(word)}" is not something a reminder can be; write {meant}'
        )
    return name


def _moment(kind: Kind, value: str, reading: Reading) -> int:
    """Return a day's first moment, a time of a day, or one that is so far away; ms UTC."""
    past = value.startswith("-")
    if value[:1] in ("-", "+") or (value[:1].isdigit() and value[-1:].isalpha()):
        try:
            length = read_duration(value[1:] if value[:1] in ("-", "+") else value)
        except GrammarError:
            pass  # a day such as "24dec", or nonsense
        else:
            if not past:
                return length.after(reading.now, reading.zone)
            return reading.now - length.ms - length.months * _MONTH_MS
    try:
        return read_moment(value, reading, 0)
    except GrammarError as error:
        raise GrammarError(f"{kind.value}: {error}, or -2w for two weeks ago") from None
