"""`later doctor` on what the app alone reads: the person's own keys and themes."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Run


@pytest.fixture
def config(tmp_path: Path, environment: dict[str, str]) -> Path:
    file = tmp_path / "config.toml"
    environment["LATER_CONFIG"] = str(file)
    return file


def found(later: Run, config: Path, text: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the exit code, and (level, sentence) of the checks of keys and themes."""
    config.write_text(text)
    config.chmod(0o600)
    ended = later("doctor", "--json")
    checks = json.loads(ended.out)["checks"]
    told = {one["check"]: (one["level"], one["says"]) for one in checks}
    return ended.code, {name: told[name] for name in ("keys", "theme") if name in told}


def test_nothing_is_said_of_what_is_not_set(later: Run, config: Path) -> None:
    assert found(later, config, "") == (0, {})


def test_what_can_be_used_is_well(later: Run, config: Path) -> None:
    text = 'theme = "nord"\n[keys]\n"thought.add" = "f8"\n"app.quit" = "Q"\n'
    assert found(later, config, text) == (
        0,
        {"keys": ("ok", "2 of your own can be used"), "theme": ("ok", "nord can be put on")},
    )


def test_what_would_keep_the_app_from_opening_is_a_problem(later: Run, config: Path) -> None:
    text = 'theme = "nrod"\n[keys]\n"thought.add" = "d"\n'
    code, told = found(later, config, text)
    assert code == 1
    assert told["keys"][0] == told["theme"][0] == "problem"
    assert '"answer.done"' in told["keys"][1]
    assert 'expected "nord"' in told["theme"][1]


def test_a_theme_s_file_that_cannot_be_used_is_named(later: Run, config: Path) -> None:
    themes = config.parent / "themes"
    themes.mkdir()
    (themes / "mine.toml").write_text('primary = "no colour"\n')
    (themes / "yours.toml").write_text('primary = "teal"\n')
    code, told = found(later, config, 'theme = "yours"\n')
    assert (code, told["theme"]) == (0, ("ok", "yours can be put on"))
    text = "".join(later("doctor").lines)
    assert "mine.toml: primary" in text
    code, told = found(later, config, 'theme = "mine"\n')
    assert (code, told["theme"][0]) == (1, "problem")
    assert "mine.toml: primary" in told["theme"][1]
