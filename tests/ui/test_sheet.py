"""Which editor is the person's own, and the file that it is given."""

import stat
from pathlib import Path

import pytest

from later_tui.domain.errors import OutsideError
from later_tui.ui.sheet import command, sheet, words_of


def test_the_editor_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert command({"EDITOR": "nano"}) == ["nano"]
    assert command({"EDITOR": ""}) == ["vi"]
    with pytest.raises(OutsideError, match="EDITOR=nano"):
        command({"EDITOR": "vi 'x"})


def test_what_stands_below_the_rule_is_not_kept() -> None:
    assert words_of(sheet("call mum\nand dad #family")) == "call mum\nand dad #family"
    assert words_of("all of it") == "all of it"


def test_the_editors_file_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from later_tui.ui.sheet import written

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = written("secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "secret"
