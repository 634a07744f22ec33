"""`later add` while Redis is away."""

import json
from pathlib import Path

from tests.cli.running import Run

AWAY = {"LATER_REDIS_URL": "redis://127.0.0.1:1"}


def test_a_thought_is_kept_while_redis_is_away_and_is_there_when_it_is_back(later: Run) -> None:
    ended = later("add", "call mum", "within", "3d", env=AWAY)
    assert ended.code == 0
    assert ended.out.startswith("kept here ")
    assert "cannot be reached" in ended.err
    assert "it waits on this machine until Redis is back" in ended.err
    assert "call mum" in later("list").out


def test_many_lines_are_told_once(later: Run) -> None:
    ended = later("add", stdin=b"one\ntwo\nthree\n", env=AWAY)
    assert ended.code == 0
    assert ended.err.count("\n") == 1
    assert "3 thoughts wait on this machine" in ended.err
    assert len(later("list", "--json").out.splitlines()) == 3


def test_json_says_that_it_waits(later: Run) -> None:
    ended = later("add", "x", "--json", env=AWAY)
    assert json.loads(ended.out)["waiting"] is True


def test_what_cannot_be_kept_anywhere_fails_and_says_so(later: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    ended = later("add", "call mum", env=AWAY | {"LATER_DATA_DIR": str(blocked)})
    assert ended.code == 1
    assert "it is not saved" in ended.err
    assert "Traceback" not in ended.err
