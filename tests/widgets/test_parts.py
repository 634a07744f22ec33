"""Parts whose colours may look alike are told apart by their shapes."""

import pytest
from rich.console import Console
from textual.app import App

from later_tui.widgets.share_bars import Share, ShareBars
from later_tui.widgets.stacked_columns import Column, StackedColumns
from tests.widgets.showing import Showing, lines, shown

PARTS = ("done", "let go", "unanswered")


async def test_shapes_are_never_shown_without_what_they_mean() -> None:
    bars = ShareBars(PARTS)
    app = Showing(bars)
    app.no_color = True
    async with app.run_test(size=(51, 4)) as pilot:
        bars.show([Share("#a-rather-long-tag-name", (4, 1, 1))])
        await pilot.pause()
        assert lines(app, bars)[0].strip() == "━ done  ═ let go  ┄ unanswered"


def few(monkeypatch: pytest.MonkeyPatch, app: Showing, how: str) -> None:
    """Let `app` run where the colours of parts may look alike."""
    match how:
        case "no colour":
            app.no_color = True
        case "the terminal's own":
            app.theme = "ansi-dark"
        case name:
            monkeypatch.setattr(App, "is_headless", property(lambda _app: False))
            system = None if name == "none" else "standard"
            app.console = Console(color_system=system)  # type: ignore[arg-type]
    app.widget.refresh()


@pytest.mark.parametrize("how", ["no colour", "the terminal's own", "sixteen", "none"])
async def test_where_colours_may_look_alike_parts_differ_by_their_shapes(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    columns, bars = StackedColumns(PARTS), ShareBars(PARTS)
    for widget in (columns, bars):
        app = Showing(widget)
        async with app.run_test(size=(60, 12)) as pilot:
            columns.show([Column((4, 2, 2)), Column((0, 1, 0)), Column((1, 0, 0))])
            bars.show([Share("#a", (2, 2, 2))])
            await pilot.pause()
            assert PARTS[0] in shown(app)
            assert not set("▒░═┄") & set(shown(app))
            few(monkeypatch, app, how)
            await pilot.pause()
            text = [line.rstrip() for line in lines(app, widget)]
            if widget is columns:
                assert text[0].split("   ")[-3:] == ["█ done", "▒ let go", "░ unanswered"]
                drawn = [line[6:] for line in text[1:9]]
                assert drawn == ["░░░"] * 2 + ["▒▒▒"] * 2 + ["███"] * 3 + ["███ ▒▒▒ ███"]
            else:
                assert text[0].split("  ")[-3:] == ["━ done", "═ let go", "┄ unanswered"]
                bar = text[1].split()[1]
                assert sorted(set(bar), key=bar.index) == list("━═┄")
            monkeypatch.undo()
