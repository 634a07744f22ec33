"""What nearly matches is found too: below what does, and only for a few words."""

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.nearness import nearness
from later_tui.domain.query_text import read_query
from later_tui.store.asyncstore import Store
from later_tui.ui import finder
from later_tui.ui.finder import near_enough, words_alone
from tests.ui import stage
from tests.ui.conftest import Open
from tests.ui.stage import DAY, NOW, Thought, new, rest
from tests.ui.test_finding import looked, rows
from tests.widgets.showing import letters, shown

LONG = 2 * (
    "The meeting with the landlady about the window in the kitchen was moved to the second week; "
    "she said that the carpenter can only come in the morning, and that we should take the table "
    "and the lamps away before. "
)


async def test_what_only_nearly_matches_stands_below_what_does(running: Open, store: Store) -> None:
    for text in ("call mum", "calm down, much", "read"):
        await store.add(new(Thought(text=text), dice=stage.Dice(len(text))))
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("call mum"))
        await looked(app, pilot)
        assert rows(app) == ["call mum"]
        await pilot.press(*["backspace"] * 8, *letters("clmm"))
        await looked(app, pilot)
        assert set(rows(app)) == {"call mum", "calm down, much"}
        assert "0 found, 2 nearly" in shown(app)


async def test_what_nearly_matches_is_set_apart_and_stays_last_in_each_order(
    running: Open, store: Store
) -> None:
    for at, text in enumerate(("read a book", "bread", "a rXead day, before all")):
        await store.add(new(Thought(text=text, ends=(9 - at) * DAY), dice=stage.Dice(at)))
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("read"))
        await looked(app, pilot)
        assert "2 found, 1 nearly" in shown(app)
        for _ in finder.ORDERS:
            listed = [app.main._shelf.shown.row_at(at) for at in range(3)]
            assert [row.near for row in listed if row] == [False, False, True]
            assert rows(app)[-1] == "a rXead day, before all"
            app.main.action_order()
            await rest(pilot)
        app.main._shelf.fill_found(range(1, 3))
        assert [row.near for at in range(3) if (row := app.main._shelf.shown.row_at(at))] == [
            False,
            False,
            True,
        ]


def test_only_a_few_words_alone_match_nearly(settings: Settings) -> None:
    reading = settings.reading(NOW)
    assert words_alone(read_query("call mum", reading)) == "call mum"
    for query in ("clmm is:done", "#tag", "-mum", "clmm -mum", "x" * 1000):
        assert words_alone(read_query(query, reading)) == ""


def test_near_enough_is_what_stands_together() -> None:
    assert near_enough("clmm", "Call Mum") > 0
    assert near_enough("xyz", "call mum") == 0
    assert near_enough("dentist", LONG) == 0
    assert near_enough("mum", " ".join([LONG, "call mum"])) == 0  # far behind its beginning


async def test_a_long_thought_does_not_hold_the_letters_up(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(new(Thought(text=LONG)))
    looked_at: list[str] = []

    def counted(wanted: str, text: str) -> float:
        looked_at.append(text)
        return nearness(wanted, text)

    monkeypatch.setattr(finder, "nearness", counted)
    async with running() as (app, pilot):
        await pilot.press("slash", *letters("dentist"))
        await looked(app, pilot)
        assert rows(app) == []
        assert looked_at
        assert max(map(len, looked_at)) <= finder.LONGEST
