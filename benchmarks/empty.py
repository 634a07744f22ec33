"""The floor of the app: a Textual app that does nothing, with a box to write in."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

HELLO = "nothing is here"


class Empty(App[None]):
    """One line and one box."""

    def compose(self) -> ComposeResult:
        yield Static(HELLO)
        yield Input()


if __name__ == "__main__":
    Empty().run()
