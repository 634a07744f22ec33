"""The command `later` as a process of its own, on a server of the test's own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Ended, Run


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    # Buffered, as it is for the user: much of what can go wrong with output shows only then.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    return {
        **inherited,
        "LATER_DATA_DIR": str(tmp_path / "data"),
        "LATER_USER": "ada",
        "LATER_TIMEZONE": "Europe/Zurich",
    }


@pytest.fixture
def later(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run `later` with arguments, in the test's folder; `stdin` is bytes, `env` is added."""

    def run(
        *argv: str | bytes, stdin: bytes | None = None, env: dict[str, str | None] | None = None
    ) -> Ended:
        changed = {**environment, **(env or {})}
        ended = subprocess.run(
            [sys.executable, "-m", "later_tui", *argv],
            cwd=tmp_path,
            env={name: value for name, value in changed.items() if value is not None},
            input=stdin if stdin is not None else b"",
            capture_output=True,
            timeout=60,
            check=False,
        )
        found = Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        assert "Traceback" not in found.err + found.out
        for char in found.out + found.err:
            assert char == "\n" or not (ord(char) < 32 or 127 <= ord(char) < 160), repr(char)
        return found

    return run


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> Iterator[SyncStore]:
    """The store that the commands use; while it is open the server does not end between them."""
    with open_sync_store(replace(settings, data_dir=tmp_path / "data")) as opened:
        yield opened
