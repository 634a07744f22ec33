"""Every widget can be seen on its own: `python -m later_tui.widgets.NAME`."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

DEMOS = {
    "arrival": "tides",
    "key_footer": "let",
    "quick_add": "mind",
    "reminder_list": "thought",
    "status_bar": "kept",
    "view_tabs": "Unanswered",
}


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
        assert DEMOS[name].encode() in seen
        assert b"Traceback" not in seen
        os.write(ours, b"\x11")  # ctrl+q
        read_until(ours, b"\x1b[?1049l")
        assert demo.wait(20) == 0
    finally:
        demo.kill()
        demo.wait()
        os.close(ours)


def read_until(terminal: int, words: bytes, seconds: float = 20) -> bytes:
    seen = b""
    deadline = time.monotonic() + seconds
    while words not in seen and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
    return seen
