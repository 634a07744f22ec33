"""A reminder that has just come back, with its answers. It takes no key that it was not given.

Try it: `python -m later_tui.widgets.arrival`
"""

from collections.abc import Callable, Sequence
from math import inf
from time import monotonic
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from later_tui.widgets.cells import apart, clean
from later_tui.widgets.clipped import Clipped
from later_tui.widgets.hints import Hint, Hints


class Arrived(NamedTuple):
    """A delivered reminder, as far as the panel shows it."""

    key: str
    round: int
    text: str
    postmark: str = ""
    """Where it comes from, in words."""
    note: str = ""
    """Tags and lateness, say."""


MOST_LINES, FEW_LINES, ROOMY = 4, 2, 24
"""How many lines of the thought are shown, in a terminal of at least so many lines and in a lower
one; the whole of it is in its detail."""
READ_S = 0.3
"""A key that comes sooner after a reminder is shown, s, was pressed for what was there before."""
REPEAT_S = 0.15
"""Keys that come faster one after the other, s, are one key that is held."""
HELD = 50
"""How many arrivals the panel holds; whoever shows it has the rest."""


class Arrival(Vertical):
    """The panel; `display` is off while there is nothing to show."""

    DEFAULT_CSS = """
    Arrival {
        height: auto;
        max-height: 9;
        padding: 0 1;
        border: round $accent;
        border-title-color: $accent;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
        background: $surface;
        display: none;
        & > .arrival--text { text-style: bold; }
        & > .arrival--note {
            height: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            color: $text-muted;
        }
    }
    """

    class Changed(Message):
        """Another reminder came, or one was answered or put aside; `waiting` are oldest first."""

        def __init__(self, waiting: tuple[Arrived, ...]) -> None:
            self.waiting = waiting
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Arrival.Changed)

    class Answered(Message):
        """One of the answers under the reminder was clicked."""

        def __init__(self, arrived: Arrived, action: str) -> None:
            self.arrived = arrived
            self.action = action
            super().__init__()

    def __init__(self, hints: Sequence[Hint], clock: Callable[[], float] = monotonic) -> None:
        """`clock` says the time, s: by it a key is known that was meant for another reminder."""
        super().__init__()
        self._hints = tuple(hints)
        self._clock = clock
        self._current: Arrived | None = None
        self._waiting: list[Arrived] = []
        self._many = False
        self._first = ""
        self._shown_at = self._pressed_at = -inf
        # One may come before they are mounted, or while the app closes.
        self._text = Clipped(classes="arrival--text", most=MOST_LINES)
        self._note = Static(classes="arrival--note", markup=False)

    def compose(self) -> ComposeResult:
        yield self._text
        yield self._note
        yield Hints(self._hints, gap=3)

    @property
    def current(self) -> Arrived | None:
        """The reminder that is shown: whatever else comes, it stays until it is answered here."""
        return self._current

    @property
    def waiting(self) -> tuple[Arrived, ...]:
        """All that came and were not put aside, oldest first."""
        return tuple(self._waiting)

    @property
    def more(self) -> bool:
        """Whether more came than are held, since the panel was last empty."""
        return self._many

    @property
    def fresh(self) -> bool:
        """Whether a key pressed now cannot be for what is shown: that has only just come."""
        return self._current is not None and self._clock() - self._shown_at < READ_S

    def meant(self) -> Arrived | None:
        """Return the reminder that a key pressed now is for; none if it cannot have been read.

        A key that is held answers one reminder, not all that wait behind it.
        """
        now = self._clock()
        held = now - self._pressed_at < REPEAT_S
        self._pressed_at = now
        return None if held or self.fresh else self._current

    def add(self, arrived: Arrived) -> bool:
        """Show `arrived` (if it is not there already); return whether it is new.

        Of a storm only the newest `HELD` are held.
        """
        if any((a.key, a.round) == (arrived.key, arrived.round) for a in self._waiting):
            return False
        self._waiting = [a for a in self._waiting if a.key != arrived.key] + [arrived]
        if len(self._waiting) > HELD:
            seen = self._waiting[0] is self._current
            del self._waiting[1 if seen else 0 : -HELD + seen]
            self._many = True
        self._changed()
        return True

    def bring(self, arrived: Arrived) -> None:
        """Show `arrived` though another is not answered: it was told of where this is not seen."""
        if arrived in self._waiting and arrived != self._current:
            self._current, self._shown_at = arrived, self._clock()
            self._show()

    def skip(self) -> None:
        """More came than were added: what is held is not all of it."""
        self._many = True
        self._show()

    def take(self, key: str) -> None:
        """Take the reminder `key` off the panel: it was answered, here or elsewhere."""
        kept = [a for a in self._waiting if a.key != key]
        if len(kept) != len(self._waiting):
            self._waiting = kept
            self._changed()

    def clear(self) -> None:
        """Put all of them aside; they stay unanswered."""
        self._waiting = []
        self._changed()

    @property
    def reached_by(self) -> str:
        """The key after which the answers' keys are for this panel; empty: they are already."""
        return self._first

    def reach_by(self, key: str) -> None:
        """Say that the answers' keys are for this panel after `key`; empty: at once."""
        if key != self._first:
            self._first = key
            self._show()

    def on_resize(self) -> None:
        self._show()

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        if self.current:
            self.post_message(self.Answered(self.current, message.action))

    def _changed(self) -> None:
        self._show()
        self.post_message(self.Changed(self.waiting))

    def _show(self) -> None:
        if self._current not in self._waiting:
            self._current = self._waiting[-1] if self._waiting else None
            self._shown_at = self._clock()
        arrived = self._current
        self.display = arrived is not None
        if arrived is None:
            self._many = False
            return
        more = len(self._waiting) - 1
        others = "many more" if self._many else f"{more} more"
        title = f"it came back, and {others}" if more or self._many else "it came back"
        self.border_title = f"{title} · {self._first}, then a key" if self._first else title
        self.border_subtitle = Content(apart(clean(arrived.postmark)))
        roomy = not self.is_attached or self.app.size.height >= ROOMY
        self._text.show(arrived.text, most=MOST_LINES if roomy else FEW_LINES)
        self._note.update(Content(apart(clean(arrived.note))))
        self._note.display = bool(arrived.note)


def _demo() -> None:
    from textual.app import App

    words = ("D done", "R again", "S snooze", "X let go", "esc later")

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield Arrival([Hint(w.split()[0], w.split(" ", 1)[1], w) for w in words])

        def on_mount(self) -> None:
            panel = self.query_one(Arrival)
            panel.add(Arrived("2", 0, "what was that book about tides?", "from you, yesterday"))
            panel.add(Arrived("1", 0, "call mum", "from you, 19 days ago, in ~/src/foo", "#family"))

        def on_arrival_answered(self, message: Arrival.Answered) -> None:
            self.query_one(Arrival).take(message.arrived.key)

    Demo().run()


if __name__ == "__main__":
    _demo()
