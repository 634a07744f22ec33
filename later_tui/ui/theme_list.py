"""The list of all themes, to be found by their names: ours, the person's own, the framework's."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.theme import BUILTIN_THEMES

from later_tui.ui.palette import Palette, likeness
from later_tui.ui.themes import THEMES

WORDS = "find a theme"
WORN = "●"
"""Before the theme that is on."""


class Themes(Provider):
    """Offers every theme there is; the one that is on is marked."""

    async def discover(self) -> Hits:
        for name in names(self.app):
            yield DiscoveryHit(self._marked(Content(name), name), self._put_on(name), name)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name in names(self.app):
            if score := likeness(query, name):
                shown = self._marked(matcher.highlight(name), name)
                yield Hit(score + matcher.match(name), shown, self._put_on(name), name)

    def _marked(self, shown: Content, name: str) -> Content:
        mark = WORN if name == self.app.theme else " "
        return Content(f"{mark} ") + shown

    def _put_on(self, name: str) -> partial[None]:
        return partial(setattr, self.app, "theme", name)


def theme_list(app: App[Any]) -> Palette:
    """Return the list as a palette that begins at the theme that is on."""
    return Palette(Themes, words=WORDS, at=app.theme)


def names(app: App[Any]) -> Iterator[str]:
    """Yield the names of all themes: ours first, then the person's own, then the framework's."""
    ours = [theme.name for theme in THEMES]
    yield from ours
    yield from sorted(app.available_themes.keys() - BUILTIN_THEMES.keys() - set(ours))
    yield from sorted(BUILTIN_THEMES)
