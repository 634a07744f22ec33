"""The three lists of the main screen: which is shown, what is read for them, what is selected."""

from collections.abc import Mapping, Sequence

from later_tui.domain.reminder import Reminder
from later_tui.domain.wording import moment
from later_tui.store.records import Counts, View
from later_tui.ui.rows import row_of
from later_tui.ui.session import Session
from later_tui.widgets.reminder_list import ReminderList

KEPT = 4096
"""How many reminders that were read are remembered; what is on the screens is far less."""

EMPTY = {
    View.UPCOMING: ("Nothing waits for you.", "Press a, write a thought, and forget it."),
    View.PAST: ("Nothing is past yet.", "What you have done or let go will be found here."),
    View.UNANSWERED: ("Everything is answered.", "What comes back while you are away waits here."),
}


def lists() -> tuple[ReminderList, ...]:
    """Return the lists, each named after its view."""
    return (
        ReminderList(name=View.UPCOMING, note=22, end=16, empty=EMPTY[View.UPCOMING]),
        *(
            ReminderList(
                name=view,
                lead=14,
                mark=13,
                note=34,
                end=16,
                grouped=view is View.PAST,
                empty=EMPTY[view],
            )
            for view in (View.PAST, View.UNANSWERED)
        ),
    )


class Shelf:
    """Fills the lists and remembers the reminders behind their rows."""

    def __init__(self, session: Session, lists: Mapping[View, ReminderList]) -> None:
        self._session = session
        self._lists = lists
        self._seen: dict[str, Reminder] = {}
        self.view = View.UPCOMING

    @property
    def shown(self) -> ReminderList:
        """The list that is shown."""
        return self._lists[self.view]

    @property
    def selected(self) -> Reminder | None:
        """The reminder under the cursor, as it was when it was read."""
        row = self.shown.selected
        return self._seen.get(row.key) if row else None

    def show(self, view: View) -> None:
        """Show one list and send the keys there."""
        self.view = view
        for name, shown in self._lists.items():
            shown.display = name is view
        self.shown.focus()

    def step(self, step: int) -> View:
        """Return the view that stands `step` behind the one that is shown."""
        views = list(View)
        return views[(views.index(self.view) + step) % len(views)]

    def peek(self) -> None:
        """Show the drawn moment of the selected reminder, or seal it again."""
        reminder = self.selected
        if reminder is None or self.shown.unsealed == reminder.id:
            self.shown.seal()
        else:
            now, zone = self._session.now, self._session.settings.timezone
            self.shown.unseal(reminder.id, moment(reminder.due_at, now, zone))

    def seal(self) -> None:
        """Seal whatever is open."""
        for shown in self._lists.values():
            shown.seal()

    def say(self, lines: Sequence[str]) -> None:
        """Say `lines` in the lists that were never read."""
        for shown in self._lists.values():
            shown.set_notice(lines)

    async def fill(self, view: View, rows: range) -> None:
        """Read `rows` of a list and show them. Raises StoreError."""
        page = await self._session.store.page(
            self._session.settings.user, view, rows.start, len(rows)
        )
        now, zone = self._session.now, self._session.settings.timezone
        if len(self._seen) > KEPT:
            held = frozenset[str]().union(*(shown.keys() for shown in self._lists.values()))
            self._seen = {key: one for key, one in self._seen.items() if key in held}
        self._seen.update((reminder.id, reminder) for reminder in page.reminders)
        shown = self._lists[view]
        shown.set_total(page.total)
        found = [row_of(reminder, view, now, zone) for reminder in page.reminders]
        shown.set_rows(page.start, found, len(rows))

    async def refresh(self) -> Counts:
        """Count anew and have the visible rows read anew. Raises StoreError."""
        counts = await self._session.store.counts(self._session.settings.user)
        for view, total in totals(counts):
            self._lists[view].set_total(total)
            self._lists[view].reload()
        return counts


def totals(counts: Counts) -> tuple[tuple[View, int], ...]:
    """Return the counts by view, in the order in which the views stand."""
    return (
        (View.UPCOMING, counts.upcoming),
        (View.PAST, counts.past),
        (View.UNANSWERED, counts.unanswered),
    )
