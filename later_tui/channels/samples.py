"""Notifications to try a channel with: an ordinary one, and texts that have broken others."""

from types import MappingProxyType
from typing import Any

from later_tui.channels.base import Notification
from later_tui.domain.reminder import Origin

_DUE = 1_760_000_000_000
_DAY = 86_400_000

HOSTILE_TEXTS = MappingProxyType(
    {
        "nul": "a\x00b",
        "title": "\x1b]0;title\x07x",
        "clipboard": "\x1b]52;c;bGF0ZXI=\x07x",
        "clear": "\x1b[2Jx",
        "c1": "\x9b2J\x90x\x9c",
        "typed escape": r"\033]0;x\007 C:\new \x1b[2J",
        "closing tag": "A[/]B",
        "brackets": "buy [milk]",
        "click": "[@click=app.quit]x[/]",
        "option": "--help",
        "short option": "-w",
        "quotes": 'don\'t "quote" `this` ‘or’ “that”',
        "markup": "a & b < c > d &amp; &#x1b; ]]> <!--",
        "link": "<a href=https://example.org>x</a>",
        "image": "<img src=file:///etc/passwd>",
        "script": "</script><script>alert(1)</script>",
        "markdown": "*a* _b_ [c](https://example.org) ```d``` @everyone <@U1>",
        "header": "x\r\nBcc: x\r\n\r\nbody",
        "dots": "one\n.\ntwo\n..\n",
        "separators": "one\u2028two\u2029three\x85four",
        "override": "a\u202etxt.exe",
        "emoji": "👩‍👩‍👧‍👦 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "wide": "日本語のテキスト",
        "right to left": "שלום עולם and مرحبا",
        "marks": "e" + "\u0301" * 50,
        "long": "word " * 3200,
        "long line": "w" * 16_000,
        "long and wide": "日本語の" * 1300,
        "lines": "line\n" * 3000,
        "command": "$(id) `id` $HOME %PATH%",
        "format": "%s %d %n %% {} {0} {x}",
        "formula": "=cmd()",
        "json": '{"a": "\\u0000"}',
        "query": "a=b&c=d#e?f",
        "semicolons": "4;3;50",
        "surrogate": "a\ud800b",
    }
)
"""By name, as somebody may write or send them. What reaches a channel went through `inert`."""


def notification(text: str = "call mum", **changed: Any) -> Notification:
    """Return a reminder that was due in October 2025, with any of its parts `changed`."""
    parts: dict[str, Any] = {
        "reminder_id": "0123456789ab",
        "round": 1,
        "text": text,
        "tags": ("family",),
        "due_at": _DUE,
        "origin": Origin("desk", "~/src/foo", _DUE - 19 * _DAY),
        "message_id": "0123456789ab.1",
        "username": "ada",
    }
    return Notification(**{**parts, **changed})
