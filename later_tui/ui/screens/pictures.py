"""The page of pictures: when thoughts may come back, and what became of those that did."""

import asyncio
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
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
from later_tui.ui.screens.fitting import fit
from later_tui.ui.screens.leaving import leave
from later_tui.ui.session import Session
from later_tui.widgets.density_map import DensityMap
from later_tui.widgets.hints import Hints
from later_tui.widgets.key_footer import KeyFooter
from later_tui.widgets.share_bars import ShareBars
from later_tui.widgets.stacked_columns import StackedColumns
from later_tui.widgets.status_bar import Part, StatusBar
from later_tui.widgets.view_tabs import ViewTabs

REFRESH_S = 15.0
STYLES = Path(later_tui.__file__).parent / "styles" / "pictures.tcss"


class Followed(StatusBar):
    """A status line that tells its page whenever it was told how things stand."""

    class Told(Message):
        """Something of it may have changed, or of what is counted."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Followed.Told)

    def show(self, parts: Sequence[Part]) -> None:
        super().show(parts)
        self.post_message(self.Told())


class PicturesScreen(Screen[View | None]):
    """Drawn from what the store says, and drawn anew when that changes; gives the view to go to."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES]
    KEYS: ClassVar[tuple[keymap.Key, ...]] = (*keymap.PICTURES_KEYS, *keymap.PANEL_KEYS)
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]
    AUTO_FOCUS = ""
    # The framework declares these as of an instance.
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (170, "-beside")]  # noqa: RUF012

    def __init__(self, session: Session, board: Board) -> None:
        """`board` says how things stand and what the tabs are now."""
        super().__init__()
        self._session = session
        self._board = board
        self._behind_times = False
        self._status = Followed("later")
        # Held, not looked up: an answer of the store may come while the page closes, and it may be
        # closed while it opens.
        self._bar = ViewTabs(board.tabs())
        self._note = Static("", classes="note", markup=False)
        self._density = DensityMap(heading=words.THOUGHTS)
        self._ahead = Static("", classes="words", markup=False)
        self._columns = StackedColumns(words.PARTS, "sent late")
        self._behind = Static("", classes="words", markup=False)
        self._shares = ShareBars(words.PARTS)
        self._by_tag = Vertical(self._shares, classes="picture tags")
        ahead = Vertical(self._density, self._ahead, classes="picture ahead")
        ahead.border_title = "when they may come back"
        behind = Vertical(self._columns, self._behind, classes="picture behind")
        behind.border_title = "what became of them"
        self._pictures = Container(
            Vertical(ahead), Vertical(behind, self._by_tag), classes="pictures"
        )
        self._keys = KeyFooter()

    def compose(self) -> ComposeResult:
        yield self._status
        yield self._bar
        with VerticalScroll(can_focus=False):
            yield self._note
            yield self._pictures
        yield self._keys

    def on_mount(self) -> None:
        fit(self)
        self._bar.active = PICTURES
        ids = ("thought.add", "pictures.close", "view.next", "app.theme", "app.help")
        keys = (*keymap.PICTURES_KEYS, *keymap.APP_KEYS)
        self._keys.show(keymap.hints(self, keys, ids), keep=1)
        self._pictures.display = False
        self._say(words.READING)
        self._rereading = Rereading(self, self._reread, REFRESH_S)
        self._board.follow(self._status)

    def on_unmount(self) -> None:
        self._board.part(self._status)

    def on_followed_told(self) -> None:
        tabs, trouble = self._board.tabs(), self._board.facts.trouble
        changed = tabs != self._bar.tabs
        self._bar.show(tabs)
        if trouble:
            self._away(trouble)
        elif self._behind_times:
            self._rereading.now()
        elif changed:
            self._rereading.soon()

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
        try:
            ahead = await session.store.sample_ahead(user)
            behind = await session.store.sample_behind(user)
        except LaterError as error:
            self._away(str(error))
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

    def _away(self, reason: str) -> None:
        """Say that Redis is away; what was drawn before stays. While it opens, that is no news."""
        self._behind_times = True
        if self._session.opened is not None or self._session.trouble or self._board.facts.trouble:
            self._say((words.stale if self._pictures.display else words.away)(reason))

    def _say(self, lines: Sequence[str]) -> None:
        """Say `lines` over the pictures, or in their place; nothing where there are none."""
        title = Content.styled("".join(lines[:1]), "bold $foreground")
        self._note.update(Content("\n").join([title, *lines[1:]]))
        self._note.display = bool(lines)
        self._note.set_class(self._pictures.display, "-over")

    def _show(self, shown: Pictures) -> None:
        self._behind_times = False
        self._pictures.display = bool(shown.upcoming or shown.looked_at)
        self._say(() if self._pictures.display else words.NOTHING)
        self._density.show(words.density_rows(shown.ahead) if shown.upcoming else ())
        self._density.display = bool(shown.upcoming)
        self._ahead.update(words.ahead_words(shown))
        self._columns.show(words.columns(shown.behind))
        self._columns.display = bool(shown.shown_behind)
        self._behind.update(words.behind_words(shown))
        for picture, text in ((self._density, self._ahead), (self._columns, self._behind)):
            text.set_class(picture.display, "-below")
        self._shares.show(words.shares(shown.tags))
        self._by_tag.border_title = words.tags_title(shown.tags)
        self._by_tag.display = bool(shown.tags)
