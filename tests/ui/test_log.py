"""The app's log: written for the person alone, read in the app, inert."""

import io
import logging
import os
import stat
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.ui import logbook
from later_tui.ui.logbook import Logbook, last_lines
from later_tui.ui.screens.log import LogScreen
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import shown

logger = logging.getLogger("later_tui.anywhere")


def test_a_line_is_written_for_the_person_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "later.log"
    with Logbook(path, ["hunter22", None]):
        assert not path.exists()
        logger.warning("the lane %s waits: %s", "email", "no route to hunter22\x1b[2J\nnext")
    logger.warning("after the end")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (line,) = path.read_text().splitlines()
    assert line.endswith("WARNING the lane email waits: no route to [secret][2J next")


def test_a_traceback_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "later.log"
    with Logbook(path):
        try:
            raise RuntimeError("unforeseen")
        except RuntimeError:
            logger.exception("the worker ended")
    lines = last_lines(path)
    assert lines[0].endswith("ERROR the worker ended")
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == "RuntimeError: unforeseen"
    assert lines[2].startswith("  File")


def test_the_log_is_begun_anew_when_it_is_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logbook, "LIMIT", 200)
    path = tmp_path / "later.log"
    with Logbook(path):
        for at in range(9):
            logger.warning("line %s of some length, to fill the file", at)
    assert path.stat().st_size < 400
    assert (tmp_path / "later.log.1").stat().st_size > 200
    assert last_lines(path)[-1].endswith("line 8 of some length, to fill the file")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with Logbook(in_the_way / "later.log"):
        logger.warning("lost")


def test_the_log_is_not_written_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("")
    (tmp_path / "later.log").symlink_to(target)
    with Logbook(tmp_path / "later.log"):
        logger.warning("not there")
    assert target.read_text() == ""


def test_only_the_end_of_a_long_log_is_read_and_all_of_it_is_inert(tmp_path: Path) -> None:
    path = tmp_path / "later.log"
    assert last_lines(path) == []
    path.write_bytes(b"x" * 200_000 + b"\n\xff\x1b]0;title\x07 \xc2\x9b31m\n  indented\n")
    lines = last_lines(path)
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)
    assert lines[1] == "  indented"


def test_a_log_that_is_emptied_while_it_is_read_has_no_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "later.log"
    path.write_bytes(b"x" * 200_000)
    opened = Path.open

    def emptied(path: Path, mode: str) -> io.BytesIO:
        class File(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                self.truncate(0)
                return super().read(size)

        with opened(path, mode) as file:
            return File(file.read())

    monkeypatch.setattr(Path, "open", emptied)
    assert last_lines(path) == []


async def test_the_log_is_a_key_away_and_keeps_itself_current(
    running: Open, settings: Settings
) -> None:
    log = settings.log_file
    async with running() as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: "Nothing has gone wrong yet" in shown(app))
        log.parent.mkdir(parents=True, exist_ok=True)
        many = "".join(f"2026-11-24T09:10:00+0100 WARNING number {at}\n" for at in range(90))
        log.write_text(f"{many}[@click=app.quit]x[/] \x1b[31m\n")
        await until(pilot, lambda: "[@click=app.quit]x[/] [31m" in shown(app))
        assert "warning  number 89" in shown(app)
        assert "number 0" not in shown(app)
        await pilot.press("g")
        await until(pilot, lambda: "warning  number 0" in shown(app))
        await pilot.press("L")
        await rest(pilot)
        assert app.screen is app.main


async def test_the_status_panel_opens_the_log(running: Open) -> None:
    async with running() as (app, pilot):
        await pilot.press("i")
        await rest(pilot)
        assert "L log" in shown(app)
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, LogScreen))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_a_log_that_cannot_be_read_is_said(running: Open, settings: Settings) -> None:
    settings.log_file.parent.mkdir(parents=True, exist_ok=True)
    settings.log_file.write_text("x")
    settings.log_file.chmod(0)
    async with running() as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: "the log cannot be read" in shown(app))


async def test_the_log_stands_inside_the_screen_as_other_panels_do(running: Open) -> None:
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("L")
        await rest(pilot)
        log = app.screen.query_one(".panel").region
        await pilot.press("L", "question_mark")
        await rest(pilot)
        assert app.screen.query_one(".panel").region.width == log.width < 60
