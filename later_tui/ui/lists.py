"""Keeping a list, a part at a time: it can be stopped, and nothing of it is lost or kept twice."""

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from later_tui.domain.errors import LaterError
from later_tui.ui.keeping import HERE, KEPT, Keeper, NotAllKeptError
from later_tui.ui.saying import Sentence

STEP = 250
"""How many lines of a list are kept at once; between them one can stop it."""
SPARE_S = 1.0
"""How long Redis may take for the part that it is keeping when it is stopped, s."""


class Outcome(NamedTuple):
    """What became of a list."""

    sentence: str
    """How many thoughts are kept of it, and where."""
    once_back: Sentence | None = None
    """What is true instead once Redis is back."""
    left: tuple[str, ...] = ()
    """The lines that are not."""
    problem: str = ""
    """Why the first of those is not; empty if it was stopped."""

    def told(self, *, later: bool) -> str:
        """Return what became of it, where lines are left: they are in the box, or `later`."""
        one = len(self.left) == 1
        if self.sentence.startswith("nothing"):
            who = "it" if one else "they"
        else:
            who = "the other" if one else "the others"
        are = ("comes" if one else "come") if later else ("is" if one else "are")
        why = f": {self.problem}" if self.problem else ""
        return f"{self.sentence}; {who} {are} here{' after this change' if later else ''}{why}"


class _Part(NamedTuple):
    """What became of a part of a list."""

    kept: int
    """How many lines: however often one of them comes back, it is one thought."""
    said: Sentence | None
    unread: list[str]
    left: list[str]
    """What could be put nowhere: there is no use in going on."""
    problem: str


class Lists:
    """Keeps lists, and holds what of them is not kept yet."""

    def __init__(self, keeper: Keeper, key: Callable[[], str]) -> None:
        """`key` says which key stops it; empty: none does."""
        self._keeper = keeper
        self._key = key
        self._held: list[list[str]] = []
        self._enough: list[asyncio.Event] = []
        self._far = ""

    @property
    def unkept(self) -> tuple[str, ...]:
        """The lines that are not kept yet, or are being kept."""
        return tuple(line for held in self._held for line in held)

    @property
    def under_way(self) -> bool:
        """Whether a list is being kept."""
        return bool(self._enough)

    def told(self) -> str:
        """Return how far it is."""
        words = self._far or "keeping…"
        return f"{words}; {key} stops" if (key := self._key()) else words

    def stop(self) -> None:
        """Stop keeping before the next part; this one goes where it is taken soon."""
        for enough in self._enough:
            enough.set()

    async def keep(self, lines: Sequence[str], tell: Callable[[], object]) -> Outcome:
        """Keep each line as a thought; `tell` is called whenever `told` says something else."""
        kept, said, problem = 0, KEPT, ""
        unread, rest = list[str](), list(lines)
        # Where this is broken off, they stay there: leaving the app gives them back.
        self._held += [unread, rest]
        enough, self._far = asyncio.Event(), ""
        self._enough.append(enough)
        try:
            while rest and not enough.is_set():
                part = await self._keep_part(rest[:STEP], enough)
                rest[:STEP] = part.left
                unread += part.unread
                kept, said = kept + part.kept, part.said or said
                problem = part.problem if part.left else problem or part.problem
                if part.left:
                    break
                if rest:
                    self._far = f"{len(lines) - len(rest):,} of {len(lines):,} kept"
                    tell()
        except LaterError as error:
            problem = str(error)
        self._enough.remove(enough)
        self._held = [one for one in self._held if one is not unread and one is not rest]
        left, once_back = (*unread, *rest), None
        if not kept:
            return Outcome("nothing is kept", None, left, problem)
        if said is HERE and not left:
            once_back = Sentence(f"{KEPT.words}: {_thoughts(kept)}")
        return Outcome(f"{said.words}: {_thoughts(kept)}", once_back, left, problem)

    async def _keep_part(self, lines: Sequence[str], enough: asyncio.Event) -> _Part:
        planned = await asyncio.to_thread(self._keeper.plan_many, lines)
        read, said = planned.lines, None
        problem = planned.left[0][1] if planned.left else ""
        try:
            if read:
                said = await self._keeper.hand_over(
                    [line.news for line in read], enough, spare=SPARE_S
                )
        except NotAllKeptError as error:
            read, problem = read[: error.kept], str(error)
            said = HERE if read else None
        unread = [line for line, _ in planned.left]
        left = [line.text for line in planned.lines[len(read) :]]
        return _Part(len(read), said, unread, left, problem)


def _thoughts(count: int) -> str:
    return f"{count:,} thought{'' if count == 1 else 's'}"
