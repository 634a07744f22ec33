"""Home's lists: which is shown, in which order, what is marked, what is looked for."""

from collections.abc import Iterable
from contextlib import suppress

from textual import work

from later_tui.domain.errors import LaterError
from later_tui.store.records import View
from later_tui.ui import board
from later_tui.ui.screens.main_base import MainBase
from later_tui.ui.session import Session
from later_tui.ui.shelf import FOUND
from later_tui.widgets.find_bar import FindBar
from later_tui.widgets.reminder_list import ReminderList
from later_tui.widgets.view_tabs import ViewTabs

ORDER = tuple(View)
CHANGED = "the list has just changed; press that again"


class MainLists(MainBase):
    """Home, as far as one looks at it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._touched: set[str] = set()

    def on_virtual_list_rows_needed(self, message: ReminderList.RowsNeeded) -> None:
        if message.list.name == FOUND:
            self._shelf.fill_found(message.rows)
        else:
            self._look(self._fill(View(message.list.name or ""), message.rows))

    async def _fill(self, view: View, rows: range) -> None:
        await self._shelf.fill(view, rows)
        self._show_footer()

    def on_virtual_list_moved(self) -> None:
        self._shelf.seal()
        self._show_footer()

    def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
        match message.name:
            case board.FOUND:
                self._shelf.shown.focus()
            case board.PICTURES:
                self.show_pictures()
            case name:
                self._show_view(View(name))

    def action_view(self, name: str) -> None:
        """Show one of the lists."""
        self._show_view(View(name))

    def action_view_step(self, step: int) -> None:
        """Go to the next list, or to the one before; out of the box, to the list."""
        if self._box.editing or self._bar.typing:
            self._shelf.shown.focus()
        elif (at := ORDER.index(self._shelf.view) + step) in range(len(View)):
            self._show_view(ORDER[at])
        else:
            self.show_pictures()

    def show_pictures(self) -> None:
        """Show when thoughts may come back, and what became of them."""
        from later_tui.ui.screens.pictures import PicturesScreen

        def back(view: View | None) -> None:
            if view is not None:
                self._show_view(view)

        self.app.push_screen(PicturesScreen(self._session, self._board), back)

    def action_peek(self) -> None:
        """Show the drawn moment of the selected reminder, or seal it again."""
        self._shelf.peek()
        self.say_if_changed()

    def action_order(self) -> None:
        """Turn the order of a list round; take another one for what was found."""
        if self._shelf.finding:
            self._finder.reorder()
            self.say(f"in order: {self._finder.order}")
        else:
            turned = self._shelf.turn()
            self.say("the order is turned round" if turned else "the order is as usual")

    def say_if_changed(self) -> None:
        """Say why a key did nothing: the row it was for has gone away while it was on its way."""
        if self._shelf.loose:
            self.say(CHANGED)

    # Marks

    def action_mark(self) -> None:
        """Mark the selected reminder, or take its mark away."""
        self._shelf.mark()
        self._show_footer()
        self.say_if_changed()

    def action_mark_all(self) -> None:
        """Mark what is on the screen and near it, or take all marks away."""
        if self._shelf.marks:
            self.unmark()
        else:
            self._shelf.mark_all()
            self._show_footer()

    def unmark(self) -> None:
        """Take all marks away."""
        self._shelf.marks.clear()
        self._shelf.show_marks()
        self._show_footer()

    # Finding

    def action_find(self) -> None:
        """Send the keys into the line for what is looked for."""
        self._bar.open()
        self._board.find()
        self._shelf.show_found()
        self._find(self._bar.text)
        self._show_footer()

    def on_find_bar_changed(self, message: FindBar.Changed) -> None:
        if self._shelf.finding:
            self._shelf.from_top = True
            self._find(message.text)

    def on_find_bar_entered(self) -> None:
        self._shelf.from_top = False
        self._shelf.shown.focus()

    def on_find_bar_left(self) -> None:
        if not self.stop():
            self.end_search()

    def find_anew(self) -> None:
        """Look again for what could not be looked for while Redis did not answer."""
        if self._shelf.finding and self._finder.broken_off:
            self._find(self._bar.text)

    def end_search(self) -> None:
        """Go back to the list that was shown before."""
        self._find("")
        self._show_view(self._shelf.view)

    def touched(self, keys: Iterable[str]) -> None:
        """Something happened to these: what was read of them may not be so any more."""
        self._touched.update(keys)

    async def _read_anew(self) -> None:
        await super()._read_anew()
        if self._shelf.finding and self._finder.looking:
            return  # it is done when that has ended: begun anew it might never be
        keys, self._touched = self._touched, set()
        with suppress(LaterError):  # the bridge says so, and has everything read anew
            await self._shelf.read_again(keys)
        if self._shelf.finding and self._shelf.holds_of_found(keys):
            self._find(self._bar.text)

    @work(group="find", exclusive=True)
    async def _find(self, text: str) -> None:
        await self._finder.find(text)
        if self._touched:
            self._refresher.soon()
