"""Finding while one types: at once among what is loaded, then exactly among all."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual.fuzzy import Matcher

from later_tui.domain.errors import LaterError
from later_tui.domain.query import Kind, Query, listed_at
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import Reminder
from later_tui.ui.session import Session
from later_tui.ui.shelf import HOW_TO_FIND, LOOKING, NOTHING_FOUND
from later_tui.widgets.find_bar import FindBar

SHOWN = 500
"""How many are shown; a longer query finds the others."""
NEARLY = 20
"""How many of the loaded ones are shown that only nearly match."""
NEAR = 1.5
"""The least score for each letter that is near enough; letters strewn over a sentence have less."""
PAUSE_S = 0.08
"""How long the typing must rest before all are looked through."""

CANNOT = "That cannot be looked for."
ORDERS = ("by time", "newest kept first", "by words")


class Finder:
    """One search after the other.

    `show` is called with what there is so far, and with what to say while that is nothing.
    """

    def __init__(
        self,
        session: Session,
        bar: FindBar,
        loaded: Callable[[], Iterable[Reminder]],
        show: Callable[[Sequence[Reminder], Sequence[str]], None],
    ) -> None:
        self._session = session
        self._bar = bar
        self._loaded = loaded
        self._show = show
        self._order = 0
        self._instead: Sequence[str] = HOW_TO_FIND
        self._found: list[Reminder] = []
        self._near: list[Reminder] = []

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
        self._found, self._near = [], []
        try:
            query = read_query(text, self._session.reading)
        except LaterError as error:
            self._bar.say("")
            self._show([], (CANNOT, str(error)))
            return
        if query.empty:
            self._bar.say("")
            self._instead = HOW_TO_FIND
            self._tell()
            return
        self._instead = LOOKING
        self._look_at_loaded(query)
        await asyncio.sleep(PAUSE_S)
        try:
            await self._look_at_all(query)
        except LaterError as error:
            self._bar.say("not all were looked at")
            self._show([], (CANNOT, str(error)))

    def _look_at_loaded(self, query: Query) -> None:
        loaded = list(self._loaded())
        self._found = sorted((one for one in loaded if query.matches(one)), key=listed_at)
        self._near = nearly(query, loaded)
        self._tell()

    async def _look_at_all(self, query: Query) -> None:
        found: list[Reminder] = []
        search = self._session.store.find(self._session.settings, query, limit=SHOWN)
        try:
            async for page in search:
                found += page.reminders
                if page.done:
                    self._instead = NOTHING_FOUND
                if len(found) >= len(self._found) or page.done:
                    self._found = found[:SHOWN]
                    self._tell()
                self._bar.say(progress(len(found), page.examined, page.total, done=page.done))
        finally:
            await search.aclose()

    def _tell(self) -> None:
        known = {one.id for one in self._found}
        near = [one for one in self._near if one.id not in known]
        self._show([*self._ordered(), *near], self._instead)

    def _ordered(self) -> list[Reminder]:
        match self._order:
            case 1:
                return sorted(self._found, key=lambda one: -one.origin.created_at)
            case 2:
                return sorted(self._found, key=lambda one: one.text.casefold())
            case _:
                return self._found


def nearly(query: Query, loaded: Iterable[Reminder]) -> list[Reminder]:
    """Return those of `loaded` whose words have the letters of the query in order, best first.

    Only where the query is nothing but words.
    """
    words = [value for values in query.wanted(Kind.TEXT) for value in values]
    if not words or len(words) != len(query.terms):
        return []
    wanted = " ".join(words)
    matcher, least = Matcher(wanted), NEAR * len(wanted)
    scored = [(matcher.match(one.text), one) for one in loaded]
    near = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
    return [one for _, one in near[:NEARLY]]


def progress(found: int, examined: int, total: int, *, done: bool) -> str:
    """Return how far a search is, in words."""
    many = f"the first {SHOWN}" if found >= SHOWN else f"{found:,}"
    if done or examined >= total:
        return f"{many} found"
    return f"{many} found, {examined:,} of {total:,} looked at"
