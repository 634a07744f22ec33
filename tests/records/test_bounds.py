"""How much of the past is kept is configured, and what cannot be meant is refused in words."""

from pathlib import Path

import pytest

from later_tui.config.load import load
from later_tui.config.settings import HistorySettings, Settings
from later_tui.domain.errors import ConfigError

DAY = 86_400_000


def read(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(f"[history]\n{text}\n")
    return load({"config": str(file)}, {"HOME": str(tmp_path)})


def test_without_a_word_the_bounds_are_generous(tmp_path: Path) -> None:
    assert read(tmp_path, "").history == HistorySettings(100_000, 2 * 31_557_600_000, 64 << 20)


def test_each_bound_can_be_set(tmp_path: Path) -> None:
    found = read(tmp_path, 'count = 500\nage = "90d"\nbytes = "1 gb"')
    assert found.history == HistorySettings(500, 90 * DAY, 1 << 30)


@pytest.mark.parametrize(
    ("age", "ms"), [("1d", DAY), ("2y", 2 * 31_557_600_000), ("6mo", 15_778_800_000)]
)
def test_an_age_is_read(tmp_path: Path, age: str, ms: int) -> None:
    assert read(tmp_path, f'age = "{age}"').history.age_ms == ms


@pytest.mark.parametrize("size", ['"64MB"', '"65536KB"', "67108864", '"67108864"'])
def test_a_size_is_read(tmp_path: Path, size: str) -> None:
    assert read(tmp_path, f"bytes = {size}").history.bytes == 64 << 20


@pytest.mark.parametrize(
    "line",
    [
        "count = -1", "count = 1.5", 'count = "many"', "age = 2", 'age = "0d"', 'age = "1h"',
        'age = "100y"', 'age = "-2y"', 'bytes = "1KB"', 'bytes = "lots"', "bytes = true",
        'bytes = "99999999GB"', 'bytes = "1TB"', "keep = 3",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=rf"history.{line.split()[0]}"):
        read(tmp_path, line)
