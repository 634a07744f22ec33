"""Edges of boxes show names with brackets and backslashes letter for letter."""

from dataclasses import replace

import pytest

from later_tui.config.settings import Settings
from later_tui.widgets.quick_add import QuickAdd
from tests.ui.conftest import Open
from tests.ui.stage import rest, session
from tests.widgets.showing import Showing, shown

NAMES = ("red[b=[b]x", "~\\[b", "x\\", "[/]", "\\[/b]", "[@click=app.quit]b[ ]", "[[x]]")


@pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name])
async def test_the_logs_name(running: Open, settings: Settings, name: str) -> None:
    strange = replace(settings, state_dir=settings.state_dir.parent / name)
    async with running(session=session(strange), size=(200, 30)) as (app, pilot):
        await pilot.press("L")
        await rest(pilot)
        assert str(strange.log_file) in shown(app)
        await pilot.press("escape")


@pytest.mark.parametrize("name", NAMES)
async def test_the_heading_of_the_box(name: str) -> None:
    box = QuickAdd(name)
    app = Showing(box)
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.pause()
        assert name in shown(app)
        await box.open_up()
        await pilot.pause()
        assert name in shown(app)
        box.set_heading(f"{name}, changed")
        await pilot.pause()
        assert f"{name}, changed" in shown(app)
