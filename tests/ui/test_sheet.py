"""Which editor is the person's own, and the file that it is given."""

import stat
from pathlib import Path

import pytest

from later_tui.domain.errors import OutsideError
from later_tui.ui.sheet import command, sheet, words_of, written


def test_the_editor_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert command({"EDITOR": "nano"}) == ["nano"]
    assert command({"EDITOR": ""}) == ["vi"]
    assert command({"VISUAL": "  ", "EDITOR": "nano"}) == ["nano"]
    with pytest.raises(OutsideError, match=r"\$EDITOR cannot be read .*; EDITOR=nano"):
        command({"EDITOR": "vi 'x"})
    with pytest.raises(OutsideError, match=r"\$VISUAL cannot be read .*; VISUAL=nano"):
        command({"VISUAL": "vim 'x", "EDITOR": "nano"})


def test_where_no_folder_can_be_written_to_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: ["/nonexistent"])
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    with pytest.raises(OutsideError, match=r"for the editor in /nonexistent .*set TMPDIR"):
        written("x")


def test_what_stands_below_the_rule_is_not_kept() -> None:
    assert words_of(sheet("call mum\nand dad #family")) == "call mum\nand dad #family"
    assert words_of("all of it") == "all of it"


def test_the_editors_file_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = written("secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "secret"
