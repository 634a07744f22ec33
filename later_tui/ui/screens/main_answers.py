"""Home's answers: to the selected, the marked, the one that came back; and how they are undone."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from later_tui.domain.reminder import Answer, Reminder
from later_tui.ui.changing import ANSWERING, SENDING, TAKING_BACK
from later_tui.ui.giving import Target, about, give, send_again, take_back, target
from later_tui.ui.screens.main_lists import MainLists
from later_tui.widgets.arrival import Arrival

if TYPE_CHECKING:
    from textual.worker import Worker

    from later_tui.ui.screens.detail import Chosen
    from later_tui.ui.session import Session


UNDER_WAY = "that is just being answered; once more in a moment"


class MainAnswers(MainLists):
    """Home, as far as one answers on it."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._under_way: list[tuple[Worker[Any], frozenset[str]]] = []

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
        else:
            self.say_if_changed()

    def action_send_again(self) -> None:
        """Send what failed, or may not have come, once more."""
        if targets := self._shelf.targets:
            self._change(SENDING, self._send_again(targets))
        else:
            self.say_if_changed()

    def action_arrived(self, name: str) -> None:
        """Answer the reminder that has come back, if it has been there to be read."""
        if arrived := self._panel.meant():
            self._answer(Answer(name), [Target(arrived.key, arrived.round, arrived.text)])
        elif self._panel.current:
            self.say("another one has just come: read it, and press that again")

    def on_arrival_answered(self, message: Arrival.Answered) -> None:
        """Answer the reminder whose answer was clicked."""
        arrived = message.arrived
        if message.action == "arrived.aside":
            self.action_aside()
        else:
            given = Answer(message.action.removeprefix("arrived."))
            self._answer(given, [Target(arrived.key, arrived.round, arrived.text)])

    def action_aside(self) -> None:
        """Leave off, one after the other: what takes long, marks, what came back, the search."""
        if self.stop():
            return
        if self._shelf.marks:
            self.unmark()
        elif self._panel.current:
            self._panel.clear()
        elif self._shelf.finding:
            self.end_search()
        else:
            self._capture.give_up_edit()

    def action_undo(self) -> None:
        """Take the newest answer or edit back."""
        self._change(TAKING_BACK, self._take_back())

    def _detail_closed(self, chosen: "Chosen | None") -> None:
        if chosen is None:
            return
        name, reminder = chosen
        if name == "edit":
            self._edit(reminder)
        elif name == "send-again":
            self._change(SENDING, self._send_again([reminder]))
        else:
            self._answer(Answer(name), [target(reminder)])

    def _answer(self, given: Answer, targets: Sequence[Target]) -> None:
        wanted = frozenset(one.id for one in targets)
        self._under_way = [one for one in self._under_way if not one[0].is_finished]
        if any(wanted & being_answered for _, being_answered in self._under_way):
            self.say(UNDER_WAY)
            return

        def go(until: int | None) -> None:
            if given is not Answer.SNOOZE or until is not None:
                worker = self._change(ANSWERING, self._give(given, targets, until))
                self._under_way.append((worker, wanted))

        if given is Answer.SNOOZE:
            from later_tui.ui.screens.snooze import SnoozeScreen

            self.app.push_screen(SnoozeScreen(self._session, about(targets)), go)
        else:
            go(None)

    async def _give(self, given: Answer, targets: Sequence[Target], until: int | None) -> None:
        try:
            sentence = await give(self._session, given, targets, until)
        finally:
            self._changed()  # of several, some may have been answered before it failed
        for one in targets:
            self._panel.take(one.id)
        self._drop_marks(one.id for one in targets)
        self.say(sentence)

    async def _send_again(self, reminders: Sequence[Reminder]) -> None:
        try:
            sentence = await send_again(self._session, reminders)
        finally:
            self._changed()
        self._drop_marks(one.id for one in reminders)
        self.say(sentence)

    def _drop_marks(self, keys: Iterable[str]) -> None:
        self._shelf.marks.drop(keys)
        self._shelf.show_marks()
        self._show_footer()

    async def _take_back(self) -> None:
        try:
            sentence = await take_back(self._session)
        finally:
            self._changed()  # it may be taken back though nobody waited for the word
        self.say(sentence)

    def _edit(self, reminder: Reminder) -> None:
        self.call_next(self._begin_edit, reminder)

    async def _begin_edit(self, reminder: Reminder) -> bool:
        # Awaited by the key that began it: the letters behind it are for the box.
        line = await self._capture.line_of(reminder)
        begun = self._capture.begin_edit(reminder, line)
        self._show_footer()
        return begun

    def _changed(self) -> None:
        # At once: until the rows are there, the next key would have nothing to answer.
        self._refresher.now()
        if self._shelf.finding:
            self._find(self._bar.text)
