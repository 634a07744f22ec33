"""No text whatever does anything but be shown: in the lists, the detail, the panel, the box."""

from functools import partial

import pytest

from later_tui.store.asyncstore import Store
from later_tui.ui.app import LaterApp
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import HOUR, Thought, new, rest, until
from tests.widgets.showing import BAD_TEXTS, active, letters, shown


def is_left(app: LaterApp, count: int) -> bool:
    return app.main.upcoming == count


TEXTS = [text for text in BAD_TEXTS if "\ud800" not in text]


@pytest.mark.parametrize("size", [(110, 40), (60, 16)], ids=["wide", "narrow"])
async def test_bad_texts_are_listed_opened_and_answered_like_any_other(
    running: Open, store: Store, size: tuple[int, int]
) -> None:
    dice = stage.Dice(7)
    for at, text in enumerate(TEXTS):
        await store.add(new(Thought(text=text, ends=(at + 1) * HOUR, tags=("[/]",)), dice=dice))
    async with running(size=size) as (app, pilot):
        for at in range(len(TEXTS)):
            await rest(pilot)
            assert not active(app)
            await pilot.press("enter", "p")
            await rest(pilot)
            assert not active(app)
            await pilot.press("escape")
            await pilot.click("VirtualList", offset=(25, at % 6))
            await pilot.press("e")
            await rest(pilot)
            assert not active(app)
            await pilot.press("escape", "d")
            left = len(TEXTS) - at - 1
            await until(pilot, partial(is_left, app, left))
        await pilot.press("2")
        await rest(pilot)
        assert not active(app)
        assert f"Past {len(TEXTS)}" in shown(app)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_bad_texts_come_back_like_any_other(running: Open, store: Store, text: str) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await stage.deliver(store, Thought(text=text))
        await until(pilot, lambda: app.main.arrivals.shown)
        await rest(pilot)
        assert not active(app)
        await pilot.press("X")
        await until(pilot, lambda: not app.main.arrivals.shown)


@pytest.mark.parametrize("text", ["[/]", "[@click=app.quit]x[/]", "buy [milk] within 3d", "a & b"])
async def test_what_is_typed_is_kept_letter_for_letter(
    running: Open, store: Store, text: str
) -> None:
    async with running() as (app, pilot):
        await app.main.action_add()
        await pilot.press(*letters(text), "enter")
        await until(pilot, lambda: app.main.upcoming == 1)
        await rest(pilot)
        assert text.removesuffix(" within 3d") in shown(app)
