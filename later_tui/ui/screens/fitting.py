"""A screen's styles are those of its size from its first paint on."""

from typing import Any

from textual.screen import Screen


def fit(screen: Screen[Any]) -> None:
    """Give a screen that is being mounted the classes that its size will give it.

    The framework gives them once it has painted it: it would be seen otherwise for a moment, and be
    painted twice.
    """
    app, size = screen.app, screen.app.size
    across = screen.HORIZONTAL_BREAKPOINTS or app.HORIZONTAL_BREAKPOINTS
    down = screen.VERTICAL_BREAKPOINTS or app.VERTICAL_BREAKPOINTS
    for cells, breakpoints in ((size.width, across), (size.height, down)):
        reached = [named for named in sorted(breakpoints or ()) if named[0] <= cells]
        if reached:
            screen.add_class(reached[-1][1], update=False)
