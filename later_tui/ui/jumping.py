"""Jump mode: a letter on every place of a screen, and its key goes there."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from later_tui.widgets.jump_overlay import JumpOverlay
from later_tui.widgets.jumpable import Jumpable, Spot

Goes = dict[str, Callable[[], object]]


def jump(screen: Screen[Any]) -> None:
    """Show the letters over `screen`, unless there is nowhere to go."""
    spots, goes = places(screen)

    def go(name: str | None) -> None:
        if name is not None:
            goes[name]()

    if spots and not isinstance(screen, JumpOverlay):
        screen.app.push_screen(JumpOverlay(spots), go)


def places(screen: Screen[Any]) -> tuple[list[Spot], Goes]:
    """Return the places of `screen`, from the top down, and how to go to each."""
    found: list[tuple[Spot, Callable[[], object]]] = []
    for widget in screen.query("*"):
        if _shown(widget) and screen.region.overlaps(widget.region):
            found += _of_widget(widget)
    found.sort(key=lambda one: (one[0].at.y, one[0].at.x))
    spots = [Spot(str(index), spot.at) for index, (spot, _) in enumerate(found)]
    return spots, {spot.name: go for spot, (_, go) in zip(spots, found, strict=True)}


def _shown(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))


def _of_widget(widget: Widget) -> list[tuple[Spot, Callable[[], object]]]:
    if isinstance(widget, Jumpable):
        return [(spot, partial(widget.jump_to, spot.name)) for spot in widget.jump_places()]
    if widget.focusable:
        return [(Spot("", _before(widget)), widget.focus)]
    return []


def _before(widget: Widget) -> Offset:
    """Return the place of a letter for `widget`: on the blank, or the frame, before its words."""
    left, top = widget.content_region.offset
    return Offset(max(left - 1, 0), top)
