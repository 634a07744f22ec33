"""What all panels over the main screen have in common: they scroll, offer keys, and close."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar, TypeVar

from textual.containers import VerticalScroll
from textual.screen import ModalScreen

import later_tui
from later_tui.ui import keymap
from later_tui.ui.screens.fitting import fit
from later_tui.ui.screens.leaving import leave
from later_tui.widgets.hints import Hint, Hints

Result = TypeVar("Result")

PANELS = Path(later_tui.__file__).parent / "styles" / "panels.tcss"
"""Read when the first panel opens, not before the first paint."""


class Panel(ModalScreen[Result | None]):
    """A panel; its scrolling is offered where not all of it can be seen.

    What it shows is held, not looked up: an answer of the store may come while the panel closes.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [PANELS]
    KEYS: ClassVar[tuple[keymap.Key, ...]] = ()
    AUTO_FOCUS = ""
    HINT_LINES: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self.scroller = VerticalScroll(can_focus=False)
        self.hints = Hints(keep=1, lines=self.HINT_LINES)

    def offers(self) -> Sequence[Hint]:
        """Return the keys that do something now; the last one closes."""
        raise NotImplementedError

    def offer(self) -> None:
        """Show what the keys do, once it is known whether there is more than can be seen."""
        self.hints.show(self.offers())
        self.call_after_refresh(self._offer_scrolling)

    def on_mount(self) -> None:
        fit(self)

    def on_resize(self) -> None:
        self.offer()

    def action_close(self) -> None:
        """Go back."""
        leave(self, None)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.scroller.scroll_relative(y=lines, animate=False)

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        key = next(key for key in (*self.KEYS, *keymap.APP_KEYS) if key.id == message.action)
        await self.app.run_action(key.action, self.app if key.on_app else self)

    def _offer_scrolling(self) -> None:
        if not self.is_mounted or not self.scroller.max_scroll_y:
            return
        *others, close = self.offers()
        down, up = (
            keymap.hints(self, keymap.PANEL_KEYS, [f"panel.{name}"]) for name in ("down", "up")
        )
        keys = " ".join(hint.key for hint in (*down, *up))
        scroll = [Hint(keys, "scroll", "panel.page-down")] if keys else []
        self.hints.show([*others, *scroll, close])
