"""Finding while one types: at once among what is loaded, then exactly among all."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest

from later_tui.domain.errors import LaterError, OutsideError
from later_tui.domain.fold import fold
from later_tui.domain.nearness import nearness
from later_tui.domain.query import Kind, Query, place_among_found
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import Reminder
from later_tui.ui.paced import paced
from later_tui.ui.session import Session
from later_tui.widgets.find_bar import FindBar

SHOWN = 500
"""How many are shown; a longer query finds the others."""
NEARLY = 20
"""How many of the loaded ones are shown that only nearly match."""
NEAR = 0.7
"""The least nearness that is near enough; letters strewn over a sentence have less."""
LONGEST, LONGEST_WANTED = 400, 40
"""Nearly matched is the beginning of a thought, with what is no longer than the second; letters."""
PAUSE_S = 0.08
"""How long the typing must rest before all are looked through."""

HOW_TO_FIND = (
    "What do you look for?",
    "All that you have kept is looked through.",
    'Also for "these words", -not-this, in:folder.',
)
LOOKING = ("Looking…",)
CANNOT = "That cannot be looked for."
NOT_ALL = "Not all could be looked through."
AGAIN = "It is looked for again when Redis answers."
OPENING = ("Redis is still being opened.", "What you look for is looked for then.")
ORDERS = ("by time", "newest kept first", "by words")


class Finder:
    """One search after the other.

    `show` is called with what there is so far, what nearly is that, and what to say without any.
    """

    def __init__(
        self,
        session: Session,
        bar: FindBar,
        loaded: Callable[[], Iterable[Reminder]],
        show: Callable[[Sequence[Reminder], Sequence[Reminder], Sequence[str]], None],
    ) -> None:
        self._session = session
        self._bar = bar
        self._loaded = loaded
        self._show = show
        self._order = 0
        self._instead: Sequence[str] = HOW_TO_FIND
        self._found: list[Reminder] = []
        self._near: list[Reminder] = []
        self._broken_off = False
        self._looking = 0

    @property
    def looking(self) -> bool:
        """Whether a search is under way."""
        return self._looking > 0

    @property
    def broken_off(self) -> bool:
        """Whether the last search could not look through all, because Redis did not answer."""
        return self._broken_off

    @property
    def order(self) -> str:
        """In which order what was found is shown."""
        return ORDERS[self._order]

    def reorder(self) -> None:
        """Go to the next order."""
        self._order = (self._order + 1) % len(ORDERS)
        self._tell()

    async def find(self, text: str) -> None:
        """Look for `text`; cancelled when something else is looked for. Raises nothing."""
        self._looking += 1
        try:
            await self._look_for(text)
        finally:
            self._looking -= 1

    async def _look_for(self, text: str) -> None:
        self._found, self._near, self._broken_off = [], [], False
        try:
            query = read_query(text, self._session.reading)
        except LaterError as error:
            self._bar.say("")
            self._show([], [], (CANNOT, str(error)))
            return
        if query.empty:
            self._bar.say("")
            self._instead = HOW_TO_FIND
            self._tell()
            return
        self._instead = LOOKING
        await self._look_at_loaded(query)
        await asyncio.sleep(PAUSE_S)
        try:
            await self._look_at_all(query)
        except OutsideError as error:
            self._break_off(error)
        except LaterError as error:
            self._bar.say("")
            self._show([], [], (CANNOT, str(error)))

    def _break_off(self, error: OutsideError) -> None:
        """Leave what was found so far, and say that it is not all there is."""
        self._broken_off = True
        opening = self._session.opened is None and not self._session.trouble
        self._instead = OPENING if opening else (NOT_ALL, str(error), AGAIN)
        self._tell()
        found = len(self._found)
        self._bar.say(f"{found:,} found, not all looked at" if found else "not looked at yet")

    async def _look_at_loaded(self, query: Query) -> None:
        found: list[Reminder] = []
        near: list[tuple[float, Reminder]] = []
        wanted = words_alone(query)
        async for one in paced(tuple(self._loaded())):
            if query.matches(one):
                found.append(one)
            elif wanted and (score := near_enough(wanted, one.text)):
                near.append((score, one))
        self._found = sorted(found, key=place_among_found)
        self._near = [one for _, one in nlargest(NEARLY, near, key=lambda pair: pair[0])]
        self._tell()

    async def _look_at_all(self, query: Query) -> None:
        found: list[Reminder] = []
        search = self._session.store.find(self._session.settings, query, limit=SHOWN)
        try:
            async for page in search:
                found += page.reminders
                if page.done:
                    self._instead = nothing_found(query)
                if len(found) >= len(self._found) or page.done:
                    self._found = found[:SHOWN]
                    self._tell()
                shown = max(len(found), len(self._found))
                near = len(self._near_only())
                self._bar.say(progress(shown, page.examined, page.total, done=page.done, near=near))
        finally:
            await search.aclose()

    def _tell(self) -> None:
        self._show(self._ordered(), self._near_only(), self._instead)

    def _near_only(self) -> list[Reminder]:
        known = {one.id for one in self._found}
        return [one for one in self._near if one.id not in known]

    def _ordered(self) -> list[Reminder]:
        match self._order:
            case 1:
                return sorted(self._found, key=lambda one: -one.origin.created_at)
            case 2:
                return sorted(self._found, key=lambda one: one.text.casefold())
            case _:
                return self._found


def words_alone(query: Query) -> str:
    """Return the words of a query that is nothing but words, and no more than a few; or empty."""
    words = [value for values in query.wanted(Kind.TEXT) for value in values]
    wanted = " ".join(words)
    return wanted if len(words) == len(query.terms) and len(wanted) <= LONGEST_WANTED else ""


def near_enough(wanted: str, text: str) -> float:
    """Return how nearly the beginning of a thought has what is wanted; 0 if not nearly enough."""
    score = nearness(wanted, fold(text[:LONGEST]))
    return score if score >= NEAR else 0.0


def nothing_found(query: Query) -> tuple[str, ...]:
    """Return what to say when nothing is found: what would find more, if that can be told."""
    said = "Nothing is found."
    values = [value for term in query.terms for value in term.values]
    if len(query.terms) > 1 or any(" " in value for value in values):
        return said, "Fewer words find more."
    return (said, "A part of a word is enough.") if query.wanted(Kind.TEXT) else (said,)


def progress(found: int, examined: int, total: int, *, done: bool, near: int = 0) -> str:
    """Return how far a search is, in words; `near` of what is shown is only nearly that."""
    many = f"the first {SHOWN}" if found >= SHOWN else f"{found:,}"
    if done or examined >= total:
        return f"{many} found, {near} nearly" if near else f"{many} found"
    return f"{many} found, {examined:,} of {total:,} looked at"
