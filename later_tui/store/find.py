"""Looking for reminders among any number of them, in steps that keep nobody waiting.

Few are read one after the other. Of many, words, tags and channels are looked for in an index
(`textindex`), and what it finds is read and compared; it is made by the first search, which finds
what it comes across meanwhile. What has neither word nor tag nor channel (`is:late`) is looked for
by reading the lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from later_tui.domain.query import Kind, Query, place_among_found
from later_tui.domain.reminder import Reminder
from later_tui.store.codec import BadRecordError, decode
from later_tui.store.command import Flow, command
from later_tui.store.indexing import Indexing
from later_tui.store.keys import Keys
from later_tui.store.stretch import EVER, Stretch, lengths, read
from later_tui.store.textindex import line, says

FEW = 3000
"""So many reminders are read, not looked for in an index."""
READ_AT_ONCE = 100
ASKED_AT_ONCE = 1000

_UNANSWERED = {"unanswered", "delivered", "failed", "unknown"}
_PAST = {"past", "done", "let-go", "late"} | _UNANSWERED


@dataclass(frozen=True, slots=True)
class Found:
    """What one step of a search found."""

    reminders: tuple[Reminder, ...]
    """Upcoming ones by the ends of their windows, then past ones, the newest first."""
    examined: int
    total: int
    """How many are to be examined, about."""
    done: bool
    more: bool = False
    """Whether the search ended at its limit: there is more."""


class Search:
    """One search. `step` is to be carried out until it says `done`."""

    def __init__(
        self, keys: Keys, username: str, query: Query, indexing: Indexing | None, limit: int
    ) -> None:
        self._keys = keys
        self._username = username
        self._query = query
        self._indexing = indexing
        self._limit = limit
        self._left = stretches(query)
        self._needles = list(needles(query))
        self._found: set[str] = set()
        self._waiting: list[bytes] = []
        """Ids of those that may be what is looked for, by their words."""
        self._at = -1
        """How far the index was looked through; -1: not begun."""
        self._examined = self._total = 0
        self._indexed = False

    def step(self) -> Flow[Found]:
        """Look a little further. Raises OSError if the index cannot be written."""
        if self._at < 0:
            yield from self._begin()
        if self._indexed and self._indexing is not None:
            fresh, ended = yield from self._in_index(self._indexing)
        else:
            fresh, ended = yield from self._in_lists()
        room = self._limit - len(self._found)
        kept = sorted(fresh, key=place_among_found)[:room]
        self._found.update(one.id for one in kept)
        more = len(fresh) > room
        examined = min(self._examined, self._total)
        return Found(tuple(kept), examined, self._total, ended or more, more)

    def without_index(self) -> None:
        """Go on by reading the lists, from the beginning: what was found is not found again."""
        self._indexing, self._indexed, self._examined = None, False, 0
        self._waiting = []

    def _begin(self) -> Flow[None]:
        self._at = 0
        if self._left:
            counts = yield lengths(self._keys, self._username, self._left)
            self._total = sum(counts)
        self._indexed = bool(self._needles) and self._total > FEW and self._indexing is not None
        if self._indexed and self._indexing is not None:
            yield from self._indexing.begin()

    def _in_index(self, indexing: Indexing) -> Flow[tuple[list[Reminder], bool]]:
        index = indexing.index
        if not self._waiting:
            if self._at >= index.size:
                yield from indexing.go_on()
            names, self._at, lines = index.candidates(self._needles, self._at)
            self._waiting = yield from self._listed(names)
            self._examined += lines
        found = yield from self._read_some()
        ended = not self._waiting and index.whole and self._at >= index.size
        return found, ended

    def _listed(self, names: Sequence[bytes]) -> Flow[list[bytes]]:
        """Return those that stand in the lists in which what is looked for can be."""
        names = list(dict.fromkeys(names))
        if not names or self._left == stretches(Query()):
            return names
        parts = [names[i : i + ASKED_AT_ONCE] for i in range(0, len(names), ASKED_AT_ONCE)]
        listed: dict[bytes, None] = {}
        for one in self._left:
            scores = yield [
                command("ZMSCORE", f"{self._keys.prefix}{self._username}_{one.name}", *part)
                for part in parts
            ]
            flat = (score for part in scores for score in part)
            pairs = zip(names, flat, strict=True)
            listed |= {name: None for name, score in pairs if one.holds(score)}
        return list(listed)

    def _in_lists(self) -> Flow[tuple[list[Reminder], bool]]:
        if self._waiting or not self._left:
            found = yield from self._read_some()
            return found, not (self._waiting or self._left)
        whole = not self._needles
        got = yield from read(self._keys, self._username, self._left, whole=whole)
        self._left = got.rest
        self._examined += got.looked_at
        if whole:
            pairs = ((entry[0], entry[1:]) for entry in got.entries)
            return list(self._matching(pairs)), not self._left
        # To read all of a record takes ten times as long as to read its words.
        self._waiting = [entry[0] for entry in got.entries if says(line(*entry), self._needles)]
        found = yield from self._read_some()
        return found, not (self._waiting or self._left)

    def _read_some(self) -> Flow[list[Reminder]]:
        """Read the first of those that may be what is looked for."""
        some, self._waiting = self._waiting[:READ_AT_ONCE], self._waiting[READ_AT_ONCE:]
        if not some:
            return []
        prefix = self._keys.task("").encode()
        records = yield [command("HGETALL", prefix + name) for name in some]
        return list(self._matching(zip(some, records, strict=True)))

    def _matching(self, records: Iterable[tuple[bytes, Sequence[bytes]]]) -> Iterator[Reminder]:
        for name, pairs in records:
            try:
                one = decode(name.decode("utf-8", "replace"), pairs)
            except BadRecordError:
                continue  # the worker sets it aside and says so
            known = one.username != self._username or one.id in self._found
            if not known and self._query.matches(one):
                yield one


def needles(query: Query) -> Iterator[bytes]:
    """Return what the line of every reminder that is looked for has in it."""
    marks = {Kind.TEXT: "", Kind.TAG: "#", Kind.CHANNEL: "!"}
    for kind, mark in marks.items():
        for values in query.wanted(kind):
            if len(values) == 1:
                # A whole tag, not the beginning of a longer one.
                yield f"{mark}{values[0]}{' ' if mark else ''}".encode()


def stretches(query: Query) -> tuple[Stretch, ...]:
    """Return the lists in which what is looked for can be, and between which moments."""
    low = max((int(v[0]) for v in query.wanted(Kind.AFTER)), default=None)
    high = min((int(v[0]) for v in query.wanted(Kind.BEFORE)), default=None)
    between = (EVER[0] if low is None else str(low), EVER[1] if high is None else f"{high - 1}")
    upcoming, past, unanswered = (Stretch(name, *between) for name in _LISTS)
    names = [set(values) for values in query.wanted(Kind.IS)]
    if any(values <= _UNANSWERED for values in names):
        return (unanswered,)
    if any(values <= _PAST for values in names):
        return (past,)
    if {"upcoming"} in names:
        return (upcoming,)
    return (upcoming, past)


_LISTS = ("tasks", "past", "unanswered")
