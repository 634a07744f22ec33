"""The last line of a screen: the keys that do something now. Each can be clicked.

Try it: `python -m later_tui.widgets.key_footer`
"""

from collections.abc import Sequence

from later_tui.widgets.hints import Hint, Hints


class KeyFooter(Hints):
    """Keys at the bottom; the last one (help) stays however narrow the terminal is."""

    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        width: 100%;
        padding: 0 2;
        background: $panel;
    }
    """

    def __init__(self, hints: Sequence[Hint] = (), *, keep: int = 1) -> None:
        super().__init__(hints, keep=keep)


def _demo() -> None:
    from textual.app import App, ComposeResult

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            words = ("a add", "e edit", "r again", "d done", "x let go", "p peek", "? help")
            yield KeyFooter([Hint(w.split(" ", 1)[0], w.split(" ", 1)[1], w) for w in words])

        def on_hints_pressed(self, message: Hints.Pressed) -> None:
            self.notify(message.action, markup=False)

    Demo().run()


if __name__ == "__main__":
    _demo()
