"""The command palette: everything that a key can do on the screen that is shown."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.command import (
    Command,
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widgets import LoadingIndicator

import later_tui
from later_tui.ui import keymap
from later_tui.ui.keymap import Key

_BY_WHAT_IT_DOES = 0.01
"""The score of what is found by its help: below whatever is found by its name."""
_AS_IT_IS = 100.0
"""What a name's score gains where it has the words as they are: above any abbreviation."""


class Palette(CommandPalette):
    """The framework's, in our looks and words."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(later_tui.__file__).parent / "styles" / "palette.tcss"
    ]

    def __init__(
        self,
        provider: type[Provider] | None = None,
        *,
        words: str = "find an action, by its name or by what it does",
        at: str = "",
    ) -> None:
        """Offer what `provider` has, or all the app's; begin at the one whose text is `at`.

        `words` say what can be written while nothing is.
        """
        super().__init__([provider] if provider else None, placeholder=words)
        self._words = words
        self._at = at

    def compose(self) -> ComposeResult:
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield CommandInput(placeholder=self._words, select_on_focus=False)
            with Vertical(id="--results"):
                yield Commands()
                yield LoadingIndicator()

    def on_option_list_option_highlighted(self, event: CommandList.OptionHighlighted) -> None:
        """Go to the one to begin at, once they are there: the framework goes to the first."""
        at, self._at = self._at, ""
        listed = event.option_list
        for index, option in enumerate(listed.options if at else ()):
            if isinstance(option, Command) and option.hit.text == at:
                listed.highlighted = index


class Commands(CommandList):
    """The framework's; where colours cannot tell the chosen one it may be reversed."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return the framework's style, and whether it is reversed, which that leaves out."""
        style = super().get_visual_style(*component_classes, partial=partial)
        if any(self.get_component_styles(one).text_style.reverse for one in component_classes):
            return style + Style(reverse=True)
        return style


class Actions(Provider):
    """Offers the commands in their own order, thoughts first, where the framework sorts them."""

    async def discover(self) -> Hits:
        for name, help_, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(name, run, help=help_)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help_, run, _ in self.app.get_system_commands(self.screen):
            if score := likeness(query, name):
                score += matcher.match(name)
                yield Hit(score, matcher.highlight(name), run, help=help_)
            elif query.casefold() in help_.casefold():
                yield Hit(_BY_WHAT_IT_DOES, name, run, help=help_)


def likeness(query: str, name: str) -> float:
    """Return how well `query` stands for `name`: as it is there, abbreviated, or 0: not at all.

    An abbreviation takes some words of the name in their order, of each the first letter and any
    of the others: "snz" and "tsn" are "thoughts: snooze". Letters from anywhere would find "theme"
    in "take THe coMplEtion".
    """
    wanted, name = query.casefold(), name.casefold()
    if wanted in name:
        return _AS_IT_IS
    letters = re.sub(r"\W", "", wanted)
    words = re.findall(r"\w+", name)
    # The places (word, letter) where the last of the letters so far may be.
    ends = {(-1, 0)}
    for letter in letters:
        ends = {
            (word, at)
            for before, last in ends
            for word in range(max(before, 0), len(words))
            for at in (range(last + 1, len(words[word])) if word == before else (0,))
            if words[word][at] == letter
        }
    return 1.0 if letters and ends else 0.0


def commands(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Yield the actions of `screen` (its `KEYS`) and of the app, with their keys."""
    own = keymap.own(screen)
    nearer: tuple[Key, ...] = getattr(screen, "KEYS", ())
    for key in dict.fromkeys((*nearer, *keymap.APP_KEYS)):
        if key.id != "app.palette" and (key.on_app or runs_on(screen, key) is not None):
            bound = [keymap.shown(name) for name in keymap.keys_of(key, own)]
            help_ = f"{key.help} ({bound[0]})" if bound else key.help
            yield SystemCommand(f"{key.group}: {key.label}", help_, _runs(screen, key))


def runs_on(screen: Screen[Any], key: Key) -> DOMNode | None:
    """Return whose action a key runs: the app's, the screen's, or that of a widget on it."""
    if key.on_app:
        return screen.app
    method = f"action_{key.action.partition('(')[0]}"
    if hasattr(screen, method):
        return screen
    shown = (widget for widget in screen.query("*") if widget.display)
    return next((widget for widget in shown if hasattr(widget, method)), None)


def _runs(screen: Screen[Any], key: Key) -> Callable[[], None]:
    def run() -> None:
        screen.run_worker(screen.app.run_action(key.action, runs_on(screen, key)))

    return run
