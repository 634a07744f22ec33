"""A command imports no more than it needs."""

import subprocess
import sys

import pytest

HEAVY = ("textual", "asyncio", "redis", "dateparser", "rich", "platformdirs", "urllib.request")

_SCRIPT = """
import sys
from later_tui.cli.main import main
sys.stdout = sys.stderr
code = main(sys.argv[1:])
sys.__stdout__.write(" ".join(sys.modules))
sys.exit(code)
"""


def modules(argv: list[str], env: dict[str, str]) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", _SCRIPT, *argv],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
        text=True,
    )
    return set(ended.stdout.split())


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["add", "--help"], ["list", "--help"]])
def test_help_imports_nothing_heavy(argv: list[str], environment: dict[str, str]) -> None:
    assert not modules(argv, environment) & {*HEAVY, "hiredis", "json", "later_tui.store.syncstore"}


@pytest.mark.usefixtures("store")
def test_keeping_a_thought_imports_nothing_heavy(environment: dict[str, str]) -> None:
    found = modules(["add", "call", "mum", "within", "3d"], environment)
    assert "later_tui.store.syncstore" in found
    assert not found & {*HEAVY, "tomllib", "importlib.metadata"}


@pytest.mark.usefixtures("store")
def test_listing_imports_nothing_heavy(environment: dict[str, str]) -> None:
    assert not modules(["list"], environment) & set(HEAVY)
