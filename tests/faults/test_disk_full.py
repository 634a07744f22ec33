"""A full disk: what was acknowledged is there afterwards, and the rest is said."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.cli import doctor_files
from later_tui.config.settings import Settings
from later_tui.domain.errors import LaterError
from later_tui.store import open_sync_store
from later_tui.store.checkup import Level
from later_tui.store.outbox import Outbox, OutboxError
from tests.making import due_in


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, as a tmpfs."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False
        ).returncode
    ):
        pytest.skip("only root may mount the small disk that this test fills")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_no_acknowledged_thought_is_lost_on_a_full_disk(
    settings: Settings, small_disk: Path
) -> None:
    told = replace(settings, data_dir=small_disk / "data")
    kept: list[str] = []
    trouble = ""
    store = open_sync_store(told)
    for _ in range(5000):
        new = due_in(3_600_000, "x" * 1000)
        try:
            store.add(new)
        except LaterError as error:
            trouble = str(error)
            break
        kept.append(new.id)
    store.close()
    assert len(kept) > 500
    assert "the private server cannot keep anything: the disk that holds" in trouble
    assert "is full: make room there" in trouble
    assert "\n" not in trouble
    # Room is made, and everything that was acknowledged is there.
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    with open_sync_store(told) as again:
        assert again.counts("ada").upcoming >= len(kept)
        assert all(again.get(name).text for name in kept[-50:])


def test_a_disk_that_is_full_at_the_start_is_said(settings: Settings, small_disk: Path) -> None:
    data_dir = small_disk / "data"
    data_dir.mkdir()
    with (small_disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(bytes(4096)):
            pass
    with pytest.raises(LaterError) as caught:
        open_sync_store(replace(settings, data_dir=data_dir)).add(due_in(60_000, "x" * 9000))
    assert "\n" not in str(caught.value)
    with pytest.raises(OutboxError):
        Outbox(data_dir).keep(due_in(60_000, "x" * 9000))
    assert list((data_dir / "outbox").iterdir()) == []
    disk = doctor_files.disk(data_dir)
    assert disk.level is Level.PROBLEM
    assert "is full: make room there" in disk.says
