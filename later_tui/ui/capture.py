"""From the line in the box to what is kept: reading it, keeping it, editing one that is there."""

import asyncio
from collections.abc import Sequence

from later_tui.domain.errors import LaterError, OutsideError
from later_tui.domain.plan import plan
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.domain.wording import when
from later_tui.ui.reading import edit_line, read_line, said_of
from later_tui.ui.session import Session
from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd

HEADING = "what's on your mind?"
EDITING = "change it, or esc"


class Capture:
    """What happens with the words in the box. They leave it only when they are on disk."""

    def __init__(self, session: Session, box: QuickAdd) -> None:
        self._session = session
        self._box = box
        self._edited: Reminder | None = None
        self._aside = ""
        self._planned: tuple[str, tuple[NewReminder, ...]] = ("", ())
        self._keeping = False

    @property
    def editing(self) -> bool:
        """Whether the box holds a reminder that is there already."""
        return self._edited is not None

    @property
    def unkept(self) -> str:
        """What was written and not kept, changes to a reminder left out."""
        return (self._aside if self._edited else self._box.text).strip()

    async def read(self, text: str) -> None:
        """Show what is read of `text`, unless the box holds other words by then."""
        if not text.strip() and self._box.said.hint:
            return  # an empty box may go on saying what became of the last words
        session = self._session
        settings = session.settings
        # In a thread: the first date costs the import of a date parser.
        said = await asyncio.to_thread(
            said_of, text, session.reading, settings.quiet, settings.channels, self._edited
        )
        if self._box.text == text:
            self._box.say(said)

    async def keep(self, text: str) -> bool:
        """Keep what the box holds; return whether it is kept, and say so, or why not."""
        if not text.strip() or self._keeping:
            return False
        self._keeping = True
        try:
            sentence = await (self._change(text) if self._edited else self._add(text))
        except OutsideError as error:
            self._box.say(Said(problem=f"{error}. Your words stay here; Enter tries again"))
            return False
        except LaterError as error:
            self._box.say(Said(problem=str(error)))
            return False
        finally:
            self._keeping = False
        # Whatever was typed while it was being kept is the next thought.
        rest = self._box.text
        self._box.text = rest.removeprefix(text) if rest.startswith(text) else rest
        self._leave_edit()
        self._box.say(Said(hint=sentence))
        return True

    def begin_edit(self, reminder: Reminder) -> None:
        """Put a reminder's words into the box; what was there comes back afterwards."""
        if self._edited is None:
            self._aside = self._box.text
        self._edited = reminder
        settings = self._session.settings
        self._box.set_heading(EDITING)
        self._box.text = edit_line(reminder, self._session.reading, settings.channels)
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
            news = await asyncio.to_thread(self._plan, text)
            self._planned = (text, news)
        said = await self._hand_over(news)
        self._planned = ("", ())
        now, zone = self._session.now, self._session.settings.timezone
        many = f"{len(news)} times, " if len(news) > 1 else ""
        return f"{said}; it comes back {many}{when(news[0].window, now, zone)}"

    async def _hand_over(self, news: tuple[NewReminder, ...]) -> str:
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

    async def _change(self, text: str) -> str:
        edited = self._edited
        assert edited is not None  # noqa: S101 - keep() has looked
        news = await asyncio.to_thread(self._plan, text, edited)
        kept = await self._session.store.edit(edited.id, news[0])
        now, zone = self._session.now, self._session.settings.timezone
        return f"changed; it comes back {when(kept.window, now, zone)}"

    def _plan(self, text: str, was: Reminder | None = None) -> tuple[NewReminder, ...]:
        session, settings = self._session, self._session.settings
        draft, _ = read_line(text, session.reading, was)
        return plan(
            draft,
            now=session.now,
            quiet=settings.quiet,
            minimum_gap=settings.minimum_gap,
            username=settings.user,
            default_channels=settings.channels,
            origin=was.origin if was else session.origin(),
            random=session.random,
        )
