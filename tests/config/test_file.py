"""Whatever stands in the configuration file's place is one sentence: no traceback, no wait."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from later_tui.config.file import LIMIT
from later_tui.config.load import load
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError

SECRET = "open-sesame"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def read(file: Path, **environ: str) -> Settings:
    return load({"config": str(file)}, {"HOME": str(file.parent), **environ})


def refusal(file: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        read(file)
    sentence = str(caught.value)
    assert str(file) in sentence
    assert "\n" not in sentence
    assert SECRET not in sentence
    return sentence


def written(file: Path, content: str | bytes, mode: int = 0o600) -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    file.chmod(mode)
    return file


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    settings = load({}, {"HOME": str(tmp_path), "USER": "ada", "TZ": "Asia/Kathmandu"})
    assert settings.user == "ada"
    assert str(settings.timezone) == "Asia/Kathmandu"
    assert (settings.window, settings.minimum_gap, settings.channels) == (
        "2w",
        300_000,
        ("desktop",),
    )
    assert not settings.redis.configured
    assert list(tmp_path.iterdir()) == []


def test_every_key_of_the_file_is_used(file: Path) -> None:
    settings = read(
        written(
            file,
            """
            user = "grace"
            window = "10d"
            minimum_gap = "90s"
            timezone = "Europe/Berlin"
            channels = ["desktop", "email", "desktop"]
            theme = "later-light"
            data_dir = "~/there"
            [quiet]
            hours = ["22-7", "12:30-14"]
            days = ["sat", "Sunday"]
            [redis]
            host = "redis.example"
            port = 6380
            username = "u"
            password = "p"
            shards = 4
            [worker]
            max_workers = 3
            wakeup_before = 1.5
            lease = "1m"
            [channel.email]
            host = "smtp.example"
            """,
        )
    )
    assert (settings.user, settings.window, settings.minimum_gap) == ("grace", "10d", 90_000)
    assert settings.channels == ("desktop", "email")
    assert settings.theme == "later-light"
    assert settings.data_dir == settings.state_dir == file.parent / "there"
    assert str(settings.quiet) == "22-7, 12:30-14, Saturday and Sunday"
    assert str(settings.quiet.zone) == "Europe/Berlin"
    redis, worker = settings.redis, settings.worker
    assert (redis.host, redis.port, redis.username, redis.password, redis.shards) == (
        *("redis.example", 6380, "u", "p"),
        4,
    )
    assert (worker.max_workers, worker.wakeup_before_ms, worker.lease_ms) == (3, 1500, 60_000)
    assert settings.channel_options == {"email": {"host": "smtp.example"}}


def test_a_byte_order_mark_of_utf8_means_nothing(file: Path) -> None:
    assert read(written(file, b'\xef\xbb\xbfuser = "grace"\n')).user == "grace"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('user = "g"\n'.encode("utf-16"), "UTF-16"),
        (b'user = "g\x00"\n', "line 1 holds a NUL"),
        (b'\nuser = "\xe9"\n', "line 2 is not UTF-8"),
        ('user = "a"\nuser = "b"', 'line 2: the key "user" stands there twice'),
        ("[redis]\n[redis]\n", 'the key "[redis]" stands there twice'),
        ("user = \n", "line 1: that is not TOML"),
        (f'a = """\n{SECRET}\n"""\na = """\n{SECRET} = 1"""\n', "line 5: a key stands there twice"),
        (f'[redis]\npassword = "{SECRET}\n', "line 2: that is not TOML"),
        ("port = " + "1" * 5000, "a number is too long"),
        ("a = " + "[" * 100_000, "nested too deep"),
        ("\x1b]0;x\x07 = 1", "that is not TOML"),
        ("usr = 1", 'expected "user"'),
        ('[redis]\npasword = "x"', 'expected "redis.password"'),
        ('[reddis]\nurl = "x"', 'expected "redis"'),
        ('password = "x"', 'expected "redis.password"'),
        ("zzz = 1", "channel, channels, "),
        ('"\\u001b[2J" = 1', "is not a key that later knows"),
        ("url = 3", 'expected "redis.url"'),
        ("redis = 3", "redis is 3; expected a table: [redis]"),
        ("channel = 3", "expected tables: [channel.NAME]"),
        (f'channel.email = "{SECRET}"', "expected a table: [channel.email]"),
        ('[redis]\nport = "x"', 'redis.port is "x"; expected a whole number from 1 to 65535'),
        ("[redis]\nport = 99999", "redis.port is 99999"),
        ("[redis]\nport = true", "redis.port is true"),
        ("[redis]\nport = 1.5", "redis.port is 1.5"),
        (f'[redis]\nhost = "h"\npassword = ["{SECRET}"]', "secret"),
        (f'[redis]\nurl = "http://u:{SECRET}@h"', 'redis.url is "http://"'),
        (f'[redis]\nurl = "{SECRET}"', "redis.url is not a URL"),
        ('[redis]\nurl = ""', "redis.url is empty"),
        ("[redis]\nport = 6379", "nothing says where that Redis is"),
        ('[redis]\nurl = "redis://h"\nhost = "h"', "are both set"),
        ("user = 3", "user is 3"),
        ('user = "a b"', 'user is "a b"'),
        ('user = ""', "user is empty"),
        ("user = 1979-05-27", "user is a date or time"),
        ("window = 14", "window is 14"),
        ('window = "0d"', 'window is "0d"'),
        ("minimum_gap = -1", "minimum_gap is -1"),
        ("minimum_gap = inf", "minimum_gap is inf"),
        ("minimum_gap = nan", "minimum_gap is nan"),
        ('minimum_gap = "1mo"', 'minimum_gap is "1mo"'),
        ('timezone = "Mars/Olympus"', 'timezone is "Mars/Olympus"'),
        ('timezone = "../../etc/passwd"', "timezone"),
        ('timezone = "Europe"', "timezone"),
        ("channels = []", "channels is a list"),
        ('channels = ["a b"]', 'channels is "a b"'),
        ("channels = [1]", "channels is a list"),
        ('theme = "a\\nb"', "theme"),
        ('data_dir = "there"', "a full path"),
        ('[quiet]\nhours = "9-9"', 'quiet.hours is "9-9"'),
        ('[quiet]\nhours = "9-25"', 'quiet.hours is "9-25"'),
        ('[quiet]\nhours = ["9:60-10"]', 'quiet.hours is "9:60-10"'),
        ('[quiet]\ndays = "caturday"', 'quiet.days is "caturday"'),
        ("[worker]\nmax_workers = 0", "worker.max_workers is 0"),
        ("[worker]\nlease = 0.5", "worker.lease is 0.5"),
        ("[worker]\nlease = {}", "worker.lease is a table"),
    ],
)
def test_a_bad_file_is_refused_with_what_was_found_and_what_is_expected(
    file: Path, content: str | bytes, said: str
) -> None:
    assert said in refusal(written(file, content))


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    file.mkdir()
    assert "is a folder; expected a TOML file" in refusal(file)


def test_a_fifo_in_its_place_is_refused_without_waiting_for_its_writer(file: Path) -> None:
    os.mkfifo(file)
    assert "is a FIFO; expected a TOML file" in refusal(file)


def test_a_device_in_its_place_is_refused(file: Path) -> None:
    file.symlink_to("/dev/zero")
    assert "device" in refusal(file)


def test_links_that_lead_round_or_nowhere_are_refused(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    file.symlink_to(other)
    assert "leads nowhere" in refusal(file)
    other.symlink_to(file)
    assert "round in a circle" in refusal(file)


def test_a_path_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "such", tmp_path / ("x" * 300)):
        refusal(path)
    (tmp_path / "plain").write_text("")
    refusal(tmp_path / "plain" / "config.toml")
    with pytest.raises(ConfigError):
        read(Path("a\0b"))
    for value in ("", "  "):
        with pytest.raises(ConfigError, match="LATER_CONFIG is"):
            load({}, {"HOME": "/tmp", "LATER_CONFIG": value})


def test_a_file_over_the_limit_is_refused_unread(file: Path) -> None:
    with file.open("wb") as big:
        big.truncate(100_000_000)
    assert "104" not in refusal(file)
    assert f"{LIMIT:,}" in refusal(file)
    assert read(written(file, "#" * (LIMIT - 1) + "\n")).window == "2w"


@pytest.mark.parametrize("mode", [0o666, 0o644, 0o640, 0o604])
@pytest.mark.parametrize(
    "content",
    [
        f'[redis]\nhost = "h"\npassword = "{SECRET}"',
        f'[redis]\nurl = "redis://:{SECRET}@h"',
        f'[channel.email]\nsmtp_password = "{SECRET}"',
        f'[channel.sms.account]\nauth_token = "{SECRET}"',
        f'[channel.webhook]\nsigning_key = "{SECRET}"',
        f'[channel.apprise]\nurl = "tgram://{SECRET}/1"',
        f'[channel.apprise]\nurls = ["https://a.example", "mailtos://{SECRET}:x@y"]',
        '[channel.webhook]\nurl = "https://chat.example/hooks/x/2f0c9a1b77e04d5e9c3a"',
        '[channel.webhook]\nurl = "https://chat.example/hook?x=2f0c"',
    ],
)
def test_a_secret_that_others_may_read_is_refused(file: Path, content: str, mode: int) -> None:
    assert f"`chmod 600 {file}`" in refusal(written(file, content, mode))
    read(written(file, content, 0o600))


@pytest.mark.parametrize(
    "content",
    [
        "",
        '[channel.email]\npassword_command = "pass show mail"',
        '[channel.email]\npassword_command = ["pass", "show", "mail"]',
        '[channel.email]\npassword_env = "MAIL_PASSWORD"',
        '[channel.sms]\nauth_token_file = "~/.sms"',
        '[channel.webhook]\nsecret_keyring = "hook/ada"',
        '[channel.webhook]\nurl = "https://home.example/later/hook"',
        '[redis]\nurl = "redis://localhost:6379/0"',
    ],
)
def test_a_file_without_a_secret_may_be_read_by_all(file: Path, content: str) -> None:
    assert read(written(file, f'user = "grace"\n{content}', 0o644)).user == "grace"


def test_no_secret_is_in_the_settings_repr(file: Path) -> None:
    content = f'[redis]\nurl = "redis://u:{SECRET}@h"\n[channel.email]\npassword = "{SECRET}"'
    settings = read(written(file, content))
    assert SECRET not in repr(settings)
    assert settings.redis.password == SECRET


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(file: Path) -> None:
    assert "may not be read" in refusal(written(file, "", 0))


def test_reading_no_file_imports_neither_parser_nor_platformdirs(tmp_path: Path) -> None:
    script = "import sys; from later_tui.config.load import load; load(); print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not {"tomllib", "platformdirs", "difflib", "dateparser", "json"} & set(found)


def test_a_worker_delivers_its_own_users_reminders_unless_others_are_named(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('user = "ada"\n')
    assert read(file).worked_for == ("ada",)
    file.write_text('user = "ada"\n[worker]\nusers = ["bob", "eve", "bob"]\n')
    assert read(file).worked_for == ("bob", "eve")
    assert read(file, LATER_WORKER_USERS="mia,tom").worked_for == ("mia", "tom")


@pytest.mark.parametrize("users", ['["a b"]', "[]", '""', "3", '["a:b"]'])
def test_names_of_users_that_cannot_be_are_refused(tmp_path: Path, users: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[worker]\nusers = {users}\n")
    with pytest.raises(ConfigError, match=r"worker\.users"):
        read(file)
