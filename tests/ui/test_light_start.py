"""What the app does not load before it has painted."""

import subprocess
import sys

HEAVY = ("redis", "hiredis", "dateparser", "dbus_fast", "plyer", "tomllib", "tree_sitter")


def test_the_first_paint_needs_no_redis_client_no_date_parser_and_no_desktop() -> None:
    code = f"import sys, later_tui.ui.run; print(*(set({HEAVY!r}) & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
