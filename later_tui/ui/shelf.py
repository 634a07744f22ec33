"""The lists of the main screen: which is shown, what is read for them, what is selected."""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import count

from later_tui.domain.errors import DamagedError, NotFoundError
from later_tui.domain.reminder import Reminder
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import moment
from later_tui.store.records import Counts, Page, View
from later_tui.ui.marks import Marks
from later_tui.ui.rows import found_row, row_of
from later_tui.ui.session import Session
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.row import Row

KEPT = 4096
"""How many reminders that were read are remembered; what is on the screens is far less."""
AGAIN = 10
"""So many of them are read once more when they changed; of more at once none is remembered."""

EMPTY = {
    View.UPCOMING: (
        "Nothing waits for you.",
        "Write a thought into the box, and forget it.",
        "It comes back at a moment that even you do not know.",
    ),
    View.PAST: ("Nothing is past yet.", "What you have done or let go will be found here."),
    View.UNANSWERED: ("Everything is answered.", "What comes back while you are away waits here."),
}


FOUND = "found"
"""The name of the list that shows what was found; the others are named after their views."""


def lists(form: TimeFormat = H24) -> tuple[ReminderList, ...]:
    """Return the lists, each named after its view, and the one for what is found."""
    lead = 18 if form.twelve else 16  # "before Wed 12:40pm"
    return (
        ReminderList(name=View.UPCOMING, lead=lead, empty=EMPTY[View.UPCOMING]),
        *(
            ReminderList(name=view, lead=10, mark=11, grouped=view is View.PAST, empty=EMPTY[view])
            for view in (View.PAST, View.UNANSWERED)
        ),
        ReminderList(name=FOUND, lead=lead),
    )


class Shelf:
    """Fills the lists and remembers the reminders behind their rows."""

    def __init__(self, session: Session, lists: Mapping[str, ReminderList]) -> None:
        self._session = session
        self._lists = lists
        self._seen: dict[str, Reminder] = {}
        self._found: Sequence[Reminder] = ()
        self._exact = 0
        self._reversed: set[View] = set()
        self._questions = count(1)
        self._answered = dict.fromkeys(View, 0)
        self.marks = Marks()
        self.view = View.UPCOMING
        self.finding = False
        self.from_top = False
        """Whether what is found is looked at from its top: until one goes into the list."""

    @property
    def shown(self) -> ReminderList:
        """The list that is shown."""
        return self._lists[FOUND if self.finding else self.view]

    @property
    def selected(self) -> Reminder | None:
        """The reminder under the cursor, as it was when it was read."""
        row = self.shown.selected
        return self._seen.get(row.key) if row else None

    @property
    def loose(self) -> bool:
        """Whether nothing is selected because the row under the cursor has just changed."""
        return self.shown.loose

    @property
    def targets(self) -> Sequence[Reminder]:
        """The reminders that an answer is for."""
        return self.marks.or_else(self.selected)

    def loaded(self) -> Iterable[Reminder]:
        """Return the reminders that were read and are remembered."""
        return self._seen.values()

    def show(self, view: View) -> None:
        """Show one list and send the keys there."""
        self.view = view
        self.finding = False
        self._show()
        self.shown.focus()

    def show_found(self) -> None:
        """Show the list of what is found; the keys stay where they are."""
        self.finding = True
        self._show()

    def turn(self) -> bool:
        """Turn the order of the view round; return whether it is the other way round now."""
        self._reversed ^= {self.view}
        self._answered[self.view] = next(self._questions)  # what is under way is of the old order
        self.shown.start_over()
        return self.view in self._reversed

    def mark(self) -> None:
        """Mark the selected reminder or take its mark away, and go to the next one."""
        if reminder := self.selected:
            self.marks.toggle(reminder)
            self.show_marks()
            self.shown.action_move(1)

    def mark_all(self) -> None:
        """Mark everything on the screen and near it."""
        keys = self.shown.keys()
        self.marks.put(one for key, one in self._seen.items() if key in keys)
        self.show_marks()

    def show_marks(self) -> None:
        """Show what is marked as such."""
        for shown in self._lists.values():
            shown.set_marks(self.marks.keys)

    def peek(self) -> None:
        """Show the drawn moment of the selected reminder, or seal it again."""
        reminder = self.selected
        if reminder is None or self.shown.unsealed == reminder.id:
            self.shown.seal()
        else:
            now, chosen = self._session.now, self._session.settings
            drawn = moment(reminder.due_at, now, chosen.timezone, chosen.times)
            self.shown.unseal(reminder.id, drawn)

    def seal(self) -> None:
        """Seal whatever is open."""
        for shown in self._lists.values():
            shown.seal()

    def say(self, lines: Sequence[str]) -> None:
        """Say `lines` where nothing was read; they are unsaid when something is."""
        for shown in self._lists.values():
            shown.set_notice(lines)

    async def fill(self, view: View, rows: range) -> None:
        """Read `rows` of a list and show them. Raises StoreError.

        Two may read at once; what was asked for before something newer was shown is let fall.
        """
        shown, question = self._lists[view], next(self._questions)
        page = await self._read(view, rows, shown.total or 0)
        if question < self._answered[view]:
            return
        self._answered[view] = question
        self._remember(page.reminders)
        shown.set_total(page.total)
        shown.set_rows(rows.start, [self._row(one, view) for one in page.reminders], len(rows))

    def show_these(
        self, found: Sequence[Reminder], near: Sequence[Reminder], instead: Sequence[str]
    ) -> None:
        """Show what was found and, behind it, what is nearly that; or say why that is nothing."""
        shown = self._lists[FOUND]
        self._found, self._exact = [*found, *near], len(found)
        self._remember(self._found)
        shown.set_empty(instead)
        shown.set_total(len(self._found))
        shown.set_rows(0, self._found_rows(0, self._found), len(self._found))
        shown.measure_anew()
        if self.from_top:
            shown.cursor = 0

    def holds_of_found(self, keys: Set[str]) -> bool:
        """Whether any of these is among what was found, or nearly was."""
        return any(one.id in keys for one in self._found)

    async def read_again(self, keys: Set[str]) -> None:
        """Read what is remembered of these once more: it has changed. Raises StoreError."""
        stale = [key for key in keys if key in self._seen]
        if len(stale) > AGAIN:
            # Those in the lists are read with their rows.
            held = self._held()
            self._seen = {
                key: one for key, one in self._seen.items() if key in held or key not in keys
            }
            return
        for key in stale:
            try:
                self._seen[key] = await self._session.store.get(key)
            except (NotFoundError, DamagedError):
                self._seen.pop(key, None)

    def fill_found(self, rows: range) -> None:
        """Show `rows` of what was found: the list has forgotten those far from its cursor."""
        found = self._found[rows.start : rows.stop]
        self._remember(found)
        self._lists[FOUND].set_rows(rows.start, self._found_rows(rows.start, found), len(rows))

    async def refresh(self) -> Counts:
        """Count anew and have the visible rows read anew. Raises StoreError."""
        question = next(self._questions)
        counts = await self._session.store.counts(self._session.settings.user)
        self.say(())
        for view, total in totals(counts):
            if question > self._answered[view]:
                self._lists[view].set_total(total)
            self._lists[view].reload()
        return counts

    async def _read(self, view: View, rows: range, total: int) -> Page:
        """Read `rows` of a list as it is shown: an order turned round is read from its end."""
        store, user, count = self._session.store, self._session.settings.user, len(rows)
        if view not in self._reversed:
            return await store.page(user, view, rows.start, count)
        start = max(total - rows.stop, 0)
        page = await store.page(user, view, start, min(count, max(total - rows.start, 1)))
        return Page(page.total, rows.start, page.reminders[::-1])

    def _row(self, reminder: Reminder, view: View) -> Row:
        now, chosen = self._session.now, self._session.settings
        return row_of(reminder, view, now, chosen.timezone, chosen.times)

    def _found_rows(self, start: int, found: Sequence[Reminder]) -> list[Row]:
        now, chosen = self._session.now, self._session.settings
        return [
            found_row(one, now, chosen.timezone, chosen.times, near=at >= self._exact)
            for at, one in enumerate(found, start)
        ]

    def _remember(self, reminders: Sequence[Reminder]) -> None:
        if len(self._seen) > KEPT:
            held = self._held()
            self._seen = {key: one for key, one in self._seen.items() if key in held}
        self._seen.update((reminder.id, reminder) for reminder in reminders)

    def _held(self) -> frozenset[str]:
        """The keys of the rows that the lists hold."""
        return frozenset[str]().union(*(shown.keys() for shown in self._lists.values()))

    def _show(self) -> None:
        for name, shown in self._lists.items():
            shown.display = name == (FOUND if self.finding else self.view)


def totals(counts: Counts) -> tuple[tuple[View, int], ...]:
    """Return the counts by view, in the order in which the views stand."""
    return (
        (View.UPCOMING, counts.upcoming),
        (View.PAST, counts.past),
        (View.UNANSWERED, counts.unanswered),
    )
