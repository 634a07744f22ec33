"""Which keys the footer of the main screen offers, and when."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.screen import Screen

from later_tui.domain.reminder import Reminder, State
from later_tui.store.records import View
from later_tui.ui import keymap
from later_tui.widgets.hints import Hint

_ANSWERS = ("answer.again", "answer.done", "answer.let-go", "answer.snooze")
_LOOKS = ("thought.undo", "thought.edit", "thought.peek", "thought.order")
_AGAIN = ("answer.send-again",)
_NOTHING = ("thought.add", "thought.find", "thought.undo", "view.next", "app.help")
"""What there is to do in a list without anything in it."""
_IDS: dict[View, tuple[str, ...]] = {
    View.UPCOMING: ("thought.add", "thought.edit", *_ANSWERS, "thought.peek"),
    View.PAST: ("thought.add", *_ANSWERS),
    View.UNANSWERED: ("thought.add", *_ANSWERS),
}
_ARRIVED = tuple(key for key in keymap.MAIN_KEYS if key.group == keymap.ARRIVED)
_WRITING = {
    "input.take": "write.take",
    "input.leave": "write.leave",
    "input.line-break": "write.break",
}


def sendable(reminder: Reminder) -> bool:
    """Tell whether sending it once more, on the person's word, is the thing to do now."""
    return reminder.retrying or reminder.state in (State.FAILED, State.UNKNOWN)


def adding(screen: Screen[Any]) -> Sequence[Hint]:
    """Return the key that begins a thought, if there is one."""
    return keymap.hints(screen, keymap.MAIN_KEYS, ["thought.add"])


def arrived(screen: Screen[Any]) -> Sequence[Hint]:
    """Return what the keys do with what has just come back."""
    return keymap.hints(screen, _ARRIVED, [key.id for key in _ARRIVED])


def writing(
    screen: Screen[Any],
    *,
    editing: bool,
    words: bool = False,
    offering: bool = False,
    fault: bool = False,
) -> Sequence[Hint]:
    """Return what the keys do while the box has them; the last one is the palette.

    `words` are in it; it is `offering` a completion; or it says what the `fault` of its words is,
    which Enter would only say once more.
    """
    stay = words and not offering  # of two things to say, the completion is the newer one
    leave = "leave as it was" if editing else "back, words stay" if stay else "back"
    labels = {"input.take": "complete"} if offering else {}
    labels |= {"input.leave": leave, "input.line-break": "new line"}
    bound = keymap.hints(screen, keymap.WRITING_KEYS, list(labels))
    keep = Hint("enter", "keep it" if editing else "keep", "write.keep")
    told = (Hint(one.key, labels[one.action], _WRITING[one.action]) for one in bound)
    return (*(() if fault else (keep,)), *told, *_palette(screen))


def finding(screen: Screen[Any], *, empty: bool = False) -> Sequence[Hint]:
    """Return what the keys do while the line for finding has them; nothing is found if `empty`."""
    enter = Hint("enter", "to the list", "find.enter")
    leave = keymap.hints(screen, keymap.FIND_KEYS, ["find.leave"])
    return [*([] if empty else [enter]), *leave, *_palette(screen)]


def found(screen: Screen[Any], *, again: bool = False) -> Sequence[Hint]:
    """Return what the keys do with what was found; the last one is help.

    The selected one can be sent `again`.
    """
    ids = ("arrived.aside", "thought.find", "thought.open", *_ANSWERS, *_LOOKS, "app.help")
    return _told(screen, (*_AGAIN[:again], *ids), {"arrived.aside": "end the search"})


def marked(screen: Screen[Any], count: int, *, again: bool = False) -> Sequence[Hint]:
    """Return what the keys do with `count` marked reminders; the last one is help.

    The way out stands first: of what does not fit, the last is left out. All of them can be sent
    `again`.
    """
    told = _told(
        screen,
        ("arrived.aside", *_AGAIN[:again], *_ANSWERS, "thought.mark", "app.help"),
        {"arrived.aside": "unmark"},
    )
    return [Hint(f"{count} marked", "", "arrived.aside"), *told]


def footer(
    screen: Screen[Any], view: View, *, empty: bool = False, again: bool = False
) -> Sequence[Hint]:
    """Return what the keys do in a list, which may be `empty`; the last one is help.

    The selected one can be sent `again`.
    """
    ids = (*_IDS[view], "thought.find", "thought.undo", "thought.open", "view.next", "app.help")
    return _told(screen, _NOTHING if empty else (*_AGAIN[:again], *ids))


def _told(
    screen: Screen[Any], ids: Sequence[str], labels: Mapping[str, str] | None = None
) -> list[Hint]:
    """Return the keys of `ids` on the main screen, some under other `labels`."""
    bound, labels = keymap.hints(screen, (*keymap.MAIN_KEYS, *keymap.APP_KEYS), ids), labels or {}
    return [Hint(one.key, labels.get(one.action, one.label), one.action) for one in bound]


def _palette(screen: Screen[Any]) -> Sequence[Hint]:
    """Return the way to everything else, where the key of help is a letter like others."""
    return keymap.hints(screen, keymap.APP_KEYS, ["app.palette"])
