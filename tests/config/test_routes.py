"""Routes and nags in the configuration: the same text as in a thought."""

from pathlib import Path

import pytest

from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.domain.route import read_route

HOME = {"HOME": "/home/ada"}


def loaded(tmp_path: Path, content: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(content)
    file.chmod(0o600)
    return load({"config": str(file)}, HOME)


def test_the_default_is_the_desktop_alone_without_a_nag() -> None:
    habits = load({}, HOME).habits
    assert (habits.route, habits.by_tag, habits.nag_ms) == (read_route("desktop"), {}, 0)


@pytest.mark.parametrize(
    ("content", "typed"),
    [
        ('channels = "desktop"', "desktop"),
        ('channels = "desktop,email"', "desktop,email"),
        ('channels = ["desktop", "email"]', "desktop,email"),
        ('channels = "desktop then email 30m"', "desktop then email 30m"),
        ('channels = "desktop then email"', "desktop then email"),
    ],
)
def test_channels_are_a_route(tmp_path: Path, content: str, typed: str) -> None:
    settings = loaded(tmp_path, content)
    assert settings.habits.route.typed == typed
    assert settings.channels == read_route(typed).channels


def test_a_variable_takes_a_route_too() -> None:
    settings = load({}, {**HOME, "LATER_CHANNELS": "desktop then sms 1h", "LATER_NAG": "2h"})
    assert settings.habits.route == read_route("desktop then sms 1h")
    assert settings.nag_ms == 7_200_000


def test_tags_have_routes_of_their_own_and_their_channels_are_served(tmp_path: Path) -> None:
    content = '[tags]\nwork = "email"\n"#Home" = "desktop then sms 30m"\n'
    settings = loaded(tmp_path, content)
    assert settings.tags == {
        "work": read_route("email"),
        "home": read_route("desktop then sms 30m"),
    }
    assert settings.served == ("desktop", "email", "sms")
    reading = settings.reading(0, ())
    assert reading.channels == {"desktop", "email", "sms"}


@pytest.mark.parametrize(
    ("content", "ms"), [('nag = "1h"', 3_600_000), ('nag = "off"', 0), ("nag = false", 0)]
)
def test_a_nag(tmp_path: Path, content: str, ms: int) -> None:
    assert loaded(tmp_path, content).nag_ms == ms


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('channels = "desktop then"', "lacks a channel"),
        ('channels = "desktop 30m"', "begins with a wait"),
        ('channels = "desktop then email 1mo"', "no fixed length"),
        ('channels = ""', "channels is empty"),
        ('channels = ["desktop then email"]', "channels is "),
        ("channels = 3", "channels is 3"),
        ('tags = "work"', r"expected a table: \[tags\]"),
        ("[tags]\nwork = 1", "tags.work is 1"),
        ('[tags]\nwork = "a then a"', "stands in two steps"),
        ('[tags]\n"two words" = "email"', "is not a tag"),
        ('nag = "10s"', "too often"),
        ("nag = true", 'expected a length of time such as "1h", or "off"'),
        ("nag = 60", "nag is 60"),
        ('ngg = "1h"', 'expected "nag"'),
    ],
)
def test_what_is_wrong_is_refused_in_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        loaded(tmp_path, content)
    assert "\n" not in str(caught.value)
