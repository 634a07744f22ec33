"""Every key of the app in one place: what it does, its id, what it is called.

Bindings, footers, help, the command palette and `later keys` are made from this table. A keymap of
the person's own (`[keys]` in the configuration, `ui/own_keys.py`) goes by the ids.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from textual.binding import Binding, BindingType
from textual.screen import Screen

from later_tui.ui.key_names import character_of
from later_tui.widgets.find_bar import FindBar
from later_tui.widgets.hints import Hint
from later_tui.widgets.quick_add import QuickAdd
from later_tui.widgets.thought_keys import THOUGHT_KEYS
from later_tui.widgets.virtual_list import VirtualList


class Key(NamedTuple):
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
        return self.id.startswith("app.") or self.id == ADD_ID


ADD_ID = "thought.add"
"""Works everywhere but where words are being written."""

THOUGHTS = "thoughts"
ARRIVED = "when one comes back"
VIEWS = "views"
LISTS = "in a list"
WRITING = "while you write"
FINDING = "while you look for one"
DETAIL = "in the details"
SNOOZING = "while you snooze"
PASTING = "when a list is pasted"
PANELS = "in a panel"
APP = "the app"

# Keys that share their help share a line of it.
_SAME = "the same, for what came back"
_STEP = "next view, view before"
_VIEWS = "upcoming, past, unanswered"

ADD = Key(ADD_ID, "a", "add", "add", "write a thought", THOUGHTS)
MAIN_KEYS = (
    ADD,
    Key("thought.open", "enter", "detail", "open", "show everything about it", THOUGHTS),
    Key("answer.done", "d", "answer('done')", "done", "it is done", THOUGHTS),
    Key("answer.again", "r", "answer('again')", "again", "draw a new moment for it", THOUGHTS),
    Key("answer.snooze", "s", "answer('snooze')", "snooze", "bring it back at a time", THOUGHTS),
    Key("answer.let-go", "x", "answer('let-go')", "let go", "it was not worth it", THOUGHTS),
    Key(
        "answer.send-again",
        "n",
        "send_again",
        "send again",
        "send once more what did not come",
        THOUGHTS,
    ),
    Key("thought.edit", "e", "edit", "edit", "change its words or its window", THOUGHTS),
    Key("thought.editor", "E", "editor", "editor", "change it in $EDITOR", THOUGHTS),
    Key("thought.peek", "p", "peek", "peek", "show the drawn moment or seal it", THOUGHTS),
    Key("thought.mark", "space", "mark", "mark", "mark it: one answer for several", THOUGHTS),
    Key(
        "thought.mark-all",
        "asterisk",
        "mark_all",
        "mark all",
        "mark all on the screen and near",
        THOUGHTS,
    ),
    Key("thought.undo", "u", "undo", "undo", "undo the last answer or edit", THOUGHTS),
    Key("thought.find", "slash", "find", "find", "find by words, #tag, is:done", THOUGHTS),
    Key("thought.order", "o", "order", "order", "turn the order round", THOUGHTS),
    Key("arrived.done", "D", "arrived('done')", "done", _SAME, ARRIVED),
    Key("arrived.again", "R", "arrived('again')", "again", _SAME, ARRIVED),
    Key("arrived.snooze", "S", "arrived('snooze')", "snooze", _SAME, ARRIVED),
    Key("arrived.let-go", "X", "arrived('let-go')", "let go", _SAME, ARRIVED),
    Key("arrived.aside", "escape", "aside", "later", "leave it unanswered", ARRIVED),
    Key("view.next", "tab,l,right", "view_step(1)", "next view", _STEP, VIEWS),
    Key("view.previous", "shift+tab,h,left", "view_step(-1)", "view before", _STEP, VIEWS),
    Key("view.upcoming", "1", "view('upcoming')", "upcoming", _VIEWS, VIEWS),
    Key("view.past", "2", "view('past')", "past", _VIEWS, VIEWS),
    Key("view.unanswered", "3", "view('unanswered')", "unanswered", _VIEWS, VIEWS),
)
APP_KEYS = (
    Key("app.help", "?", "help", "help", "show the keys and how to write", APP),
    Key("app.pictures", "4", "pictures", "pictures", "what may come, what became of it", APP),
    Key("app.health", "i", "health", "status", "Redis, workers and what waits", APP),
    Key("app.log", "L", "log", "log", "show the last lines of the log", APP),
    Key("app.jump", "f,ctrl+o", "jump", "jump", "go to any place by its letter", APP),
    Key("app.theme", "t", "other_theme", "theme", "light or dark", APP),
    Key("app.palette", "ctrl+p", "command_palette", "palette", "find any action by its name", APP),
    Key("app.redraw", "ctrl+l", "redraw", "redraw", "draw the whole screen anew", APP),
    Key("app.suspend", "ctrl+z", "suspend_process", "shell", "to the shell; fg comes back", APP),
    Key("app.quit", "q,ctrl+c", "quit", "quit", "leave; what is kept stays kept", APP),
)
_OVER = frozenset({"log", "theme", "palette", "redraw"})
PANEL_KEYS = (
    Key("panel.down", "j,down", "scroll(1)", "down", "a line down, up", PANELS),
    Key("panel.up", "k,up", "scroll(-1)", "up", "a line down, up", PANELS),
    Key(
        "panel.page-down",
        "ctrl+d,pagedown,space",
        "scroll(8)",
        "page down",
        "a page down, up",
        PANELS,
    ),
    Key("panel.page-up", "ctrl+u,pageup", "scroll(-8)", "page up", "a page down, up", PANELS),
    Key("panel.first", "g,home", "scroll(-100000)", "first", "to the beginning, the end", PANELS),
    Key("panel.last", "G,end", "scroll(100000)", "last", "to the beginning, the end", PANELS),
)
"""What scrolls, in every panel that may be longer than the screen."""
OVER_KEYS = (ADD, *(key for key in APP_KEYS if key.id.removeprefix("app.") in _OVER))
"""The app's keys that work in a panel, too; behind it the others would surprise."""
DETAIL_KEYS = (
    *(key for key in MAIN_KEYS if key.id.startswith("answer.")),
    *(key for key in MAIN_KEYS if key.id in ("thought.edit", "thought.peek")),
    Key("detail.why", "w", "why", "why", "how it was drawn, each attempt", DETAIL),
    Key("detail.close", "escape,q,enter", "close", "back", "go back", DETAIL),
)
HELP_KEYS = (Key("help.close", "escape,q,?,enter", "close", "back", "go back", APP),)
PICTURES_KEYS = (
    Key("pictures.close", "escape,q,4,enter", "close", "back", "go back", APP),
    ADD,
    *(key for key in MAIN_KEYS if key.group == VIEWS),
)
HEALTH_KEYS = (Key("health.close", "escape,q,i,enter", "close", "back", "go back", APP),)
LOG_KEYS = (Key("log.close", "escape,q,L,enter", "close", "back", "go back", APP), ADD)
PASTED_KEYS = (
    Key(
        "pasted.many", "enter", "choose('many')", "keep them all", "each line is a thought", PASTING
    ),
    Key("pasted.one", "o", "choose('one')", "as one thought", "all lines are one thought", PASTING),
    Key("pasted.close", "escape,q", "choose('')", "leave it", "keep nothing of it", PASTING),
)
SNOOZE_KEYS = (
    *(
        Key(
            f"snooze.{at}",
            f"{at}",
            f"preset({at})",
            "",
            "until one of the times shown",
            SNOOZING,
        )
        for at in range(1, 7)
    ),
    Key("snooze.type", "t,tab", "type", "type a time", "type when it is to come back", SNOOZING),
    Key("snooze.close", "escape", "close", "back", "go back", SNOOZING),
)
ASKING_KEYS = (
    *(key for key in DETAIL_KEYS if key.group == DETAIL),
    *SNOOZE_KEYS,
    *PASTED_KEYS,
)
"""What only the panels know that open from the main screen, and over which no help opens."""


def _brought(bindings: Iterable[BindingType], group: str) -> tuple[Key, ...]:
    """Return the keys that a widget brings along."""
    return tuple(
        Key(one.id, one.key, one.action, one.description, one.tooltip or one.description, group)
        for one in bindings
        if isinstance(one, Binding) and one.id
    )


LIST_KEYS = _brought(VirtualList.BINDINGS, LISTS)
WRITING_KEYS = (*_brought(QuickAdd.BINDINGS, WRITING), *_brought(THOUGHT_KEYS, WRITING))
FIND_KEYS = _brought(FindBar.BINDINGS, FINDING)

PLACES: Mapping[str, tuple[Key, ...]] = {
    "the main screen": (*LIST_KEYS, *MAIN_KEYS, *APP_KEYS),
    "the box": (*WRITING_KEYS, *APP_KEYS),
    "the line for finding": (*FIND_KEYS, *APP_KEYS),
    "the details": (*DETAIL_KEYS, *PANEL_KEYS, *OVER_KEYS),
    "help": (*HELP_KEYS, *PANEL_KEYS, *OVER_KEYS),
    "the page of pictures": (*PICTURES_KEYS, *PANEL_KEYS, *APP_KEYS),
    "the status panel": (*HEALTH_KEYS, *PANEL_KEYS, *OVER_KEYS),
    "a pasted list": (*PASTED_KEYS, *PANEL_KEYS, *APP_KEYS),
    "the log": (*LOG_KEYS, *PANEL_KEYS),
    "the snooze prompt": (*SNOOZE_KEYS,),
}
"""Which keys can be pressed where; the nearer ones come first, as they do on the screen."""

EVERY = {key.id: key for keys in PLACES.values() for key in keys}
"""Every key by its id."""


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """Return the bindings of `keys`, each with its id."""
    return [
        Binding(
            key.keys,
            f"app.{key.action}" if key.on_app else key.action,
            key.help,
            show=False,
            id=key.id,
            tooltip=key.help,
        )
        for key in keys
    ]


def own(screen: Screen[Any]) -> Mapping[str, str]:
    """Return the person's own keys by id, in the app that `screen` is of."""
    keys: Mapping[str, str] = getattr(screen.app, "own_keys", {})
    return keys


def keys_of(key: Key, own_keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that do it, the person's own if there are any; none if it is unbound."""
    text = own_keys.get(key.id, key.keys)
    return tuple(name.strip() for name in text.split(",") if name.strip())


def hints(screen: Screen[Any], keys: Iterable[Key], ids: Iterable[str]) -> list[Hint]:
    """Return the first key of each of `ids` as it is bound now; what is unbound is left out."""
    known, given = {key.id: key for key in keys}, own(screen)
    bound = ((known[name], keys_of(known[name], given)) for name in ids)
    return [Hint(shown(found[0]), key.label, key.id) for key, found in bound if found]


def first_key(screen: Screen[Any], name: str) -> str:
    """Return the first key that does what has the id `name`; empty if it is unbound."""
    return "".join(hint.key for hint in hints(screen, [EVERY[name]], [name]))


def shown(key: str) -> str:
    """Return a key as a person reads it: "?" for "question_mark", "esc" for "escape"."""
    if key == "escape":
        return "esc"
    return key if key == "space" else character_of(key) or key
