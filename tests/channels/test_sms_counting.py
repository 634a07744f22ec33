"""How many text messages a thought takes is seen before it is sent, in the box and by a command."""

import pytest

from later_tui.channels.sms.counting import counted
from later_tui.domain.duration import Duration
from later_tui.domain.grammar import Reading
from later_tui.domain.habits import Habits
from later_tui.domain.quiet import Quiet
from later_tui.domain.route import Route
from later_tui.ui.reading import said_of
from tests.ui.stage import DAY, NOW, ZONE


@pytest.mark.parametrize(
    ("text", "table", "words"),
    [
        ("call mum", {}, "1 SMS"),
        ("x" * 161, {}, "2 SMS"),
        ("日" * 71, {}, "2 SMS"),
        ("x" * 161, {"most_segments": 1}, "1 SMS, its end is cut"),
        ("x" * 161, {"most_segments": "wrong"}, "2 SMS"),
    ],
)
def test_the_count_goes_by_the_configured_limit(
    text: str, table: dict[str, object], words: str
) -> None:
    assert counted(text, table) == words


def test_the_box_shows_it_where_the_route_has_sms_and_nowhere_else() -> None:
    reading = Reading(
        now=NOW, zone=ZONE, default_window=Duration(ms=14 * DAY), calendar=lambda *_: None
    )
    habits = Habits(Route.at_once(("desktop",)))

    def chips(line: str) -> list[str]:
        said = said_of(line, reading, Quiet(zone=ZONE), habits, sms=lambda text: counted(text, {}))
        return [chip.text for chip in said.chips]

    assert chips(f"{'x' * 161} !sms")[-1] == "2 SMS"
    assert not any("SMS" in chip for chip in chips("x" * 161))
