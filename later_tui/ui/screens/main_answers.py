"""Home's answers: to the selected, the marked, the one that came back; and how they are undone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from later_tui.domain.reminder import Answer, Reminder
from later_tui.ui.giving import Target, give, take_back, target
from later_tui.ui.screens.main_lists import MainLists

if TYPE_CHECKING:
    from later_tui.ui.screens.detail import Chosen


class MainAnswers(MainLists):
    """Home, as far as one answers on it."""

    def on_virtual_list_opened(self) -> None:
        self.action_detail()

    def action_detail(self) -> None:
        """Show everything about the selected reminder."""
        if reminder := self._shelf.selected:
            from later_tui.ui.screens.detail import DetailScreen

            self.app.push_screen(DetailScreen(self._session, reminder), self._detail_closed)

    def action_answer(self, name: str) -> None:
        """Answer what is marked, or the selected reminder."""
        if targets := self._shelf.targets:
            self._answer(Answer(name), [target(one) for one in targets])

    def action_send_again(self) -> None:
        """Send what failed, or may not have come, once more."""
        self._do(self._send_again(self._shelf.targets))

    def action_arrived(self, name: str) -> None:
        """Answer the reminder that has come back."""
        if arrived := self._panel.current:
            self._answer(Answer(name), [Target(arrived.key, arrived.round)])

    def action_aside(self) -> None:
        """Leave off, one thing after the other: a long keep, marks, what came back, the search."""
        if self._capture.stop():
            return
        if self._shelf.marks:
            self.unmark()
        elif self._panel.current:
            self._panel.clear()
        elif self._shelf.finding:
            self.end_search()

    def action_undo(self) -> None:
        """Take the newest answer or edit back."""
        self._do(self._take_back())

    def _detail_closed(self, chosen: "Chosen | None") -> None:
        if chosen is None:
            return
        name, reminder = chosen
        if name == "edit":
            self._edit(reminder)
        elif name == "send-again":
            self._do(self._send_again([reminder]))
        else:
            self._answer(Answer(name), [target(reminder)])

    def _answer(self, given: Answer, targets: Sequence[Target]) -> None:
        def go(until: int | None) -> None:
            if given is not Answer.SNOOZE or until is not None:
                self._do(self._give(given, targets, until))

        if given is Answer.SNOOZE:
            from later_tui.ui.screens.snooze import SnoozeScreen

            self.app.push_screen(SnoozeScreen(self._session), go)
        else:
            go(None)

    async def _give(self, given: Answer, targets: Sequence[Target], until: int | None) -> None:
        sentence = await give(self._session, given, targets, until)
        for one in targets:
            self._panel.take(one.id)
        self.unmark()
        self.say(sentence)
        self._changed()

    async def _send_again(self, reminders: Sequence[Reminder]) -> None:
        for reminder in reminders:
            await self._session.store.resend(reminder.id)
            self.say(f"sending again: {' '.join(reminder.text.split())}")
        self.unmark()
        self._changed()

    async def _take_back(self) -> None:
        self.say(await take_back(self._session))
        self._changed()

    def _edit(self, reminder: Reminder) -> None:
        self._capture.begin_edit(reminder)
        self._show_footer()

    def _changed(self) -> None:
        self._refresher.soon()
        if self._shelf.finding:
            self._find(self._bar.text)
