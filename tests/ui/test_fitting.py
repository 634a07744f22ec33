"""A screen is painted for its size from the first time on."""

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from later_tui.ui.screens.fitting import fit


class Telling(Static):
    """Remembers in which classes its screen was painted."""

    def __init__(self) -> None:
        super().__init__("painted")
        self.seen: list[frozenset[str]] = []

    def render_line(self, y: int):  # type: ignore[no-untyped-def]
        self.seen.append(frozenset(self.screen.classes))
        return super().render_line(y)


class Fitted(Screen[None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (170, "-beside")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Telling()

    def on_mount(self) -> None:
        fit(self)


class Sized(App[None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(20, "-low"), (24, "-high")]  # noqa: RUF012


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        ((60, 16), {"-slim"}),
        ((60, 20), {"-slim", "-low"}),
        ((170, 24), {"-beside", "-high"}),
        ((300, 100), {"-beside", "-high"}),
    ],
)
async def test_it_is_never_painted_in_the_classes_of_another_size(
    size: tuple[int, int], classes: set[str]
) -> None:
    async with Sized().run_test(size=size) as pilot:
        screen = Fitted()
        await pilot.app.push_screen(screen)
        await pilot.pause(0.1)
        assert set(screen.query_one(Telling).seen) == {frozenset(classes)}
