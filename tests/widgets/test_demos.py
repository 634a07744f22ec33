"""Every widget can be seen on its own: `python -m later_tui.widgets.NAME`."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

import later_tui.widgets

DEMOS = {
    "arrival": "tides",
    "capture_input": "tomorrow",
    "chip_line": "family",
    "clipped": "longer",
    "density_map": "tomorrow",
    "find_bar": "before",
    "hints": "snooze",
    "jump_overlay": "three",
    "key_footer": "let",
    "labelled": "moment",
    "notice": "came",
    "quick_add": "mind",
    "read_lines": "passport",
    "reminder_list": "thought",
    "share_bars": "family",
    "stacked_columns": "done",
    "status_bar": "kept",
    "thought_area": "completes",
    "view_tabs": "Unanswered",
}
WITHOUT = {
    "aim",
    "cells",
    "chip_rows",
    "ink",
    "jumpable",
    "lines",
    "joiners",
    "list_columns",
    "list_drawing",
    "list_keys",
    "list_messages",
    "parts",
    "row",
    "sparse",
    "thought_keys",
    "virtual_list",
    "wrapping",
}
"""What is no widget by itself: functions, values, and the list that leaves its looks open."""


def test_every_widget_has_a_demo() -> None:
    files = {path.stem for path in Path(later_tui.widgets.__file__).parent.glob("[a-z]*.py")}
    assert files == DEMOS.keys() | WITHOUT


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_shows_its_widget_in_a_terminal_and_ends(name: str) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "LINES": "20"}
    demo = subprocess.Popen(
        [sys.executable, "-m", f"later_tui.widgets.{name}"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    )
    os.close(theirs)
    try:
        seen = read_until(ours, DEMOS[name].encode())
        assert b"Traceback" not in seen
        os.write(ours, b"\x11")  # ctrl+q
        read_until(ours, b"\x1b[?1049l")
        assert demo.wait(60) == 0
    finally:
        demo.kill()
        demo.wait()
        os.close(ours)


def read_until(terminal: int, words: bytes, seconds: float = 60) -> bytes:
    """Return what is written until the words have come; they must come."""
    seen = b""
    deadline = time.monotonic() + seconds
    while words not in seen and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
    assert words in seen, seen[-2000:].decode(errors="replace")
    return seen
