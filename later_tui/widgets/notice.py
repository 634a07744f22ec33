"""A few words over whatever is on the screen, in its upper right corner; it takes no keys.

Try it: `python -m later_tui.widgets.notice`
"""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from later_tui.widgets.cells import apart, clean
from later_tui.widgets.hints import Hint

FRAME = 4
"""Cells beside the words inside the frame: itself and a blank, on both sides together."""
EDGE = 6
"""Cells beside words in the frame: its corner, a piece of its line and a blank."""


class Notice(Static):
    """One line in a frame: what it is about above, which keys are for it below.

    The screen it is on must have the layer `notice`.
    """

    DEFAULT_CSS = """
    Notice {
        layer: notice;
        dock: right;
        height: 3;
        max-width: 100%;
        margin: 2 1 0 1;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        text-style: bold;
        color: $foreground;
        background: $surface;
        border: round $accent;
        border-title-color: $accent;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
    }
    """

    class Pressed(Message):
        """It was clicked."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def say(self, title: str, words: str, keys: Sequence[Hint], after: str = "") -> None:
        """Show `words` under `title`, and that `keys` are for them, once `after` is pressed.

        What the keys do is told where there is room for it.
        """
        text, told = (
            apart(clean(words)),
            [_told(keys, after, short=short) for short in (False, True)],
        )
        room = self.screen.size.width - 2
        offered = next((one for one in told if one.cell_length + EDGE <= room), told[-1])
        widths = (cell_len(text) + FRAME, cell_len(title) + EDGE, offered.cell_length + EDGE)
        self.styles.width = min(max(widths), room)
        self.border_title = title
        self.border_subtitle = offered
        self.update(Content(text))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed())


def _told(keys: Sequence[Hint], after: str, *, short: bool) -> Content:
    gap = " " if short else "  "
    parts = [
        Content.styled(clean(one.key), "bold $primary")
        + Content("" if short else f" {clean(one.label)}")
        for one in keys
    ]
    first = Content.styled(clean(after), "bold $primary") + Content(", then ")
    return (first if after and parts else Content("")) + Content(gap).join(parts)


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        CSS = "Screen { layers: default notice; }"

        def compose(self) -> ComposeResult:
            yield Static("what lies under it\n" * 10)
            yield Notice()

        def on_mount(self) -> None:
            keys = [Hint("D", "done", "done"), Hint("X", "let go", "let-go")]
            self.query_one(Notice).say("it came back", "call mum", keys, "esc")

        def on_notice_pressed(self) -> None:
            self.exit()

    Demo().run()


if __name__ == "__main__":
    _demo()
