"""How times are written: as the configuration says, else as the locale has it."""

from pathlib import Path

import pytest

from later_tui.config.clock import time_format
from later_tui.config.load import load
from later_tui.domain.errors import ConfigError
from later_tui.domain.times import H24, MONDAY, SUNDAY, TimeFormat


@pytest.mark.parametrize(
    ("name", "twelve", "starts"),
    [
        ("en_US.UTF-8", True, SUNDAY),
        ("en_GB.UTF-8", False, MONDAY),
        ("de_CH", False, MONDAY),
        ("en_AU.UTF-8", True, MONDAY),
        ("en_CA.utf8", True, SUNDAY),
        ("fr_CA.UTF-8", False, SUNDAY),
        ("fr_FR@euro", False, MONDAY),
        ("ja_JP.eucJP", False, SUNDAY),
        ("ar_EG.UTF-8", True, 5),
        ("sr_RS.UTF-8@latin", False, MONDAY),
        ("C", False, MONDAY),
        ("C.UTF-8", False, MONDAY),
        ("POSIX", False, MONDAY),
        ("", False, MONDAY),
        ("nonsense\x1b_US; rm", False, MONDAY),
    ],
)
def test_the_locale_decides(name: str, twelve: bool, starts: int) -> None:
    assert time_format("auto", {"LC_TIME": name}) == TimeFormat(twelve, starts)


def test_the_names_of_the_locale_count_in_their_order() -> None:
    american, british = "en_US.UTF-8", "en_GB.UTF-8"
    assert time_format("auto", {"LANG": american}).twelve
    assert not time_format("auto", {"LANG": american, "LC_TIME": british}).twelve
    assert time_format("auto", {"LC_ALL": american, "LC_TIME": british}).twelve
    assert not time_format("auto", {"LC_ALL": "", "LC_TIME": british, "LANG": american}).twelve


def test_the_configuration_wins_and_the_week_stays_the_locales(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[app]\nclock = "24h"\ntitle_count = true\n')
    environ = {"HOME": str(tmp_path), "LC_TIME": "en_US.UTF-8"}
    chosen = load({"config": file}, environ)
    assert chosen.times == TimeFormat(twelve=False, week_starts=SUNDAY)
    assert chosen.title_count
    assert load({"config": file}, {**environ, "LATER_CLOCK": "12h"}).times.twelve


def test_without_a_configuration_the_locale_is_asked(tmp_path: Path) -> None:
    assert load({}, {"HOME": str(tmp_path)}).times == H24
    assert load({}, {"HOME": str(tmp_path), "LANG": "en_US.UTF-8"}).times.twelve


def test_another_clock_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'LATER_CLOCK is "13h"; expected "auto" .*, "12h" or'):
        load({}, {"HOME": str(tmp_path), "LATER_CLOCK": "13h"})


def test_keys_may_be_written_with_and_without_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"answer.done" = "D"\nthought.add = "n,ins"\napp.quit = ""\n')
    chosen = load({"config": file}, {"HOME": str(tmp_path)})
    assert chosen.keys == {"answer.done": "D", "thought.add": "n,ins", "app.quit": ""}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("keys = 3", "keys is 3; expected a table: \\[keys\\]"),
        ("[keys]\nanswer.done = 3", r"keys\.answer\.done is 3; expected keys in quotation marks"),
        ('[keys]\n"answer.done" = ["D"]', r"keys\.answer\.done is a list; expected keys"),
    ],
)
def test_what_is_no_key_is_refused(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(line)
    with pytest.raises(ConfigError, match=said):
        load({"config": file}, {"HOME": str(tmp_path)})
