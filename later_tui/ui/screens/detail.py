"""Everything about one reminder: its words, window, chances, postmark and deliveries."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from later_tui.domain.answers import allowed_answers
from later_tui.domain.reminder import Reminder
from later_tui.ui import keymap
from later_tui.ui.facts import lines_of, sealed
from later_tui.ui.footers import sendable
from later_tui.ui.screens.leaving import leave
from later_tui.ui.screens.panel import Panel
from later_tui.ui.session import Session
from later_tui.widgets.cells import apart, clean_lines
from later_tui.widgets.hints import Hint
from later_tui.widgets.labelled import Labelled, LabelledLine

SEND_AGAIN = "send-again"
Chosen = tuple[str, Reminder]
"""What was chosen: the name of an answer, "edit", or "send-again"."""


class DetailScreen(Panel[Chosen]):
    """A panel over the list; the answers work here as they do there."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (
        *keymap.DETAIL_KEYS,
        *keymap.PANEL_KEYS,
        *keymap.OVER_KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]
    HINT_LINES = 2

    def __init__(self, session: Session, reminder: Reminder) -> None:
        super().__init__()
        self._session = session
        self._reminder = reminder
        self._unsealed = False
        self._why = False
        self._thought = Static(classes="thought", markup=False)
        self._labelled = Labelled(label=11)

    @property
    def reminder_id(self) -> str:
        """Whose detail this is."""
        return self._reminder.id

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            with self.scroller:
                yield self._thought
                yield self._labelled
            yield self.hints

    def on_mount(self) -> None:
        self._show()

    def update(self, reminder: Reminder) -> None:
        """Show the reminder as it is now."""
        if reminder != self._reminder:
            self._reminder = reminder
            self._show()

    def action_answer(self, name: str) -> None:
        """Close, and answer."""
        leave(self, (name, self._reminder))

    def action_edit(self) -> None:
        """Close, and edit."""
        leave(self, ("edit", self._reminder))

    def action_peek(self) -> None:
        """Show the drawn moment, or seal it again."""
        self._unsealed = not self._unsealed
        self._show()

    def action_why(self) -> None:
        """Show how it was drawn and every attempt, or leave it out again."""
        before = self._labelled.lines
        self._why = not self._why
        self._show()
        if self._why:
            self.call_after_refresh(self._reveal, before)

    def _reveal(self, before: Sequence[LabelledLine]) -> None:
        """Scroll to the lines that were not there `before`: in a low terminal they are below."""
        new = [at for at, line in enumerate(self._labelled.lines) if line not in before]
        if new:
            y, height = self._labelled.rows_of(new[0], new[-1])
            top = self._labelled.virtual_region.y
            place = Region(0, top + y, 1, height)
            self.scroller.scroll_to_region(place, animate=False, force=True)

    def action_send_again(self) -> None:
        """Close, and send it once more."""
        leave(self, (SEND_AGAIN, self._reminder))

    def offers(self) -> Sequence[Hint]:
        allowed = {f"answer.{answer}" for answer in allowed_answers(self._reminder.state)}
        if sendable(self._reminder):
            allowed.add("answer.send-again")
        if sealed(self._reminder, self._session.now):
            allowed.add("thought.peek")
        ids = [
            key.id
            for key in keymap.DETAIL_KEYS
            if key.id in allowed or not (key.id.startswith("answer.") or key.id == "thought.peek")
        ]
        undo = {"thought.peek": "seal"} if self._unsealed else {}
        undo |= {"detail.why": "less"} if self._why else {}
        bound = keymap.hints(self, keymap.DETAIL_KEYS, ids)
        return [one._replace(label=undo.get(one.action, one.label)) for one in bound]

    def _show(self) -> None:
        self._thought.update(Content(apart(clean_lines(self._reminder.text))))
        peek = keymap.hints(self, keymap.DETAIL_KEYS, ["thought.peek"])
        self._labelled.show(
            lines_of(
                self._reminder,
                self._session.now,
                self._session.settings.quiet,
                self._session.host,
                unsealed=self._unsealed,
                why=self._why,
                form=self._session.settings.times,
                peek=" ".join(hint.key for hint in peek),
            )
        )
        self.offer()
