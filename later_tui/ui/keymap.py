"""Every key of the app in one place: what it does, its id, what it is called.

Bindings, footers, help and the command palette are made from this table. A keymap of the
person's own (`App.set_keymap`) goes by the ids.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.keys import key_to_character
from textual.screen import Screen

from later_tui.widgets.hints import Hint


@dataclass(frozen=True, slots=True)
class Key:
    """One action of the app."""

    id: str
    keys: str
    action: str
    label: str
    """A word or two, for footers."""
    help: str
    """A sentence, for help and the palette."""
    group: str

    @property
    def on_app(self) -> bool:
        """Whether the action is the app's, and not a screen's."""
        return self.id.startswith("app.")


THOUGHTS = "thoughts"
ARRIVED = "when one comes back"
VIEWS = "views"
APP = "the app"

# Keys that share their help share a line of it.
_SAME = "the same answers, for what came back"
_STEP = "next view, view before"
_VIEWS = "upcoming, past, unanswered"

MAIN_KEYS = (
    Key("thought.add", "a", "add", "add", "write a thought", THOUGHTS),
    Key("thought.open", "enter", "detail", "open", "show everything about it", THOUGHTS),
    Key("answer.done", "d", "answer('done')", "done", "it is done", THOUGHTS),
    Key("answer.again", "r", "answer('again')", "again", "draw a new moment for it", THOUGHTS),
    Key("answer.snooze", "s", "answer('snooze')", "snooze", "bring it back at a time", THOUGHTS),
    Key("answer.let-go", "x", "answer('let-go')", "let go", "it was not worth it", THOUGHTS),
    Key("thought.edit", "e", "edit", "edit", "change its words or its window", THOUGHTS),
    Key("thought.peek", "p", "peek", "peek", "show the drawn moment, or seal it", THOUGHTS),
    Key("arrived.done", "D", "arrived('done')", "done", _SAME, ARRIVED),
    Key("arrived.again", "R", "arrived('again')", "again", _SAME, ARRIVED),
    Key("arrived.snooze", "S", "arrived('snooze')", "snooze", _SAME, ARRIVED),
    Key("arrived.let-go", "X", "arrived('let-go')", "let go", _SAME, ARRIVED),
    Key("arrived.aside", "escape", "aside", "later", "leave it unanswered", ARRIVED),
    Key("view.next", "tab", "view_step(1)", "next view", _STEP, VIEWS),
    Key("view.previous", "shift+tab", "view_step(-1)", "view before", _STEP, VIEWS),
    Key("view.upcoming", "1", "view('upcoming')", "upcoming", _VIEWS, VIEWS),
    Key("view.past", "2", "view('past')", "past", _VIEWS, VIEWS),
    Key("view.unanswered", "3", "view('unanswered')", "unanswered", _VIEWS, VIEWS),
)
APP_KEYS = (
    Key("app.help", "?", "help", "help", "show the keys and how to write", APP),
    Key("app.health", "i", "health", "status", "show Redis, the workers and what waits", APP),
    Key("app.theme", "t", "other_theme", "theme", "light or dark", APP),
    Key("app.palette", "ctrl+p", "command_palette", "palette", "find any action by its name", APP),
    Key("app.quit", "q", "quit", "quit", "leave; what is kept waits for you", APP),
)
DETAIL_KEYS = (
    *(key for key in MAIN_KEYS if key.id.startswith("answer.")),
    *(key for key in MAIN_KEYS if key.id in ("thought.edit", "thought.peek")),
    Key("detail.close", "escape,q,enter", "close", "back", "go back", THOUGHTS),
)
HELP_KEYS = (Key("help.close", "escape,q,?,enter", "close", "back", "go back", APP),)
HEALTH_KEYS = (Key("health.close", "escape,q,i,enter", "close", "back", "go back", APP),)
LIST_KEYS = (
    ("j k ↓ ↑", "down, up"),
    ("ctrl+d ctrl+u", "half a page"),
    ("g G", "first, last"),
)
"""The list's own keys, as help says them."""


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """Return the bindings of `keys`, each with its id."""
    return [
        Binding(key.keys, key.action, key.help, show=False, id=key.id, tooltip=key.help)
        for key in keys
    ]


def hints(screen: Screen[Any], keys: Iterable[Key], ids: Iterable[str]) -> list[Hint]:
    """Return the keys of `ids` as they are bound on `screen` now, the person's keymap included."""
    bound: dict[str, str] = {}
    for active in screen.active_bindings.values():
        if active.binding.id:
            bound.setdefault(active.binding.id, active.binding.key)
    known = {key.id: key for key in keys}
    return [
        Hint(shown(bound.get(name, known[name].keys.split(",")[0])), known[name].label, name)
        for name in ids
    ]


def shown(key: str) -> str:
    """Return a key as a person reads it: "?" for "question_mark", "esc" for "escape"."""
    if key == "escape":
        return "esc"
    character = key_to_character(key)
    return character if character and character.isprintable() and character != " " else key
