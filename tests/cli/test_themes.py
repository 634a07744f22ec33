"""`later themes` lists the themes of the app, and says which one is on and what is wrong."""

import json
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from later_tui.ui.themes import THEMES
from tests.cli.running import Ended, Run


@pytest.fixture
def config(tmp_path: Path, environment: dict[str, str]) -> Path:
    folder = tmp_path / "later"
    (folder / "themes").mkdir(parents=True)
    environment["LATER_CONFIG"] = str(folder / "config.toml")
    environment.pop("LATER_THEME", None)
    (folder / "config.toml").touch()
    return folder / "config.toml"


def put(config: Path, name: str, text: str) -> Path:
    file = config.parent / "themes" / name
    file.write_text(text)
    return file


def told(ended: Ended) -> dict[str, dict[str, object]]:
    return {one["name"]: one for one in map(json.loads, ended.lines)}


def test_every_theme_is_there_with_its_ground_and_whose_it_is(later: Run, config: Path) -> None:
    ended = later("themes")
    assert (ended.code, ended.err) == (0, "")
    rows = [line.split(maxsplit=2) for line in ended.lines[:-1]]
    assert [row[0] for row in rows] == [*(one.name for one in THEMES), *sorted(BUILTIN_THEMES)]
    said = {name: (ground, rest) for name, ground, rest in rows}
    assert said["later-dark"] == ("dark", "chosen  ours")
    assert said["later-light"] == ("light", "ours")
    assert said["later-ansi"] == ("terminal", "ours")
    assert said["catppuccin-latte"] == ("light", "built in")
    assert sum("chosen" in line for line in ended.lines[:-1]) == 1


def test_the_last_line_says_how_to_choose_one(later: Run, config: Path) -> None:
    last = later("themes").lines[-1]
    assert 'theme = "NAME"' in last
    assert str(config) in last
    assert last.endswith("LATER_THEME=NAME")
    assert later("themes", env={"LATER_THEME": "nord"}).lines[-1].endswith("wins)")


def test_what_is_chosen_is_by_the_file_or_by_the_variable(later: Run, config: Path) -> None:
    config.write_text('theme = "gruvbox"\n')
    for env, name in ({}, "gruvbox"), ({"LATER_THEME": "nord"}, "nord"):
        found = told(later("themes", "--json", env=env))
        assert [one for one, said in found.items() if said["chosen"]] == [name]


def test_your_own_stand_there_with_their_files(later: Run, config: Path) -> None:
    file = put(config, "dusk.toml", 'primary = "teal"\nname = "evening"\ndark = false\n')
    config.write_text('theme = "evening"\n')
    ended = later("themes")
    assert (ended.code, ended.err) == (0, "")
    [line] = [line for line in ended.lines if line.startswith("evening ")]
    assert line.split(maxsplit=3) == ["evening", "light", "chosen", f"yours: {file}"]
    one = told(later("themes", "--json"))["evening"]
    assert (one["whose"], one["file"], one["dark"]) == ("yours", str(file), False)


def test_files_that_cannot_be_used_are_a_sentence_each_after_the_others(
    later: Run, config: Path
) -> None:
    put(config, "one.toml", 'primary = "no colour"\n')
    put(config, "two.toml", "dark = true\n")
    put(config, "good.toml", 'primary = "teal"\n')
    ended = later("themes")
    assert ended.code == 2
    first, second = ended.err.splitlines()
    assert "one.toml: primary" in first
    assert "two.toml has no primary" in second
    assert any(line.startswith("good ") for line in ended.lines)


@pytest.mark.parametrize(
    ("name", "why"), [("nrod", 'expected "nord"'), ("mine", "mine.toml: primary")]
)
def test_a_chosen_one_that_cannot_be_put_on_is_said_once(
    later: Run, config: Path, name: str, why: str
) -> None:
    put(config, "mine.toml", 'primary = "no colour"\n')
    ended = later("themes", env={"LATER_THEME": name})
    assert ended.code == 2
    assert ended.err.count(why) == 1
    assert len(ended.err.splitlines()) == (2 if name == "nrod" else 1)
    assert len(ended.lines) > len(BUILTIN_THEMES)
    found = told(later("themes", "--json", env={"LATER_THEME": name}))
    assert not any(one["chosen"] for one in found.values())


def test_a_folder_with_a_strange_name_is_inert(
    later: Run, config: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    strange = tmp_path / "a\x1b]0;x\x07b"
    config.parent.rename(strange)
    environment["LATER_CONFIG"] = str(strange / "config.toml")
    put(strange / "config.toml", "dusk.toml", 'primary = "teal"\n')
    assert any(line.startswith("dusk ") for line in later("themes").lines)
