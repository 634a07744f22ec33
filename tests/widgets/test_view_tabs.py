import pytest

from later_tui.widgets.view_tabs import Tab, ViewTabs
from tests.widgets.showing import BAD_TEXTS, IDS, Showing, active, shown

TABS = (
    Tab("upcoming", "Upcoming", 41),
    Tab("past", "Past", 1_234_567),
    Tab("unanswered", "Unanswered", 3, wanted=True),
)


class Tabbing(Showing):
    def __init__(self, widget: ViewTabs) -> None:
        super().__init__(widget)
        self.chosen: list[str] = []

    def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
        self.chosen.append(message.name)


async def test_names_stand_with_their_counts() -> None:
    async with Tabbing(ViewTabs(TABS)).run_test(size=(80, 3)) as pilot:
        words = " ".join(shown(pilot.app).split())
        assert words == "Upcoming 41 Past 1 234 567 Unanswered 3"


async def test_a_count_that_is_not_known_is_not_nought() -> None:
    async with Tabbing(ViewTabs([Tab("a", "All")])).run_test(size=(80, 3)) as pilot:
        assert shown(pilot.app).split() == ["All", "…"]


async def test_a_click_chooses_and_leaves_the_rest_to_the_owner() -> None:
    tabs = ViewTabs(TABS)
    app = Tabbing(tabs)
    async with app.run_test(size=(80, 3)) as pilot:
        for column in (1, 13, 14, 29, 30, 79):  # the first and last cell of two tabs, and no tab
            await pilot.click(ViewTabs, offset=(column, 0))
        assert app.chosen == ["upcoming", "upcoming", "past", "past", "unanswered"]
        assert tabs.active == "upcoming"


@pytest.mark.parametrize("text", BAD_TEXTS, ids=IDS)
async def test_a_label_is_inert(text: str) -> None:
    app = Tabbing(ViewTabs([Tab("a", text, 1)]))
    async with app.run_test(size=(80, 3)):
        assert not active(app)
