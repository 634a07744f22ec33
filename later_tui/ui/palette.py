"""The command palette: everything that a key can do on the screen that is shown."""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.screen import Screen

import later_tui
from later_tui.ui import keymap
from later_tui.ui.keymap import Key

_BY_WHAT_IT_DOES = 0.01
"""The score of what is found by its help: below whatever is found by its name."""


class Palette(CommandPalette):
    """The framework's, in our looks."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(later_tui.__file__).parent / "styles" / "palette.tcss"
    ]


class Actions(Provider):
    """Offers the commands in their own order, thoughts first, where the framework sorts them."""

    async def discover(self) -> Hits:
        for name, help_, run, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(name, run, help=help_)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help_, run, _ in self.app.get_system_commands(self.screen):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=help_)
            elif query.casefold() in help_.casefold():
                yield Hit(_BY_WHAT_IT_DOES, name, run, help=help_)


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
