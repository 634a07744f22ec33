"""What every test may use: a real server of its own, settings on it, and no trace of the user."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import textual._wait

from later_tui.config.settings import Settings
from later_tui.domain.quiet import Quiet

# A busy machine is not a fault: properties are bounded by their examples, not by time. These are
# the same in each run; `--hypothesis-profile search` looks for others.
hypothesis.settings.register_profile("later", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, derandomize=False, max_examples=2_000)
hypothesis.settings.load_profile("later")

# After each key the pilot looks for an idle process in steps of 20 ms; 10 ms say it, too.
textual._wait.SLEEP_GRANULARITY = 1 / 100
textual._wait.SLEEP_IDLE = textual._wait.SLEEP_GRANULARITY / 20

# A shell that starts the suite in the background has it ignore the interrupt, and `nohup` the
# hang-up, and so does every program that it starts; a handler is not handed on.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)

MOST_PROCESSES = 8


def pytest_xdist_auto_num_workers() -> int:
    """Run three processes on two cores: a screen's test waits for half of its time."""
    return min(MOST_PROCESSES, (os.cpu_count() or 1) * 3 // 2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Make what a test logged fit for UTF-8: surrogates are part of the tests' bad texts."""
    report = yield
    report.sections = [
        (name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections
    ]
    return report


ZURICH = ZoneInfo("Europe/Zurich")


@pytest.fixture(autouse=True)
def _no_trace(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's configuration, data, server and desktop out of every test."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("LATER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (("CONFIG", "config"), ("DATA", "data"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/later-tests")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if every := os.environ.get("LC_ALL"):
        monkeypatch.setenv("LC_CTYPE", every)
        monkeypatch.delenv("LC_ALL")
    monkeypatch.setenv("LC_TIME", "C")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings on a private server in a folder of the test's own."""
    return Settings(
        user="ada",
        timezone=ZURICH,
        quiet=Quiet(zone=ZURICH),
        data_dir=tmp_path / "data",
        state_dir=tmp_path / "state",
        config_file=tmp_path / "config.toml",
    )
