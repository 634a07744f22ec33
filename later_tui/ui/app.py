"""The app: puts session, screens, bridge and worker together, and nothing else."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen

import later_tui
from later_tui.store.records import View
from later_tui.ui import keymap
from later_tui.ui.bridge import Bridge
from later_tui.ui.host import WorkerHost
from later_tui.ui.screens.health import HealthScreen
from later_tui.ui.screens.help import HelpScreen
from later_tui.ui.screens.main import MainScreen
from later_tui.ui.session import Session
from later_tui.ui.status import Here
from later_tui.ui.terminal import Terminal
from later_tui.ui.themes import THEMES, other

if TYPE_CHECKING:
    from later_tui.channels.base import Notification
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store

STYLES = Path(later_tui.__file__).parent / "styles"


class LaterApp(App[None]):
    """`later` on a full screen."""

    TITLE = "later"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "app.tcss", STYLES / "panels.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings(keymap.APP_KEYS),
        Binding("ctrl+c", "quit", "quit", show=False, id="app.quit-too"),
    ]
    # The framework declares these as of an instance.
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (100, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]  # noqa: RUF012

    def __init__(
        self,
        session: Session,
        open_store: "Callable[[Settings], Awaitable[Store]]",
        *,
        work: bool = True,
    ) -> None:
        """Make the app; nothing is opened before it has painted once.

        `work` runs a worker inside the app.
        """
        self._terminal = Terminal()
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = session.settings.theme
        self.theme = wanted if wanted in self.available_themes else THEMES[0].name
        self.session = session
        self.main = MainScreen(session)
        self.bridge = Bridge(session, open_store, self._post)
        self._work = work
        self.host = WorkerHost(
            session, open_store, self._here, self._show_toast, self._show_unanswered
        )

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver, lent to what writes to the terminal besides the app."""
        return self._terminal.driver(super().get_driver_class())

    def get_default_screen(self) -> Screen[None]:
        return self.main

    def on_ready(self) -> None:
        """Open the store and begin to work, now that the screen is painted."""
        self.run_worker(self.bridge.run(), name="bridge")
        if self._work:
            self.host.start(self._terminal.write if self._terminal.attached else None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action of the key table."""
        if screen is self.main:
            for key in (*keymap.MAIN_KEYS, *keymap.APP_KEYS):
                if key.id != "app.palette":
                    title = f"{key.group}: {key.label}"
                    yield SystemCommand(title, key.help, self._runs(key))
        yield SystemCommand("the app: all themes", "choose one of many", self.action_change_theme)

    def action_help(self) -> None:
        """Show the keys and how to write."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, str(self.session.settings.default_window)))

    def action_health(self) -> None:
        """Show Redis, the workers and what needs attention."""
        if not isinstance(self.screen, HealthScreen):
            self.push_screen(HealthScreen(self.session, self.main.facts))

    def action_other_theme(self) -> None:
        """Go from light to dark, or back."""
        self.theme = other(self.theme)

    async def aclose(self) -> None:
        """End the worker, then close the store; deliveries finish or go back."""
        await self.host.stop()
        await self.bridge.aclose()

    def _runs(self, key: keymap.Key) -> Callable[[], None]:
        return lambda: self.main.run_key(key.id)

    def _post(self, message: Message) -> None:
        self.main.post_message(message)

    def _here(self, here: Here) -> None:
        self.main.here(here)

    def _show_unanswered(self) -> None:
        if self.is_running and self.main.is_mounted:
            self.main.action_view(View.UNANSWERED)

    def _show_toast(self, notification: "Notification") -> bool:
        return self.is_running and self.main.is_mounted and self.main.arrivals.toast(notification)
