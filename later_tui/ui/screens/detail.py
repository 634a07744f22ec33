"""Everything about one reminder: its words, window, chances, postmark and deliveries."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from later_tui.domain.answers import allowed_answers
from later_tui.domain.reminder import Reminder
from later_tui.ui import keymap
from later_tui.ui.facts import Line, lines_of
from later_tui.ui.session import Session
from later_tui.widgets.cells import clean, clean_lines
from later_tui.widgets.hints import Hints

Chosen = tuple[str, Reminder]
"""What was chosen: the name of an answer, or "edit"."""

_COLOURS = {"open": "$accent", "bars": "$primary", "bad": "$error", "soft": "$text-muted"}


class DetailScreen(ModalScreen[Chosen | None]):
    """A panel over the list; the answers work here as they do there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings(keymap.DETAIL_KEYS),
        Binding("j,down", "scroll(1)", "down", show=False, id="detail.down"),
        Binding("k,up", "scroll(-1)", "up", show=False, id="detail.up"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, reminder: Reminder) -> None:
        super().__init__()
        self._session = session
        self._reminder = reminder
        self._unsealed = False

    @property
    def reminder_id(self) -> str:
        """Whose detail this is."""
        return self._reminder.id

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            with VerticalScroll(can_focus=False):
                yield Static(classes="thought", markup=False)
                yield Static(classes="facts", markup=False)
            yield Hints(gap=2, keep=1)

    def on_mount(self) -> None:
        self._show()

    def update(self, reminder: Reminder) -> None:
        """Show the reminder as it is now."""
        if reminder != self._reminder:
            self._reminder = reminder
            self._show()

    def action_answer(self, name: str) -> None:
        """Close, and answer."""
        self.dismiss((name, self._reminder))

    def action_edit(self) -> None:
        """Close, and edit."""
        self.dismiss(("edit", self._reminder))

    def action_peek(self) -> None:
        """Show the drawn moment, or seal it again."""
        self._unsealed = not self._unsealed
        self._show()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        key = next(key for key in keymap.DETAIL_KEYS if key.id == message.action)
        self.run_worker(self.run_action(key.action))

    def _show(self) -> None:
        thought, facts = self.query(Static)
        thought.update(Content(clean_lines(self._reminder.text)))
        lines = lines_of(
            self._reminder,
            self._session.now,
            self._session.settings.quiet,
            self._session.host,
            unsealed=self._unsealed,
        )
        facts.update(Content("\n").join(_content(line) for line in lines))
        allowed = {f"answer.{answer}" for answer in allowed_answers(self._reminder.state)}
        ids = [
            key.id
            for key in keymap.DETAIL_KEYS
            if key.id in allowed or not key.id.startswith("answer.")
        ]
        self.query_one(Hints).show(keymap.hints(self, keymap.DETAIL_KEYS, ids))


def _content(line: Line) -> Content:
    label = Content.styled(f"{clean(line.label)[:10]:<11}", "$text-muted")
    return label + Content.styled(clean(line.words), _COLOURS.get(line.kind, "$foreground"))
