"""Which keys the footer of the main screen offers, and when."""

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from later_tui.store.records import View
from later_tui.ui import keymap
from later_tui.widgets.hints import Hint

_ANSWERS = ("answer.again", "answer.done", "answer.let-go", "answer.snooze")
_IDS: dict[View, tuple[str, ...]] = {
    View.UPCOMING: ("thought.add", "thought.edit", *_ANSWERS, "thought.peek"),
    View.PAST: ("thought.add", *_ANSWERS),
    View.UNANSWERED: ("thought.add", *_ANSWERS),
}

WRITING = (
    Hint("enter", "keep", "write.keep"),
    Hint("esc", "back to the list, words stay", "write.leave"),
    Hint("ctrl+j", "new line", "write.break"),
)
EDITING = (
    Hint("enter", "keep the change", "write.keep"),
    Hint("esc", "leave it as it was", "write.leave"),
    Hint("ctrl+j", "new line", "write.break"),
)
ARRIVED = tuple(
    Hint(keymap.shown(key.keys), key.label, key.id)
    for key in keymap.MAIN_KEYS
    if key.group == keymap.ARRIVED
)


def footer(screen: Screen[Any], view: View) -> Sequence[Hint]:
    """Return what the keys do in a list; the last one is help."""
    ids = (*_IDS[view], "thought.open", "view.next", "app.help")
    return keymap.hints(screen, (*keymap.MAIN_KEYS, *keymap.APP_KEYS), ids)
