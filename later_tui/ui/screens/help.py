"""All the keys, and how to write a thought."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, ClassVar

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
    ("… #family !email", "tags; where it comes back"),
    ("… within 3d --", "nothing before -- is read as a time"),
)
LEFT = 17
"""Cells for the keys of a line."""


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
            with self.scroller:
                yield Static(self._keys(), classes="keys", markup=False)
                yield Static(self._grammar(), classes="grammar", markup=False)
            yield self.hints

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "help"

    def offers(self) -> Sequence[Hint]:
        return keymap.hints(self, keymap.HELP_KEYS, ["help.close"])

    def _keys(self) -> Content:
        nearer: tuple[keymap.Key, ...] = getattr(self._under, "KEYS", ())
        far = (keymap.LISTS, keymap.WRITING, keymap.PANELS)
        first = [key for key in nearer if key.group not in far]
        return _table(self._groups((*first, *keymap.APP_KEYS)), LEFT)

    def _grammar(self) -> Content:
        rows = [(line, what.format(window=self._window)) for line, what in GRAMMAR]
        writing = _table({"how to write": rows}, 0)
        nearer: tuple[keymap.Key, ...] = getattr(self._under, "KEYS", keymap.LIST_KEYS)
        far = (keymap.LISTS, keymap.WRITING, keymap.PANELS)
        moving = _table(self._groups([key for key in nearer if key.group in far]), LEFT)
        return writing + "\n\n" + moving

    def _groups(self, keys: Iterable[keymap.Key]) -> dict[str, list[tuple[str, str]]]:
        """Return the lines by their headings; keys that share their help share a line."""
        own = keymap.own(self._under)
        groups: dict[str, dict[str, list[list[str]]]] = {}
        for key in dict.fromkeys(keys):
            bound = [keymap.shown(name) for name in keymap.keys_of(key, own)]
            groups.setdefault(key.group, {}).setdefault(key.help, []).append(bound)
        return {
            name: [(_fitting(bound), words) for words, bound in group.items()]
            for name, group in groups.items()
        }


def _fitting(bound: list[list[str]]) -> str:
    """Return as many keys as there is room for, at least one; the first of each action first."""
    keys = [key for turn in zip_longest(*bound) for key in turn if key]
    text = keys[0] if keys else "–"
    for key in keys[1:]:
        if len(text) + len(key) + 1 < LEFT:
            text += f" {key}"
    return text


def _table(groups: dict[str, list[tuple[str, str]]], width: int) -> Content:
    parts: list[Content] = []
    for heading, rows in groups.items():
        lines = [Content.styled(heading, "bold $primary")]
        for left, right in rows:
            name, words = Content.styled(left, "$secondary"), Content.styled(right, "$text-muted")
            pad = " " * max(width - len(left), 1)
            lines.append(name + pad + words if width else name + "\n    " + words)
        parts.append(Content("\n").join(lines))
    return Content("\n\n").join(parts)
