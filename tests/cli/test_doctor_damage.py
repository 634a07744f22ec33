"""`later doctor` repairs the private server's damaged data, with consent alone."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.cli.test_doctor import doctor


@pytest.fixture
def spoilt(later: Run, tmp_path: Path) -> Path:
    """The private server's data, with 64 bytes of zeros in its middle."""
    for i in range(12):
        assert later("add", f"thought {i}").code == 0
    [part] = (tmp_path / "data" / "server" / "appendonlydir").glob("*.incr.aof")
    data = bytearray(part.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    part.write_bytes(data)
    return part


def test_damaged_data_is_not_repaired_without_consent(later: Run, spoilt: Path) -> None:
    before = spoilt.read_bytes()
    ended = later("list")
    assert ended.code == 1
    assert "damaged" in ended.err
    assert "later doctor --fix" in ended.err
    for options in ((), ("--fix",)):
        code, checks = doctor(later, *options)
        assert code == 1
        assert "would be lost" in checks["server"][0]["todo"]
        assert "files" in checks
    assert spoilt.read_bytes() == before


def test_damaged_data_is_repaired_when_agreed_to_and_the_loss_is_said(
    later: Run, spoilt: Path
) -> None:
    size = spoilt.stat().st_size
    code, checks = doctor(later, "--fix", "--yes")
    assert code == 0
    cut, starts = checks["fixed"]
    lost = size - int(spoilt.stat().st_size)
    assert f"cut {lost:,} bytes of {size:,}" in str(cut)
    assert "damaged-" in str(cut)
    kept = int(str(starts).split(": ")[1].split()[0])
    assert kept >= 4
    assert len(later("list").lines) == kept


@pytest.mark.parametrize(("answer", "repaired"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_consent_is_asked_for(
    environment: dict[str, str], spoilt: Path, tmp_path: Path, answer: str, repaired: bool
) -> None:
    before = spoilt.stat().st_size
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "later_tui", "doctor", "--fix"],
        cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b"[y/N]" not in said:
        said += os.read(ours, 4096)
    os.write(ours, f"{answer}\n".encode())
    try:
        while chunk := os.read(ours, 4096):
            said += chunk
    except OSError:
        pass  # the other side has ended
    os.close(ours)
    assert process.wait(20) == (0 if repaired else 1)
    assert (spoilt.stat().st_size < before) is repaired
