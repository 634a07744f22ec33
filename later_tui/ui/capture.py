"""From the line in the box to what is kept: reading it, keeping it, editing one that is there."""

import asyncio
from collections.abc import Sequence
from typing import Any

from later_tui.domain.errors import LaterError, OutsideError
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.domain.wording import when
from later_tui.ui.keeping import Keeper
from later_tui.ui.session import Session
from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd

HEADING = "what's on your mind?"
EDITING = "change it, or esc"
STEP = 250
"""How many lines of a list are kept at once; between them one can stop it."""


class Capture:
    """What happens with the words in the box. They leave it only when they are on disk."""

    def __init__(self, session: Session, box: QuickAdd) -> None:
        self._session = session
        self._box = box
        self._keeper = Keeper(session)
        self._edited: Reminder | None = None
        self._aside = ""
        self._planned: tuple[str, tuple[NewReminder, ...]] = ("", ())
        self._keeping = False
        self._entered: list[str] = []
        self._many = False
        self._told = ("", Said())

    @property
    def editing(self) -> bool:
        """Whether the box holds a reminder that is there already."""
        return self._edited is not None

    @property
    def keeping(self) -> bool:
        """Whether what the box holds is being kept now."""
        return self._keeping

    @property
    def unkept(self) -> str:
        """What was written and not kept, changes to a reminder left out."""
        return (self._aside if self._edited else self._box.text).strip()

    async def read(self, text: str) -> None:
        """Show what is read of `text`, unless the box holds other words by then."""
        if not text.strip() and self._box.said.hint:
            return  # an empty box may go on saying what became of the last words
        if text == self._told[0] != "":
            self._box.say(self._told[1])  # and so may what is left of a list
            return
        session = self._session
        settings = session.settings
        # In a thread: the first date costs the import of a date parser.
        said = await asyncio.to_thread(
            _said_of,
            text,
            session.reading,
            settings.quiet,
            settings.habits,
            self._edited,
            settings.times,
            self._sms,
        )
        if self._box.text == text:
            self._box.say(said)

    def _sms(self, text: str) -> str:
        """Return how many text messages `text` takes; most people never need to know."""
        from later_tui.channels.sms.counting import counted

        return counted(text, self._session.settings.channel_options.get("sms", {}))

    async def keep(self, text: str) -> bool:
        """Keep what the box holds; return whether it is kept, and say so, or why not.

        The words stay in the box until they are kept. An Enter meanwhile is for those behind them.
        """
        if not text.strip():
            return False
        if self._keeping:
            self._entered.append(text)
            return False
        self._keeping = True
        try:
            kept = await self._keep_one(text)
            while kept and self._entered:
                before, text = text, self._entered.pop(0)
                if text.startswith(before) and (behind := text.removeprefix(before)).strip():
                    kept = await self._keep_one(behind)
        finally:
            self._entered.clear()
            self._keeping = False
        return kept

    async def _keep_one(self, text: str) -> bool:
        try:
            sentence = await (self._change(text) if self._edited else self._add(text))
        except OutsideError as error:
            self._box.say(Said(problem=f"{error}. Your words stay here; Enter tries again"))
            return False
        except LaterError as error:
            self._box.say(Said(problem=str(error)))
            return False
        # Whatever was typed while it was being kept is the next thought.
        rest = self._box.text
        self._box.text = rest.removeprefix(text) if rest.startswith(text) else rest
        self._leave_edit()
        self._box.say(Said(hint=sentence))
        return True

    async def keep_many(self, lines: Sequence[str]) -> None:
        """Keep each line as a thought, saying how far that is.

        What cannot be read, or was not reached when it was stopped or failed, goes into the box.
        """
        kept, problem, left = 0, "", list[str]()
        self._many = True
        for at in range(0, len(lines), STEP):
            if not self._many:
                left += lines[at:]
                break
            part = lines[at : at + STEP]
            try:
                planned = await asyncio.to_thread(self._keeper.plan_many, part)
                if planned.news:
                    said = await self._keeper.hand_over(planned.news)
            except LaterError as error:
                problem = str(error)
                left += lines[at:]
                break
            kept += len(planned.news)
            left += [line for line, _ in planned.left]
            problem = problem or (planned.left[0][1] if planned.left else "")
            if (done := at + len(part)) < len(lines):
                self._box.say(Said(hint=f"{done:,} of {len(lines):,} kept; esc stops"))
        self._many = False
        count = f"{said}: {_thoughts(kept)}" if kept else "nothing is kept"
        if left:
            # What was written meanwhile is not lost, either.
            self._box.text = "\n".join(part for part in (self._box.text, *left) if part)
            why = f": {problem}" if problem else ""
            self._told = (self._box.text, Said(problem=f"{count}; the others are here{why}"))
            self._box.say(self._told[1])
        else:
            self._box.say(Said(hint=count))

    def stop(self) -> bool:
        """Stop keeping a long list, if that is going on; return whether it was."""
        was, self._many = self._many, False
        return was

    def put(self, text: str) -> None:
        """Put `text` into the empty box, as one thought."""
        self._box.text = text
        self._box.start()

    def begin_edit(self, reminder: Reminder) -> None:
        """Put a reminder's words into the box; what was there comes back afterwards."""
        if self._edited is None:
            self._aside = self._box.text
        self._edited = reminder
        settings = self._session.settings
        self._box.set_heading(EDITING)
        from later_tui.domain.editing import edit_line

        self._box.text = edit_line(reminder, self._session.reading, settings.habits)
        self._box.start()

    def give_up_edit(self) -> None:
        """Leave the reminder as it was."""
        if self._edited is not None:
            self._box.text = ""
            self._leave_edit()

    def _leave_edit(self) -> None:
        if self._edited is not None:
            self._edited = None
            self._box.set_heading(HEADING)
            self._box.text = self._aside or self._box.text
            self._aside = ""

    async def _add(self, text: str) -> str:
        before, news = self._planned
        # The same words once more are the same reminders: an add that was on its way when Redis
        # went is not made twice.
        if before != text:
            news = await asyncio.to_thread(self._keeper.plan, text)
            self._planned = (text, news)
        said = await self._keeper.hand_over(news)
        self._planned = ("", ())
        now, chosen = self._session.now, self._session.settings
        many = f"{len(news)} times, " if len(news) > 1 else ""
        window = when(news[0].window, now, chosen.timezone, chosen.times)
        return f"{said}; it comes back {many}{window}"

    async def _change(self, text: str) -> str:
        edited = self._edited
        assert edited is not None  # noqa: S101 - keep() has looked
        news = await asyncio.to_thread(self._keeper.plan, text, edited)
        kept = await self._session.store.edit(edited.id, news[0])
        now, chosen = self._session.now, self._session.settings
        return f"changed; it comes back {when(kept.window, now, chosen.timezone, chosen.times)}"


def _thoughts(count: int) -> str:
    return f"{count:,} thought{'' if count == 1 else 's'}"


def _said_of(*args: Any) -> Said:
    """Read a line; the first one imports the grammar."""
    from later_tui.ui.reading import said_of

    return said_of(*args)
