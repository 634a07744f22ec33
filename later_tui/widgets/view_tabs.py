"""Names of views with their counts on one line; one of them is chosen.

Try it: `python -m later_tui.widgets.view_tabs`
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from later_tui.widgets.cells import clean
from later_tui.widgets.ink import ground, ink
from later_tui.widgets.jumpable import Spot


class Tab(NamedTuple):
    """One view: its name in messages, its label, its total (None: not known yet)."""

    name: str
    label: str
    total: int | None = None
    wanted: bool = False
    """Whether its total asks to be looked at."""
    counted: bool = True
    """Whether it has a total at all."""


class ViewTabs(Widget):
    """The views of a list; a click posts `Chosen`, the owner then sets `active`."""

    DEFAULT_CSS = """
    ViewTabs {
        height: 1;
        padding: 0 1;
        & > .view-tabs--label { color: $text-muted; }
        & > .view-tabs--active { color: $foreground; background: $boost; text-style: bold; }
        & > .view-tabs--count { color: $text-muted; }
        & > .view-tabs--active-count { color: $primary; text-style: bold; }
        & > .view-tabs--wanted { color: $warning; text-style: bold; }
        & > .view-tabs--hover { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "view-tabs--label",
        "view-tabs--active",
        "view-tabs--count",
        "view-tabs--active-count",
        "view-tabs--wanted",
        "view-tabs--hover",
    }

    active: reactive[str] = reactive("")

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tabs: "ViewTabs", name: str) -> None:
            self.tabs = tabs
            self.name = name
            super().__init__()

        @property
        def control(self) -> "ViewTabs":
            return self.tabs

    def __init__(self, tabs: Sequence[Tab] = ()) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self._hover = ""
        if tabs:
            self.set_reactive(ViewTabs.active, tabs[0].name)

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs as they are shown."""
        return self._tabs

    def show(self, tabs: Sequence[Tab]) -> None:
        """Show `tabs` instead of those that were shown."""
        if tuple(tabs) != self._tabs:
            self._tabs = tuple(tabs)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        segments: list[Segment] = []
        for tab in self._tabs if y == 0 else ():
            active = tab.name == self.active
            under = ground(self, "view-tabs--active") if active else None
            hover = tab.name == self._hover and not active
            label = "active" if active else "hover" if hover else "label"
            count = "wanted" if tab.wanted else "active-count" if active else "count"
            segments.append(Segment(f" {clean(tab.label)} ", base + self._ink(label) + under))
            if tab.counted:
                segments.append(Segment(f"{_count(tab)} ", base + self._ink(count) + under))
        return Strip(segments).adjust_cell_length(self.content_size.width, base)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hover_over(self._tab_at(event))

    def on_leave(self) -> None:
        self._hover_over("")

    def on_click(self, event: events.Click) -> None:
        if name := self._tab_at(event):
            event.stop()
            self.post_message(self.Chosen(self, name))

    def jump_places(self) -> Sequence[Spot]:
        """Return the beginning of each tab."""
        left, top = self.content_region.offset
        return [Spot(tab.name, Offset(left + at, top)) for at, _, tab in self._placed()]

    def jump_to(self, name: str) -> None:
        """Do what a click on the tab does."""
        self.post_message(self.Chosen(self, name))

    def _ink(self, name: str) -> Style:
        return ink(self, f"view-tabs--{name}")

    def _hover_over(self, name: str) -> None:
        if name != self._hover:
            self._hover = name
            self.refresh()

    def _tab_at(self, event: events.MouseEvent) -> str:
        offset = event.get_content_offset(self)
        if offset is None:
            return ""
        return next((tab.name for at, stop, tab in self._placed() if at <= offset.x < stop), "")

    def _placed(self) -> Iterator[tuple[int, int, Tab]]:
        at = 0
        for tab in self._tabs:
            stop = at + cell_len(f" {clean(tab.label)} ")
            if tab.counted:
                stop += cell_len(f"{_count(tab)} ")
            yield at, stop, tab
            at = stop


def _count(tab: Tab) -> str:
    return "…" if tab.total is None else f"{tab.total:,}".replace(",", " ")


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield ViewTabs(
                [
                    Tab("upcoming", "Upcoming", 41),
                    Tab("past", "Past", 1287),
                    Tab("unanswered", "Unanswered", 3, wanted=True),
                    Tab("pictures", "Pictures", counted=False),
                ]
            )

        def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
            message.tabs.active = message.name

    Demo().run()


if __name__ == "__main__":
    _demo()
