"""What is being written: a new thought, or a change to one that is there; the others are put by.

No words are dropped but by `give_up`: what makes room in the box comes back when that is done.
"""

from collections import deque

from later_tui.domain.reminder import NewReminder, Reminder
from later_tui.widgets.quick_add import QuickAdd

HEADING = "what's on your mind?"
EDITING = "change it, or esc"
EDITING_ONE_OF = "change it, or esc; another change waits"
MOST_GONE = 8
"""So many Enters may be on their way at once: more than fingers manage."""


class Change:
    """A reminder whose words are being changed."""

    def __init__(self, reminder: Reminder, line: str) -> None:
        self.reminder = reminder
        self.line = line
        """What says the reminder as it is."""
        self.behind = line.removeprefix(reminder.text) if line.startswith(reminder.text) else ""
        """What of that stands behind the thought: whoever writes on means the thought."""
        self.text = line
        """What was made of that, as far as the box does not hold it."""
        self.tried: tuple[str, NewReminder] | None = None
        """The words at which Enter was pressed without a reply, and what was to be kept of them."""


class Writing:
    """Which words the box holds, and which of them come back into it afterwards."""

    def __init__(self, box: QuickAdd) -> None:
        self._box = box
        self._open: Change | None = None
        self._thought = ""
        """The new thought, while a change is open."""
        self._waiting: list[Change] = []
        self._gone: deque[str] = deque(maxlen=MOST_GONE)
        """Thoughts that left the box, the last ones."""

    @property
    def open(self) -> Change | None:
        """The change that the box holds; None: it holds a new thought."""
        return self._open

    @property
    def changed(self) -> bool:
        """Whether the box holds other words than the reminder that is open."""
        return self._open is not None and self._box.text != self._open.line

    @property
    def unkept(self) -> str:
        """Everything that was written and not kept."""
        words = [self._thought if self._open else self._box.text]
        words += [one.text for one in self._waiting]
        words += [self._box.text] if self.changed else []
        return joined(*(part.strip() for part in words))

    def begin(self, reminder: Reminder, line: str) -> None:
        """Put `line`, which says `reminder`, into the box, or what was made of it before."""
        self._put_by()
        again = [one for one in self._waiting if one.reminder.id == reminder.id]
        self._waiting = [one for one in self._waiting if one not in again]
        change = again[0] if again else Change(reminder, line)
        self._show(change)
        if not again:
            change.line = self._box.text  # the box may hold a little less: no marks of direction

    def give_up(self) -> None:
        """Forget the change that is open."""
        if self._open is not None:
            self._show_next()

    def add(self, words: str) -> None:
        """Put `words` behind the new thought, wherever that is."""
        if self._open is not None:
            self._thought = joined(self._thought, words)
        elif words:
            self._box.text = joined(self._box.text, words)

    def took(self, text: str, of: Change | None, *, first: bool = False) -> bool:
        """Take away `text`, which is kept now: `of` a change, or of the new thought (None).

        What was written behind it meanwhile is the next thought, the `first` of two or the last.
        Return whether there is nothing of that.
        """
        if of is None:
            return self._took_thought(text)
        written = self._box.text if of is self._open else of.text
        if not written.startswith(text):
            of.line = text  # it is being changed further
            return False
        behind = written.removeprefix(text)
        if of is not self._open:
            self._waiting = [one for one in self._waiting if one is not of]
            self.add(behind)
        else:
            two = (behind, self._thought) if first else (self._thought, behind)
            self._thought = joined(*two)
            if behind.strip():
                self._show(None)  # it is being written just now
            else:
                self._show_next()
        return not behind.strip()

    def entered(self, text: str) -> str:
        """Return what Enter was meant for, which was pressed when the box held `text`.

        What stood before it may have been kept, and have left the box, since the key was pressed.
        """
        if self._open is not None or self._box.text.startswith(text):
            return text
        for gone in self._gone:
            text = _behind(text, gone)
        return text

    def _took_thought(self, text: str) -> bool:
        self._gone.append(text)
        if self._open is not None:
            self._thought = _behind(self._thought, text)
            return not self._thought
        before = self._box.text
        if (rest := _behind(before, text)) != before:
            self._box.text = rest
        if not rest and self._waiting:
            self._show_next()
        return not rest

    def _put_by(self) -> None:
        if self._open is None:
            self._thought = self._box.text
        elif self.changed:
            self._open.text = self._box.text
            self._waiting.append(self._open)

    def _show_next(self) -> None:
        self._show(self._waiting.pop() if self._waiting else None)

    def _show(self, change: Change | None) -> None:
        self._open = change
        editing = EDITING_ONE_OF if self._waiting else EDITING
        self._box.set_heading(editing if change else HEADING)
        if change:
            self._box.write(change.text, behind=change.behind)
        else:
            self._box.text = self._thought


def joined(*parts: str) -> str:
    """Return what is not blank of `parts`, each on lines of its own."""
    return "\n".join(part for part in parts if part.strip())


def _behind(written: str, text: str) -> str:
    """Return what was written behind `text`; all of it, if it does not begin so any more."""
    if not written.startswith(text):
        return written
    return written.removeprefix(text).lstrip("\n")
