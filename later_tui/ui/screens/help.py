"""All the keys, and how to write a thought."""

from collections.abc import Iterable, Sequence, Set
from itertools import zip_longest
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from later_tui.ui import keymap
from later_tui.ui.screens.panel import Panel
from later_tui.widgets.hints import Hint

GRAMMAR = (
    ("call mum", "at a random moment of the next {window}"),
    ("call mum within 3d", "… of the next 3 days"),
    ("call mum by fri", "… before the end of Friday"),
    ("call mum after 2d within 2w", "… not before 2 days are over"),
    ("stretch between 9-18", "only in these hours of the day"),
    ("water plants every week", "once in each week"),
    ("idea x3 within 1w", "three times"),
    ("check oven in 20m", "exactly then; so are: at 18:00, on fri"),
    ("… #family", "a tag, to find it by"),
    ("… via email", "how it comes back; !email is the same"),
    ("… via desktop then email 30m", "and by email, if unanswered 30 min later"),
    ("… nag 1h", "sent every hour until you answer"),
    ("… within 3d --", "nothing before -- is read as a time"),
)
LEFT = 17
"""Cells for the keys of a line."""
FAR = (keymap.LISTS, keymap.WRITING, keymap.FINDING, keymap.PANELS)
"""The groups whose keys are not always those of the screen."""
NEAR = (keymap.LISTS, keymap.WRITING)
"""Those that stand below the keys where there are two columns, and else below how to write."""
ENTER = {
    keymap.WRITING: ("enter", "keep the thought, or the change"),
    keymap.FINDING: ("enter", "to what was found"),
}
"""What is no binding: the places to write in hand their words over."""


class HelpScreen(Panel[None]):
    """A panel over everything; the same key closes it."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (
        *keymap.HELP_KEYS,
        *keymap.PANEL_KEYS,
        *keymap.OVER_KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]

    def __init__(self, under: Screen[Any], window: str) -> None:
        """`under` is the screen whose keys are shown; `window` is the default window in words."""
        super().__init__()
        self._under = under
        self._window = window
        self.scroller.add_class("columns")

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel wide"):
            near, rest = self._elsewhere()
            with self.scroller:
                with Vertical(classes="keys"):
                    yield from _parts((self._keys(), ""), (near, "broad"))
                with Vertical(classes="grammar"):
                    yield from _parts((self._grammar(), ""), (near, "slim"), (rest, ""))
            yield self.hints

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "help"

    def offers(self) -> Sequence[Hint]:
        return keymap.hints(self, keymap.HELP_KEYS, ["help.close"])

    def _keys(self) -> Content:
        first = [key for key in self._nearer if key.group not in FAR]
        taken = {name for key in first for name in self._bound(key)}
        groups = self._groups(first)
        # What the nearer screen does with a key of the app's is all that this key does there.
        for name, rows in self._groups(keymap.APP_KEYS, taken).items():
            groups[name] = [*groups.get(name, []), *rows]
        return _table(groups, LEFT)

    def _grammar(self) -> Content:
        rows = [(line, what.format(window=self._window)) for line, what in GRAMMAR]
        return _table({"how to write": rows}, 0)

    def _elsewhere(self) -> tuple[Content, Content]:
        """Return the keys of places on the screen and over it: in two parts, for two columns."""
        moving = self._groups(key for key in self._nearer if key.group in FAR)
        for group, row in ENTER.items():
            if group in moving:
                moving[group].insert(0, row)
        if set(keymap.MAIN_KEYS) <= set(self._nearer):
            moving |= self._groups((*keymap.ASKING_KEYS, *keymap.PANEL_KEYS))
        near = {name: moving.pop(name) for name in NEAR if name in moving}
        return _table(near, LEFT), _table(moving, LEFT)

    @property
    def _nearer(self) -> tuple[keymap.Key, ...]:
        found: tuple[keymap.Key, ...] = getattr(self._under, "KEYS", ())
        return found

    def _bound(self, key: keymap.Key) -> list[str]:
        return [keymap.shown(name) for name in keymap.keys_of(key, keymap.own(self._under))]

    def _groups(
        self, keys: Iterable[keymap.Key], taken: Set[str] = frozenset()
    ) -> dict[str, list[tuple[str, str]]]:
        """Return the lines by their headings; keys that share their help share a line.

        Keys that are `taken` are left out, and a line that has no others.
        """
        groups: dict[str, dict[str, list[list[str]]]] = {}
        for key in dict.fromkeys(keys):
            bound = self._bound(key)
            left = [name for name in bound if name not in taken]
            if left or not bound:
                groups.setdefault(key.group, {}).setdefault(key.help, []).append(left)
        return {
            name: [(_fitting(bound), words) for words, bound in group.items()]
            for name, group in groups.items()
        }


def _parts(*parts: tuple[Content, str]) -> Iterable[Static]:
    """Return what holds each content, if that is any, with the class of where it is shown."""
    return (Static(told, classes=where, markup=False) for told, where in parts if told.plain)


def _fitting(bound: list[list[str]]) -> str:
    """Return as many keys as there is room for, at least one for each action.

    More are added a turn at a time: what goes forward is not told without what goes back.
    """
    first, *more = [[key for key in turn if key] for turn in zip_longest(*bound)] or [["–"]]
    text = " ".join(first)
    for turn in more:
        longer = " ".join((text, *turn))
        if cell_len(longer) < LEFT:
            text = longer
    return text


def _table(groups: dict[str, list[tuple[str, str]]], width: int) -> Content:
    parts: list[Content] = []
    for heading, rows in groups.items():
        lines = [Content.styled(heading, "bold $primary")]
        for left, right in rows:
            name, words = Content.styled(left, "$secondary"), Content.styled(right, "$text-muted")
            pad = " " * max(width - name.cell_length, 1)
            lines.append(name + pad + words if width else name + "\n    " + words)
        parts.append(Content("\n").join(lines))
    return Content("\n\n").join(parts)
