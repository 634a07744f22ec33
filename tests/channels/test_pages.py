"""The pages about channels say what is true: every option, and examples that work."""

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from later_tui.channels.option_types import not_none
from later_tui.channels.options import read_options
from later_tui.channels.registry import GROUP, load_channel
from later_tui.channels.secret import Secret

PAGES = Path(__file__).parents[2] / "docs" / "channels"
OURS = sorted(
    point.name
    for point in entry_points(group=GROUP)
    if point.dist is not None and point.dist.name == "later-tui"
)
HEADINGS = ["Set up", "Options", "What counts as delivered", "When it fails", "Try it"]


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text()


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", OURS)
def test_every_channel_has_a_page_like_the_others(name: str) -> None:
    text = page(name)
    assert text.startswith(f"# {name}\n")
    found = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert [heading for heading in found if heading in HEADINGS] == HEADINGS
    assert f"later channels test {name}" in section(text, "Try it")
    assert f"]({name}.md)" in (PAGES / "README.md").read_text()


@pytest.mark.parametrize("name", OURS)
def test_every_option_stands_on_the_page_and_no_other(name: str) -> None:
    rows = re.findall(r"^\| `([a-z_]+)`", section(page(name), "Options"), re.MULTILINE)
    options = [field.name for field in fields(load_channel(name).Options)]
    assert sorted({row for row in rows if not is_a_way(row, options)}) == sorted(options)


def is_a_way(key: str, options: list[str]) -> bool:
    """Whether it is one of the keys that say where a secret is."""
    return any(key.startswith(f"{name}_") for name in options) and key not in options


@pytest.mark.parametrize("name", OURS)
def test_the_smallest_configuration_is_accepted(name: str) -> None:
    tables = [
        table
        for block in blocks(section(page(name), "Set up"), "toml")
        if (table := tomllib.loads(block).get("channel", {}).get(name)) is not None
    ]
    cls = load_channel(name).Options
    for table in tables:
        read_options(cls, table, f"docs/channels/{name}.md")
    secrets = {field.name for field in fields(cls) if not_none(field.type) is Secret}
    assert tables or not secrets


def test_the_pages_that_are_linked_to_exist() -> None:
    for file in PAGES.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text()):
            assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_the_smallest_plugin_of_the_page_keeps_the_contract(tmp_path: Path) -> None:
    channel, contract = blocks(page("plugins"), "python")
    (tmp_path / "later_bell.py").write_text(channel)
    (tmp_path / "test_bell.py").write_text(contract)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(filter(None, (str(tmp_path), *sys.path))), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(channel.splitlines()) <= 40
