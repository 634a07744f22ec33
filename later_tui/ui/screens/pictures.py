"""The page of pictures: when thoughts may come back, and what became of those that did."""

import asyncio
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

import later_tui
from later_tui.domain.errors import LaterError
from later_tui.domain.pictures import Pictures, pictures
from later_tui.store.records import View
from later_tui.ui import keymap
from later_tui.ui import pictures as words
from later_tui.ui.board import PICTURES, Board
from later_tui.ui.rereading import Rereading
from later_tui.ui.screens.leaving import leave
from later_tui.ui.session import Session
from later_tui.widgets.density_map import DensityMap
from later_tui.widgets.hints import Hints
from later_tui.widgets.key_footer import KeyFooter
from later_tui.widgets.share_bars import ShareBars
from later_tui.widgets.stacked_columns import StackedColumns
from later_tui.widgets.status_bar import StatusBar
from later_tui.widgets.view_tabs import ViewTabs

REFRESH_S = 15.0


STYLES = Path(later_tui.__file__).parent / "styles" / "pictures.tcss"


class PicturesScreen(Screen[View | None]):
    """Drawn from what the store says, and drawn anew now and then; gives the view to go to."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES]
    KEYS: ClassVar[tuple[keymap.Key, ...]] = (*keymap.PICTURES_KEYS, *keymap.PANEL_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, board: Board) -> None:
        """`board` says how things stand and what the tabs are now."""
        super().__init__()
        self._session = session
        self._board = board
        self._status = StatusBar("later")
        # Held, not looked up: an answer of the store may come while the page closes.
        self._bar = ViewTabs(board.tabs())
        self._density = DensityMap()
        self._ahead = Static("reading…", classes="words", markup=False)
        self._columns = StackedColumns(("done", "let go", "unanswered"), "sent late")
        self._behind = Static("", classes="words", markup=False)
        self._shares = ShareBars()
        self._by_tag = Vertical(self._shares, classes="picture tags")

    def compose(self) -> ComposeResult:
        yield self._status
        yield self._bar
        with VerticalScroll(can_focus=False):
            with Vertical(classes="picture ahead"):
                yield self._density
                yield self._ahead
            with Vertical(classes="picture behind"):
                yield self._columns
                yield self._behind
            yield self._by_tag
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(".ahead").border_title = "when they may come back"
        self.query_one(".behind").border_title = "what became of them"
        self._by_tag.border_title = "by tag"
        self._bar.active = PICTURES
        ids = ("thought.add", "pictures.close", "view.next", "app.theme", "app.help")
        keys = (*keymap.PICTURES_KEYS, *keymap.APP_KEYS)
        self.query_one(KeyFooter).show(keymap.hints(self, keys, ids), keep=1)
        self._board.follow(self._status)
        Rereading(self, self._reread, REFRESH_S)

    def on_unmount(self) -> None:
        self._board.part(self._status)

    async def on_status_bar_pressed(self) -> None:
        await self.app.run_action("health", self.app)

    def action_close(self) -> None:
        """Go back to the lists."""
        leave(self, None)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_view(self, name: str) -> None:
        """Go to one of the lists."""
        leave(self, View(name))

    def action_view_step(self, step: int) -> None:
        """Go to the list beside this page."""
        leave(self, tuple(View)[0 if step > 0 else -1])

    def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
        if message.name != PICTURES:
            leave(self, View(message.name))

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        keys = (*keymap.PICTURES_KEYS, *keymap.APP_KEYS)
        key = next(key for key in keys if key.id == message.action)
        await self.app.run_action(key.action, self.app if key.on_app else self)

    async def _reread(self) -> None:
        session, user = self._session, self._session.settings.user
        self._bar.show(self._board.tabs())
        try:
            ahead = await session.store.sample_ahead(user)
            behind = await session.store.sample_behind(user)
        except LaterError as error:
            self._ahead.update(str(error))
            return
        # In a thread: a thousand windows less their quiet hours take a while.
        self._show(
            await asyncio.to_thread(
                pictures,
                ahead.reminders,
                ahead.total,
                behind.reminders,
                behind.total,
                session.settings.quiet,
                session.now,
            )
        )

    def _show(self, shown: Pictures) -> None:
        self._density.show(words.density_rows(shown.ahead) if shown.upcoming else ())
        self._ahead.update(words.ahead_words(shown))
        self._columns.show(words.columns(shown.behind))
        self._columns.display = bool(shown.looked_at)
        self._behind.update(words.behind_words(shown))
        self._shares.show(words.shares(shown.tags))
        self._by_tag.display = bool(shown.tags)
