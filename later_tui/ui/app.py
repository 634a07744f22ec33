"""The app: puts session, screens, bridge and worker together, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cached_property
from io import StringIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import Console
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.widget import MountError

import later_tui
from later_tui.store.records import View
from later_tui.ui import keymap
from later_tui.ui.bridge import Bridge
from later_tui.ui.dressing import dress, make_do
from later_tui.ui.ending import Ending
from later_tui.ui.paging import PagingApp
from later_tui.ui.screens.main import MainScreen
from later_tui.ui.session import Session
from later_tui.ui.status import Here
from later_tui.ui.terminal import CLEAR, Terminal
from later_tui.ui.themes import legible, other

if TYPE_CHECKING:
    from textual.command import Provider

    from later_tui.channels.base import Notification
    from later_tui.config.settings import Settings
    from later_tui.store.asyncstore import Store
    from later_tui.ui.host import WorkerHost
    from later_tui.ui.noticing import Noticing
    from later_tui.widgets.arrival import Arrival

STYLES = Path(later_tui.__file__).parent / "styles"


def _actions() -> "type[Provider]":
    from later_tui.ui.palette import Actions

    return Actions


class LaterApp(PagingApp):
    """`later` on a full screen.

    What the first paint does not need is imported when it is asked for.
    """

    TITLE = "later"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "app.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(keymap.APP_KEYS)]
    COMMANDS = {_actions}  # noqa: RUF012
    # The framework declares these as of an instance.
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (116, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]  # noqa: RUF012
    SUSPENDED_SCREEN_CLASS = "-under"

    def __init__(
        self,
        session: Session,
        open_store: "Callable[[Settings], Awaitable[Store]]",
        *,
        work: bool = True,
        on_settled: Callable[[], None] = lambda: None,
    ) -> None:
        """Make the app; nothing is opened before it has painted once.

        `work` runs a worker inside the app. `on_settled` is called when all is there that stays:
        once it is painted, and once the worker has begun.

        Raises ConfigError for a theme, or a key, that there is not.
        """
        self.own_keys: Mapping[str, str] = {}
        self.crash: Exception | None = None
        self.ending = Ending(self)
        self._terminal = Terminal(titled=session.settings.title_count)
        super().__init__()
        dress(self, session.settings)
        if session.settings.keys:
            from later_tui.ui.own_keys import own_keys

            self.set_keymap(own_keys(session.settings.keys, session.settings.config_file))
        self.session = session
        self.main = MainScreen(session)
        self.bridge = Bridge(session, open_store, self._post)
        self._work = work
        self._on_settled = on_settled
        self._begun = False
        self._open_store = open_store
        self._lacking: Sequence[LineFilter] = ()

    def set_keymap(self, keymap: Mapping[str, str]) -> None:
        """Take the person's own keys by id, as `own_keys` returns them; an empty one unbinds."""
        self.own_keys = dict(keymap)
        bound = ",".join(keymap.values()).split(",")
        self._terminal.alt_keys = frozenset(key for key in bound if key.startswith("alt+"))
        # The framework keeps the default for an empty one: a name that no key has is needed.
        super().set_keymap({name: keys or f"unbound-{name}" for name, keys in keymap.items()})

    @cached_property
    def host(self) -> "WorkerHost":
        """What runs the worker inside the app."""
        from later_tui.ui.host import WorkerHost

        return WorkerHost(
            self.session,
            self._open_store,
            self._here,
            self._show_toast,
            self._show_unanswered,
            self._terminal.courtesy.hold,
        )

    @cached_property
    def noticing(self) -> "Noticing":
        """What tells of a reminder that comes back while home is not in front."""
        from later_tui.ui.noticing import Noticing

        return Noticing(self)

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver, lent to what writes to the terminal besides the app."""
        return self._terminal.driver(super().get_driver_class())

    def get_default_screen(self) -> Screen[None]:
        return self.main

    def watch_title(self, title: str) -> None:
        """Show the app's title as the terminal's, if that is wanted."""
        self._terminal.title(title)

    def on_mount(self) -> None:
        """Make do with the colours that the terminal has, before anything is painted."""
        if self._terminal.attached:
            self._lacking = make_do(self, self.session.settings)

    def on_arrival_changed(self, message: "Arrival.Changed") -> None:
        """Tell of what came back, where home is not in front."""
        if self.is_running:  # at the end something may be on its way still
            self.noticing.follow(message.waiting)

    def on_notice_pressed(self) -> None:
        """Go to where what came back can be answered."""
        self.make_way()

    async def on_ready(self) -> None:
        """Open the store and begin to work, now that the screen is painted."""
        self.stylesheet.read(STYLES / "over.tcss")
        try:
            await self.main.complete()
        except MountError:
            if self.main.is_attached:
                raise
            return  # the app is being left already
        self.run_worker(asyncio.to_thread(self.session.look_for_channels), name="channels")
        self.run_worker(self.bridge.run(), name="bridge")
        if self._work:
            self.host.start(self._terminal.write if self._terminal.attached else None)
        self._on_settled()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer everything that a key can do there."""
        from later_tui.ui import palette

        yield from palette.commands(screen)
        yield SystemCommand("the app: all themes", "choose one of many", self.action_change_theme)

    async def action_add(self) -> None:
        """Send the keys into the box; what lies over it and only shows something makes way."""
        self.make_way()
        if self.screen is self.main:
            await self.main.action_add()

    async def action_quit(self) -> None:
        """Leave, once what was begun is done."""
        self.ending.asked()

    def action_redraw(self) -> None:
        """Draw the whole screen anew, over whatever another program has written on it."""
        self._terminal.write(CLEAR)
        self.refresh(layout=True)

    def action_other_theme(self) -> None:
        """Go from light to dark, or back."""
        self.theme = other(self.theme)

    async def aclose(self) -> None:
        """End the worker, then close the store; deliveries finish or go back."""
        await self.host.stop()
        await self.bridge.aclose()

    def _handle_exception(self, error: Exception) -> None:
        """End, as the framework does, but keep the error for the log.

        The framework would print it with the values of all variables: thoughts, perhaps secrets.
        """
        self.crash = self.crash or error
        self.error_console = Console(file=StringIO())
        super()._handle_exception(error)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what makes the drawn lines fit the terminal.

        The framework chooses how to do without colours before it knows the theme: of the terminal's
        own colours it would make black on black.
        """
        plain = self.no_color and self.native_ansi_color
        filters = super().get_line_filters()
        fitting = [NoColor() if plain and isinstance(f, Monochrome) else f for f in filters]
        return [*fitting, *self._lacking]

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew; not where there is nothing to dress yet: they are read for that.

        Before the first screen the framework would read them twice.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's variables, with grounds that can be told from each other."""
        return legible(super().get_css_variables(), self.current_theme)

    def _post(self, message: Message) -> None:
        self.main.post_message(message)

    def _here(self, here: Here) -> None:
        self.main.here(here)
        if here.state == "working" and not self._begun:
            self._begun = True
            self._on_settled()

    def _show_unanswered(self) -> None:
        if self.is_running and self.main.is_mounted:
            self.make_way()
            self.main.action_view(View.UNANSWERED)

    def _show_toast(self, notification: "Notification") -> bool:
        """Show it on the panel, which others tell of; False: nobody can see it."""
        if not (self.is_running and self.main.is_mounted) or self._terminal.lent:
            return False
        return self.main.arrivals.toast(notification)
