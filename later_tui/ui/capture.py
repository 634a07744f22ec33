"""From the line in the box to what is kept: reading it, keeping it, editing one that is there."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from later_tui.domain.errors import LaterError, OutsideError, StoreError
from later_tui.domain.inert import MAX_TEXT_BYTES
from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.domain.window import Window
from later_tui.domain.wording import when
from later_tui.ui.keeping import HERE, KEPT, Keeper, StoppedError
from later_tui.ui.lists import Lists
from later_tui.ui.saying import Saying, Sentence
from later_tui.ui.session import Session
from later_tui.ui.writing import HEADING, Change, Writing, joined
from later_tui.widgets.chip_line import Said
from later_tui.widgets.quick_add import QuickAdd

__all__ = ["HEADING", "Capture"]


class _Entered:
    """Words at which Enter was pressed, until they are kept."""

    def __init__(self, text: str, of: Change | None, where: Change | None) -> None:
        self.text = text
        self.of = of
        """The change that they are; None: a new thought."""
        self.where = where
        """The change in whose words they stand: behind it a new thought may begin."""


class Capture:
    """What happens with the words in the box. They leave it only when they are on disk."""

    def __init__(
        self, session: Session, box: QuickAdd, saying: Saying, key: Callable[[], str]
    ) -> None:
        """`key` says which key stops what takes its time; empty: none does."""
        self._session = session
        self._box = box
        self._saying = saying
        self._key = key
        self._keeper = Keeper(session)
        self._writing = Writing(box)
        self._planned: tuple[str, tuple[NewReminder, ...]] = ("", ())
        self._entered: list[_Entered] = []
        self._lists = Lists(self._keeper, key)
        self._over = False

    @property
    def editing(self) -> bool:
        """Whether the box holds a reminder that is there already."""
        return self._writing.open is not None

    @property
    def changed(self) -> bool:
        """Whether the box holds a reminder that is there already, in other words."""
        return self._writing.changed

    @property
    def keeping(self) -> bool:
        """Whether anything that was written is being kept now."""
        return bool(self._entered) or self._lists.under_way

    @property
    def over(self) -> bool:
        """Whether what was kept last was a change, and nothing was written behind it."""
        return self._over and not self._box.text

    @property
    def unkept(self) -> str:
        """What was written and not kept: the thought, changes, what is left of a list."""
        return joined(self._writing.unkept, *self._lists.unkept)

    async def read(self, text: str) -> None:
        """Show what is read of `text`, unless the box holds other words by then."""
        if self._saying.covers(text):
            return  # it may go on being said what became of the last words, or why these are here
        session, change = self._session, self._writing.open
        settings = session.settings
        # In a thread: the first date costs the import of a date parser.
        said = await asyncio.to_thread(
            _said_of,
            text,
            session.reading,
            settings.quiet,
            settings.habits,
            change.reminder if change else None,
            settings.times,
            self._sms,
        )
        if self._box.text == text and not self._saying.covers(text):
            self._box.say(said)

    def _sms(self, text: str) -> str:
        """Return how many text messages `text` takes; most people never need to know."""
        from later_tui.channels.sms.counting import counted

        return counted(text, self._session.settings.channel_options.get("sms", {}))

    async def keep(self, text: str) -> bool:
        """Keep what the box holds; return whether it is kept, and say so, or why not.

        The words stay in the box until they are kept. An Enter meanwhile is for those behind them,
        or for another reminder that is being changed.
        """
        entered = self._enter(text)
        if entered is None:
            return False
        self._entered.append(entered)
        if len(self._entered) > 1:
            return False
        kept = False
        try:
            while self._entered and await self._keep_first():
                kept = True
                del self._entered[0]
        except Exception:
            self._entered.clear()
            raise
        # Not where it is broken off, as the app is left: then nobody knows what became of them.
        self._entered.clear()
        return kept

    def _enter(self, text: str) -> _Entered | None:
        """Return what an Enter at `text` is for; None: nothing is left for it to do."""
        where, text = self._writing.open, self._writing.entered(text)
        before = [one for one in self._entered if one.where is where]
        behind = text
        for one in before:
            if not behind.startswith(one.text):
                # Its beginning was written anew. A change goes on being one; the rest waits.
                return _Entered(text, where, where) if where else None
            behind = behind.removeprefix(one.text)
        return _Entered(behind, None if before else where, where) if behind.strip() else None

    async def _keep_first(self) -> bool:
        enough = asyncio.Event()
        with self._saying.slowly(self._progress, enough.set):
            return await self._keep_one(self._entered[0], enough)

    def _progress(self) -> str:
        key = self._key()
        if self._entered and self._entered[0].of:
            return f"changing…; {key} stops" if key else "changing…"
        return f"keeping…; {key} keeps it on this machine" if key else "keeping…"

    async def _keep_one(self, entered: _Entered, enough: asyncio.Event) -> bool:
        text, of = entered.text, entered.of
        try:
            sentence, once_back = await (
                self._change(text, of, enough) if of else self._add(text, enough)
            )
        except LaterError as error:
            self._refused(error, entered)
            return False
        # Whatever was typed while it was being kept is the next thought.
        others = [one for one in self._entered if one is not entered and one.where is of]
        nothing_behind = self._writing.took(text, of, first=bool(others))
        self._over = of is not None and nothing_behind
        if of is not self._writing.open:
            for one in others:
                one.where = None
        self._saying.hint(sentence, once_back=once_back)
        return True

    def _refused(self, error: LaterError, entered: _Entered) -> None:
        """Say that, and why, what was entered is not kept."""
        if not isinstance(error, OutsideError):
            # Not the sentence alone: it stands there already, and Enter would seem to do nothing.
            self._saying.refused(f"not {'changed' if entered.of else 'kept'}: {error}")
        elif isinstance(error, StoppedError):
            self._saying.of_words("stopped; it may be changed all the same. Enter tries again")
        elif entered.where is self._writing.open:
            again = Sentence("Redis answers again; Enter keeps your words")
            words = f"{error}. Your words stay here; Enter tries again"
            self._saying.of_words(words, once_back=again if isinstance(error, StoreError) else None)
        else:
            self._saying.of_words(f"{error}. Your words come back here after this change")

    async def keep_many(self, lines: Sequence[str]) -> None:
        """Keep each line as a thought, saying how far that is.

        What cannot be read, or was not reached when it was stopped or failed, goes into the box.
        """
        with self._saying.slowly(self._lists.told, self._lists.stop):
            became = await self._lists.keep(lines, self._saying.still)
        if not became.left:
            self._saying.hint(became.sentence, once_back=became.once_back)
            return
        # What was written meanwhile is not lost, either.
        self._writing.add(joined(*became.left))
        self._saying.of_words(became.told(later=self.editing))

    def redis_is(self, *, away: bool) -> None:
        """Redis cannot be used, or can again: say nothing that is not true any more."""
        self._keeper.redis_is(away=away)
        if away:
            self._saying.redis_is_away()
        else:
            self._saying.redis_is_back()

    def hurry(self) -> None:
        """The app is being left: whatever is being kept is kept here, where Redis is slow."""
        self._lists.stop()
        self._keeper.hurry()

    def put(self, text: str) -> None:
        """Put `text` into the box, as one thought; what no thought may be is refused."""
        if (size := len(text.encode())) > MAX_TEXT_BYTES:
            self.refuse(size)
            return
        self._box.text = joined(self._box.text, text)
        self._box.start()

    def refuse(self, size: int) -> None:
        """Say that `size` bytes are too many for one thought."""
        words = f"that would be {size:,} bytes, and a thought has at most {MAX_TEXT_BYTES:,}"
        self._saying.problem(f"{words}: keep it in a file, and the file's name here")

    async def line_of(self, reminder: Reminder) -> str:
        """Return the line that says `reminder`."""
        # In a thread: the first date costs the import of a date parser.
        return await asyncio.to_thread(self._line_of, reminder)

    def begin_edit(self, reminder: Reminder, line: str) -> bool:
        """Put a reminder's words into the box, `line` as `line_of` has it; return whether it does.

        What was there comes back afterwards: a thought, or a change to another reminder.
        """
        if any(one.of and one.of.reminder.id == reminder.id for one in self._entered):
            self._saying.hint("that one is just being changed; once more in a moment")
            return False
        self._writing.begin(reminder, line)
        self._box.start()
        return True

    def give_up_edit(self) -> None:
        """Leave the reminder as it was, unless its change is being kept by now."""
        change = self._writing.open
        if change is not None and all(one.where is not change for one in self._entered):
            self._writing.give_up()

    def _line_of(self, reminder: Reminder) -> str:
        from later_tui.domain.editing import edit_line

        return edit_line(reminder, self._session.reading, self._session.settings.habits)

    async def _add(self, text: str, enough: asyncio.Event) -> tuple[Sentence, Sentence | None]:
        before, news = self._planned
        # The same words once more are the same reminders: an add that was on its way when Redis
        # went is not made twice.
        if before != text:
            news = await asyncio.to_thread(self._keeper.plan, text)
            self._planned = (text, news)
        said = await self._keeper.hand_over([news], enough)
        self._planned = ("", ())
        window, many = news[0].window, len(news)
        once_back = self._comes_back(KEPT, window, many) if said is HERE else None
        return self._comes_back(said, window, many), once_back

    async def _change(
        self, text: str, change: Change, enough: asyncio.Event
    ) -> tuple[Sentence, None]:
        edited, before, again = change.reminder, change.tried, False
        if before is not None and before[0] == text:
            new, again = before[1], True
        else:
            new = (await asyncio.to_thread(self._keeper.plan, text, edited))[0]
        change.tried = (text, new)
        change.reminder = kept = await self._keeper.change(edited.id, new, enough, again=again)
        change.tried = None
        if kept.window.not_after <= self._session.now:
            return Sentence("changed; it comes at once"), None
        return self._comes_back(Sentence("changed", "changed"), kept.window), None

    def _comes_back(self, said: Sentence, window: Window, many: int = 1) -> Sentence:
        """Return what became of words, and when they come back, which is the last to be left out.

        `many`: how often they do.
        """
        chosen = self._session.settings
        told = when(window, self._session.now, chosen.timezone, chosen.times)
        times = f"{many} times" if many > 1 else ""
        words = f"{said.words}; it comes back {f'{times}, ' if times else ''}{told}"
        brief = " ".join(filter(None, (times, told.removeprefix("some time "))))
        return Sentence(words, f"{said.brief}: {brief}")


def _said_of(*args: Any) -> Said:
    """Read a line; the first one imports the grammar."""
    from later_tui.ui.reading import said_of

    return said_of(*args)
