"""Letters over the places of a screen: a key goes to the place that bears it.

Try it: `python -m later_tui.widgets.jump_overlay`
"""

from collections.abc import Sequence
from itertools import product
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.screen import ModalScreen
from textual.widgets import Static

from later_tui.widgets.hints import Hint, Hints
from later_tui.widgets.jumpable import Spot
from later_tui.widgets.key_footer import KeyFooter

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The keys under the fingers first."""


def labels(count: int) -> list[str]:
    """Return `count` labels, none of which begins another; single letters if they suffice."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return ["".join(pair) for pair in product(LETTERS, repeat=2)][:count]


class JumpOverlay(ModalScreen[str | None]):
    """Gives the name of the spot that was chosen, or None. Places beyond 676 get no letters."""

    DEFAULT_CSS = """
    JumpOverlay {
        background: transparent;
        layers: spots;
        & > .jump--label {
            layer: spots;
            position: absolute;
            width: auto;
            height: 1;
            background: $primary;
            color: $background;
        }
        & > .jump--label.-begun { background: $warning; }
        &:ansi > .jump--label {
            background: ansi_default;
            color: ansi_default;
            text-style: bold reverse;
        }
        & > KeyFooter { layer: spots; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "back", show=False, id="jump.close"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, spots: Sequence[Spot]) -> None:
        super().__init__()
        names = labels(len(spots))
        self._spots = dict(zip(names, spots, strict=False))
        self._typed = ""
        self._measured: Size | None = None
        self._over = False
        self._footer = KeyFooter(_offered("a letter", "goes there"))

    @property
    def spots(self) -> dict[str, Spot]:
        """The places by their letters."""
        return dict(self._spots)

    def compose(self) -> ComposeResult:
        for label, spot in self._spots.items():
            shown = Static(label, classes="jump--label", markup=False)
            shown.styles.offset = (spot.at.x, spot.at.y)
            yield shown
        # Over the keys of the screen below, which do something else now.
        yield self._footer

    def action_close(self) -> None:
        """Go nowhere."""
        if not self._over:
            self._leave(None)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" or self._over:
            return
        event.stop()
        event.prevent_default()
        typed = self._typed + event.key.lower()
        if spot := self._spots.get(typed):
            self._leave(spot.name)
        elif any(label.startswith(typed) for label in self._spots):
            self._typed = typed
            for shown, label in zip(self.query(".jump--label"), self._spots, strict=True):
                shown.display = label.startswith(typed)
                shown.add_class("-begun")
            self._footer.show(_offered(f"{typed} and a letter", "goes there"))
        else:
            self._leave(None)

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        self.action_close()

    def on_click(self) -> None:
        self.action_close()

    def on_resize(self) -> None:
        """The places have moved: letters over other ones would lead astray."""
        size, self._measured = self._measured, self.size
        if size is not None and size != self.size and not self._over:
            self._leave(None)

    def _leave(self, name: str | None) -> None:
        self._over = True
        self.dismiss(name)


def _offered(key: str, word: str) -> Sequence[Hint]:
    """Return what can be pressed; whatever is no letter of a place leads back."""
    return (Hint(key, word, "jump.go"), Hint("esc", "back", "jump.close"))


def _demo() -> None:
    from textual.app import App

    class Demo(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("  one\n\n      two\n\n          three")

        def on_mount(self) -> None:
            spots = [Spot("one", Offset(0, 0)), Spot("two", Offset(4, 2))]
            spots.append(Spot("three", Offset(8, 4)))
            self.push_screen(JumpOverlay(spots), lambda name: self.notify(str(name), markup=False))

    Demo().run()


if __name__ == "__main__":
    _demo()
