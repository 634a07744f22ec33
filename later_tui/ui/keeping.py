"""Keeping what was read: in Redis, or on this machine until Redis takes it."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from later_tui.domain.errors import BadInputError, OutsideError, StoreError
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.ui.saying import Sentence
from later_tui.ui.session import Session

T = TypeVar("T")

KEPT = Sentence("kept", "kept")
HERE = Sentence("kept on this machine until Redis is back", "kept here until Redis is back")
ALONE = Sentence("kept, by one node only until a replica has it", "kept, by one node only")
HURRY_S = 1.0
"""How long Redis may take for what is being kept while the app is left, s."""


class Line(NamedTuple):
    """A line, and what is to be kept of it: several, where it asks for several draws."""

    text: str
    news: tuple[NewReminder, ...]


class Planned(NamedTuple):
    """What is to be kept of many lines, and those that cannot be read, each with why."""

    lines: tuple[Line, ...]
    left: tuple[tuple[str, str], ...]


class StoppedError(StoreError):
    """Redis had not answered when it was stopped; it may take effect all the same."""


class NotAllKeptError(OutsideError):
    """Neither Redis nor this machine has taken everything: only what stood before `kept`."""

    def __init__(self, reason: OutsideError, kept: int) -> None:
        super().__init__(str(reason))
        self.kept = kept


class Keeper:
    """Makes reminders of lines and hands them over."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._hurried = asyncio.Event()
        self._away = asyncio.Event()

    def redis_is(self, *, away: bool) -> None:
        """Redis cannot be used, or can again: what it is to keep does not wait for it, or does."""
        if away:
            self._away.set()
        else:
            self._away.clear()

    def hurry(self) -> None:
        """The app is being left: what Redis does not take within `HURRY_S` is put by here."""
        self._hurried.set()

    def plan(self, text: str, was: Reminder | None = None) -> tuple[NewReminder, ...]:
        """Return what is to be kept of a line; `was` is the reminder that it changes.

        Slow where a date is in it. Raises BadInputError.
        """
        from later_tui.domain.editing import read_line
        from later_tui.domain.plan import plan

        session, settings = self._session, self._session.settings
        draft, _ = read_line(text, session.reading, was)
        return plan(
            draft,
            now=session.now,
            quiet=settings.quiet,
            minimum_gap=settings.minimum_gap,
            username=settings.user,
            habits=settings.habits,
            origin=was.origin if was else session.origin(),
            random=session.random,
            form=settings.times,
        )

    def plan_many(self, lines: Sequence[str]) -> Planned:
        """Return what is to be kept of each line by itself."""
        read: list[Line] = []
        left: list[tuple[str, str]] = []
        for line in lines:
            try:
                read.append(Line(line, self.plan(line)))
            except BadInputError as error:
                left.append((line, str(error)))
        return Planned(tuple(read), tuple(left))

    async def hand_over(
        self, lines: Sequence[Sequence[NewReminder]], enough: asyncio.Event, *, spare: float = 0.0
    ) -> Sentence:
        """Keep lines' reminders in Redis, or on this machine until Redis takes them; say which.

        `spare`: how long Redis may still take once `enough` is set, s.

        Raises NotAllKeptError, when this machine's disk does not take them either: of a line
        everything is kept, or nothing.
        """
        news = [new for line in lines for new in line]
        try:
            kept = await self.answer(
                self._session.store.add_many(news), enough, spare=spare, hurry=HURRY_S
            )
        except OutsideError:
            # The status line says what is wrong there; the thought is safe here.
            await asyncio.to_thread(self._put_by, lines)
            return HERE
        lonely = [new for new, one in zip(news, kept, strict=True) if one.alone]
        if lonely:
            # Redis has them: without a copy here they are kept all the same.
            with suppress(OutsideError):
                await asyncio.to_thread(self._put_by, [[new] for new in lonely])
            return ALONE
        return KEPT

    async def change(
        self, reminder_id: str, new: NewReminder, enough: asyncio.Event, *, again: bool
    ) -> Reminder:
        """Change a reminder; `again`: unless it is changed already, the reply having been lost.

        Raises StoreError.
        """
        return await self.answer(self._change(reminder_id, new, again=again), enough)

    async def answer(
        self,
        asked: Coroutine[Any, Any, T],
        enough: asyncio.Event,
        *,
        spare: float = 0.0,
        hurry: float | None = None,
    ) -> T:
        """Return what Redis answers; raise StoreError where nobody waits for that any more.

        It may take effect all the same. How long it may still take, s: `spare` once `enough` is
        set (then it raises StoppedError), `hurry` while the app is left.
        """
        if self._session.trouble:
            asked.close()
            raise StoreError(self._session.trouble)
        answer = asyncio.create_task(asked)
        hurried = asyncio.create_task(self._hurried.wait())
        away = asyncio.create_task(self._away.wait())
        stopped = asyncio.create_task(enough.wait())
        first = asyncio.FIRST_COMPLETED
        try:
            await asyncio.wait([answer, hurried, away, stopped], return_when=first)
            if hurried.done() and not stopped.done():
                await asyncio.wait([answer, away, stopped], timeout=hurry, return_when=first)
            if stopped.done():
                await asyncio.wait([answer, away], timeout=spare, return_when=first)
            if not answer.done() and enough.is_set():
                raise StoppedError("Redis had not answered when it was stopped")
            if not answer.done():
                raise StoreError("Redis does not answer, and is not waited for any longer")
            return await answer
        finally:
            for waiting in (answer, hurried, away, stopped):
                waiting.cancel()

    async def _change(self, reminder_id: str, new: NewReminder, *, again: bool) -> Reminder:
        store = self._session.store
        if again:
            there = await store.get(reminder_id)
            if (there.seed, there.text) == (new.seed, new.text):  # each change draws another seed
                return there
        return await store.edit(reminder_id, new)

    def _put_by(self, lines: Sequence[Sequence[NewReminder]]) -> None:
        outbox = self._session.outbox
        for at, news in enumerate(lines):
            try:
                for new in news:
                    outbox.keep(new)
            except OutsideError as error:
                for new in news:
                    outbox.drop(new.id)
                raise NotAllKeptError(error, at) from error
