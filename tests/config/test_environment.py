"""Variables and options: which of them wins, and what is said when one is wrong."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from later_tui.config import paths
from later_tui.config.given import Given
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.config.url import url
from later_tui.config.users import system_user
from later_tui.config.zone import system_zone
from later_tui.domain.errors import ConfigError

HOME = {"HOME": "/home/ada", "USER": "ada"}
SECRET = "open-sesame"


def read(**environ: str) -> Settings:
    return load({}, {**HOME, **environ})


def refusal(**environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(**environ)
    assert SECRET not in str(caught.value)
    return str(caught.value)


def test_a_variable_beats_the_file_and_an_option_beats_both(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('user = "f"\nwindow = "1d"\n[redis]\nurl = "redis://f"\n')
    environ = {**HOME, "LATER_CONFIG": str(file), "LATER_WINDOW": "2d"}
    settings = load({"redis.url": "redis://o"}, {**environ, "LATER_REDIS_URL": "redis://e"})
    assert (settings.user, settings.window, settings.redis.url) == ("f", "2d", "redis://o")
    assert settings.config_file == file
    assert load({"config": None, "redis.url": None}, environ).redis.url == "redis://f"


def test_an_option_alone_is_enough() -> None:
    assert load({"redis.url": "redis://o"}, HOME).redis.url == "redis://o"
    with pytest.raises(ConfigError, match="--redis is "):
        load({"redis.url": "http://o"}, HOME)


def test_every_variable_is_used() -> None:
    settings = read(
        LATER_USER="grace",
        LATER_WINDOW="3d",
        LATER_MINIMUM_GAP="90",
        LATER_TIMEZONE="Europe/Berlin",
        LATER_CHANNELS="desktop, email",
        LATER_THEME="later-light",
        LATER_DATA_DIR="~/x",
        LATER_MAX_WORKERS="7",
        LATER_WAKEUP_BEFORE="3s",
        LATER_REDIS_HOST="h",
        LATER_REDIS_PORT="6380",
        LATER_REDIS_USERNAME="u",
        LATER_REDIS_PASSWORD="a@b:/#%",
    )
    assert (settings.user, settings.window, settings.minimum_gap) == ("grace", "3d", 90_000)
    assert (str(settings.timezone), settings.theme) == ("Europe/Berlin", "later-light")
    assert settings.channels == ("desktop", "email")
    assert settings.data_dir == Path("/home/ada/x")
    assert (settings.worker.max_workers, settings.worker.wakeup_before_ms) == (7, 3000)
    redis = settings.redis
    assert (redis.host, redis.port, redis.username, redis.password) == ("h", 6380, "u", "a@b:/#%")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "LATER_REDIS_URL is empty"),
        (" ", "LATER_REDIS_URL is"),
        ("http://h:6379", 'LATER_REDIS_URL is "http://"; expected redis://'),
        ("localhost:6379", "not a URL"),
        (f"redis://u:{SECRET}@pw@h", "percent-encoded"),
        (f"redis://u:{SECRET}/pw@h", "percent-encoded"),
        (f"redis://u:{SECRET}#pw@h", "percent-encoded"),
        (f"redis://u:{SECRET}?pw@h", "percent-encoded"),
        (f"redis://u:{SECRET}%pw@h", "percent-encoded"),
        (f"redis://u:@:/#%{SECRET}@h", "LATER_REDIS_PASSWORD"),
        ("redis://h:99999", 'the port "99999"; expected a port from 1 to 65535'),
        ("redis://h:0", "port"),
        ("redis://h:x", "port"),
        ("redis://h/-1", 'the database "-1"; expected the database\'s number'),
        ("redis://h/x", "database"),
        ("redis://", "without a host"),
        ("redis://:6379", "without a host"),
        ("redis://::1:6379", "port"),
        ("redis://h 1", "blanks"),
        ("redis://h\n", ""),
        ("unix://relative", "full path"),
        ("unix:///", "full path"),
    ],
)
def test_a_url_that_is_none_is_refused_without_its_secrets(value: str, said: str) -> None:
    if not said:
        assert read(LATER_REDIS_URL=value).redis.url == value.strip()
        return
    sentence = refusal(LATER_REDIS_URL=value)
    assert sentence.startswith("LATER_REDIS_URL is ")
    assert said in sentence


@pytest.mark.parametrize(
    "value",
    [
        "redis://h",
        "redis://h:6379/3",
        "rediss://h",
        "redis://[::1]:6379/0",
        "unix:///tmp/a.sock",
        "redis://h?protocol=3",
    ],
)
def test_a_good_url_is_taken_as_it_is(value: str) -> None:
    assert read(LATER_REDIS_URL=value).redis.url == value


@given(st.text(min_size=1).filter(lambda t: "\0" not in t), st.text())
def test_any_password_goes_into_the_url_and_out_of_it(password: str, username: str) -> None:
    if any(0xD800 <= ord(c) < 0xE000 for c in password + username):
        return
    full = url(Given("rediss://h:1/2", "x")).with_credentials(username or None, password)
    again = url(Given(full, "x"))
    assert (again.username or "", again.password) == (username, password)
    parts = urlsplit(full)
    assert unquote(parts.password or "") == password
    assert (parts.hostname, parts.port, parts.path) == ("h", 1, "/2")


def test_a_password_in_a_variable_goes_with_a_url_that_has_none() -> None:
    settings = load({"redis.url": "redis://h"}, {**HOME, "LATER_REDIS_PASSWORD": "a@b:/#%"})
    assert settings.redis.password == "a@b:/#%"
    assert settings.redis.url == "redis://:a%40b%3A%2F%23%25@h"
    own = load({"redis.url": "redis://:own@h"}, {**HOME, "LATER_REDIS_PASSWORD": "other"})
    assert own.redis.password == "own"


def test_a_password_in_the_file_is_never_sent_to_a_server_named_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[redis]\nhost = "mine"\npassword = "{SECRET}"\n')
    file.chmod(0o600)
    there = load({"config": str(file), "redis.url": "redis://other"}, HOME).redis
    assert (there.password, there.url) == (None, "redis://other")
    assert load({"config": str(file)}, HOME).redis.password == SECRET


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"LATER_REDIS_HOST": "h", "LATER_REDIS_PORT": "99999"}, 'LATER_REDIS_PORT is "99999"'),
        ({"LATER_REDIS_HOST": ""}, "LATER_REDIS_HOST is empty"),
        ({"LATER_REDIS_HOST": "h", "LATER_REDIS_URL": "redis://h"}, "are both set"),
        ({"LATER_REDIS_PASSWORD": SECRET}, "LATER_REDIS_PASSWORD is set, but nothing says"),
        ({"LATER_REDIS_PORT": "6379"}, "LATER_REDIS_PORT is set, but nothing says"),
        ({"LATER_MAX_WORKERS": "0"}, "LATER_MAX_WORKERS is "),
        ({"LATER_MAX_WORKERS": "many"}, "LATER_MAX_WORKERS is "),
        ({"LATER_MAX_WORKERS": "9" * 5000}, "LATER_MAX_WORKERS is "),
        ({"LATER_WAKEUP_BEFORE": "-1"}, "LATER_WAKEUP_BEFORE is "),
        ({"LATER_WAKEUP_BEFORE": "soon"}, "LATER_WAKEUP_BEFORE is "),
        ({"LATER_MINIMUM_GAP": "1e309"}, "LATER_MINIMUM_GAP is "),
        ({"LATER_WINDOW": "1h1h"}, "LATER_WINDOW is "),
        ({"LATER_USER": "a b"}, "LATER_USER is "),
        ({"LATER_USER": "{x}"}, "LATER_USER is "),
        ({"LATER_CHANNELS": ""}, "LATER_CHANNELS is "),
        ({"LATER_CHANNELS": "Desk Top"}, "LATER_CHANNELS is "),
        ({"LATER_THEME": ""}, "LATER_THEME is empty"),
        ({"LATER_DATA_DIR": ""}, "LATER_DATA_DIR is empty"),
        ({"LATER_TIMEZONE": "Nowhere/At_All"}, "LATER_TIMEZONE is "),
        ({"TZ": "Nowhere/At_All"}, "TZ is "),
        ({"TZ": "CET-1CEST"}, "TZ is "),
        ({"TZ": "/nonexistent"}, "TZ is "),
        ({"HOME": "relative"}, "HOME is not a full path"),
        ({"XDG_CONFIG_HOME": "relative"}, "XDG_CONFIG_HOME is not a full path"),
    ],
)
def test_a_bad_variable_is_one_sentence(environ: dict[str, str], said: str) -> None:
    sentence = refusal(**environ)
    assert said in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300


def test_a_named_zone_makes_a_bad_tz_harmless() -> None:
    assert str(read(TZ="Nowhere/At_All", LATER_TIMEZONE="UTC").timezone) == "UTC"


def test_the_systems_zone_is_found(tmp_path: Path) -> None:
    def zone(localtime: Path, **environ: str) -> str:
        return str(system_zone(environ, str(localtime)))

    assert zone(tmp_path / "none") == "UTC"
    assert zone(tmp_path / "none", TZ=":Asia/Kathmandu") == "Asia/Kathmandu"
    assert zone(tmp_path / "none", TZ="") == "UTC"
    link = tmp_path / "link"
    link.symlink_to("/usr/share/zoneinfo/posix/Europe/Berlin")
    assert zone(link) == "Europe/Berlin"
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert zone(fifo) == "UTC"
    broken = tmp_path / "broken"
    broken.write_text("no zone")
    assert zone(broken) == "UTC"


def test_a_login_name_becomes_one_that_fits_a_key() -> None:
    assert system_user({"LOGNAME": "MILL\\ada b:{c}"}) == "MILL\\ada-b-c-"
    assert system_user({"USER": "x" * 200}) == "x" * 64
    assert system_user({})


def test_home_is_found_without_the_variable() -> None:
    assert paths.home({}).is_absolute()
    assert load({}, {"USER": "ada"}).config_file.is_absolute()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("xdg", ["", "/somewhere/else"])
def test_the_folders_are_those_that_platformdirs_names(
    xdg: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", xdg)
    assert paths.folder("config", os.environ) == platformdirs.user_config_path("later", False)
    assert paths.folder("data", os.environ) == platformdirs.user_data_path("later", False)
    assert paths.folder("state", os.environ) == platformdirs.user_state_path("later", False)


def test_settings_make_a_reading_of_a_line() -> None:
    reading = read(LATER_WINDOW="3d", LATER_CHANNELS="desktop,email").reading(1000, ("sms",))
    assert (reading.now, str(reading.default_window)) == (1000, "3d")
    assert reading.channels == {"desktop", "email", "sms"}
    assert read().reading(1000).channels is None
