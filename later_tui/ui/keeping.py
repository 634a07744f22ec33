"""Keeping what was read: in Redis, or on this machine until Redis takes it."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from later_tui.domain.errors import BadInputError, OutsideError
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.ui.session import Session


class Planned(NamedTuple):
    """What is to be kept of many lines, and those that cannot be read, each with why."""

    news: tuple[NewReminder, ...]
    left: tuple[tuple[str, str], ...]


class Keeper:
    """Makes reminders of lines and hands them over."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        news: list[NewReminder] = []
        left: list[tuple[str, str]] = []
        for line in lines:
            try:
                news += self.plan(line)
            except BadInputError as error:
                left.append((line, str(error)))
        return Planned(tuple(news), tuple(left))

    async def hand_over(self, news: Sequence[NewReminder]) -> str:
        """Keep reminders in Redis, or on this machine until Redis takes them; say which."""
        try:
            kept = await self._session.store.add_many(news)
        except OutsideError:
            # The status line says what is wrong there; the thought is safe here.
            await asyncio.to_thread(self._put_by, news)
            return "kept on this machine until Redis is back"
        lonely = [new for new, one in zip(news, kept, strict=True) if one.alone]
        if lonely:
            await asyncio.to_thread(self._put_by, lonely)
            return "kept, by one node only until a replica has it"
        return "kept"

    def _put_by(self, news: Sequence[NewReminder]) -> None:
        for new in news:
            self._session.outbox.keep(new)
