"""The pages that lie over home: each opened by its key, once, and imported when it is."""

from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from later_tui.ui.screens.main import MainScreen
    from later_tui.ui.session import Session


class PagingApp(App[None]):
    """An app with home and pages over it."""

    session: "Session"
    main: "MainScreen"

    def action_help(self) -> None:
        """Show the keys and how to write."""
        from later_tui.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, str(self.session.settings.default_window)))

    def action_health(self) -> None:
        """Show Redis, the workers and what needs attention."""
        from later_tui.ui.screens.health import HealthScreen

        if not isinstance(self.screen, HealthScreen):
            self.push_screen(HealthScreen(self.session, lambda: self.main.facts))

    def action_pictures(self) -> None:
        """Show when thoughts may come back, and what became of those that did."""
        from later_tui.ui.screens.pictures import PicturesScreen

        if not isinstance(self.screen, PicturesScreen):
            self.main.show_pictures()

    def action_log(self) -> None:
        """Show the last lines of the log."""
        from later_tui.ui.screens.log import LogScreen

        if not isinstance(self.screen, LogScreen):
            self.push_screen(LogScreen(self.session.settings.log_file))

    def action_jump(self) -> None:
        """Show a letter on every place; its key goes there."""
        from later_tui.ui import jumping

        jumping.jump(self.screen)

    def action_command_palette(self) -> None:
        """Show everything that can be done here, to be found by its name."""
        from later_tui.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Show all themes, to be found by their names."""
        from later_tui.ui.theme_list import theme_list

        self.push_screen(theme_list(self))

    def make_way(self) -> None:
        """Close what only shows something; where words are being typed, the rest waits below."""
        while (
            self.screen_stack
            and self.screen is not self.main
            and not getattr(self.screen, "HOLDS_WORDS", False)
        ):
            self.pop_screen()
