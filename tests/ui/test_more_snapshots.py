"""Pictures of the letters, the log, the terminal's own colours and none: see test_snapshots."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from later_tui.config.settings import Settings
from later_tui.domain.times import TimeFormat
from later_tui.store import open_store
from tests.ui.stage import rest, session, until
from tests.ui.test_snapshots import CASES, HERE, SIZES, Closing, Compare, filled, picture

__all__ = ["filled"]
LOG = """\
2026-11-24T08:58:12+0100 INFO the lane email opens: the server answers again
2026-11-24T09:01:40+0100 WARNING email waits: mail.example.org does not answer (timed out)
2026-11-24T09:04:02+0100 ERROR the delivery of 7k2m on sms failed: no such number
Traceback (most recent call last):
  File "sms.py", line 12, in send
PermanentError: no such number
"""


def of(
    compare: Compare, settings: Settings, size: tuple[int, int], *keys: str, path: str = ""
) -> bool:
    app = Closing(session(settings), open_store, work=False)

    async def before(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.main.upcoming is not None)
        app.main.here(HERE)
        await rest(pilot)
        await pilot.press(*keys)
        await rest(pilot)
        if path:  # the test's own folder has another name each time
            app.screen.query_one(".panel").border_subtitle = path
        await rest(pilot)

    return compare(app, terminal_size=size, run_before=before)


@CASES
def test_letters(snap_compare: Compare, filled: Settings, look: str) -> None:
    assert picture(snap_compare, filled, look, "f")


@CASES
def test_log(snap_compare: Compare, filled: Settings, look: str) -> None:
    chosen = replace(filled, state_dir=filled.state_dir / "state")
    chosen.log_file.parent.mkdir(parents=True)
    chosen.log_file.write_text(LOG)
    theme = "later-light" if look == "light" else "later-dark"
    where = "~/.local/state/later/later.log"
    assert of(snap_compare, replace(chosen, theme=theme), SIZES[look], "L", path=where)


@pytest.mark.parametrize("theme", ["later-ansi", "ansi-dark", "ansi-light"])
def test_the_terminals_colours(snap_compare: Compare, filled: Settings, theme: str) -> None:
    assert of(snap_compare, replace(filled, theme=theme), (100, 30), "j", "j")


@pytest.mark.parametrize("theme", ["later-dark", "later-light"])
def test_no_colours(
    snap_compare: Compare, filled: Settings, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert of(snap_compare, replace(filled, theme=theme), (100, 30), "j", "j")


@CASES
def test_twelve_hours(snap_compare: Compare, filled: Settings, look: str) -> None:
    chosen = replace(filled, times=TimeFormat(twelve=True))
    assert picture(snap_compare, chosen, look, "p")
