"""What comes back while another page than home is in front: one notice over it, whatever comes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from later_tui.ui import footers, keymap
from later_tui.widgets.arrival import Arrival, Arrived
from later_tui.widgets.notice import Notice

if TYPE_CHECKING:
    from textual.timer import Timer

    from later_tui.ui.app import LaterApp

SHOWN_S = 10.0
"""How long it stands after the last one came, s."""
LAYER = "notice"


class Noticing:
    """Follows home's panel of what came back, and which screen is in front."""

    def __init__(self, app: "LaterApp") -> None:
        self._app = app
        self._known: frozenset[Arrived] = frozenset()
        self._came: tuple[Arrived, ...] = ()
        self._timer: Timer | None = None
        app.screen_change_signal.subscribe(app, self._moved)

    def follow(self, waiting: Sequence[Arrived]) -> None:
        """Tell of what is new among all that wait on home's panel, and no more of what is gone."""
        known, self._known = self._known, frozenset(waiting)
        fresh = tuple(one for one in waiting if one not in known)
        if not self._app.screen_stack or self._app.screen is self._app.main:
            return
        left = tuple(one for one in self._came if one in self._known)
        if fresh:
            self._wait()
        if fresh or left != self._came:
            self._came = left + fresh
            self._show()

    def over(self) -> None:
        """Take it away; what it told of waits at home."""
        self._came = ()
        self._show()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(SHOWN_S, self.over)

    def _moved(self, screen: Screen[Any]) -> None:
        if screen is self._app.main:
            self.over()
        elif self._came:
            self._show()

    def _show(self) -> None:
        if not self._app.screen_stack:
            return  # the app has just been left
        front = self._app.screen
        for screen in self._app.screen_stack:
            if screen is not front or not self._came:
                screen.query(Notice).remove()
        if not self._came or LAYER not in front.styles.layers or not front.is_attached:
            return
        notice = next(iter(front.query(Notice)), None)
        if notice is None:
            notice = Notice()
            front.mount(notice)
        told, main = self._came[-1], self._app.main
        panel, many = main.query_one(Arrival), "it came back"
        if (count := len(self._came)) > 1:
            many = f"{'many' if panel.more else count} came back; the last:"
        panel.bring(told)  # the keys that are told are for this one
        keys = [one for one in footers.arrived(main) if one.action != "arrived.aside"]
        notice.say(many, told.text, keys, way_home(self._app))


def way_home(app: "LaterApp") -> str:
    """Return the keys after which home's are for what came back: "esc", "esc esc".

    One for each screen over it, and one more where words are being written there.
    """
    over = [_close(screen) for screen in reversed(app.screen_stack) if screen is not app.main]
    return " ".join(filter(None, [*over, app.main.query_one(Arrival).reached_by]))


def _close(screen: Screen[Any]) -> str:
    """Return the key that closes `screen` as it is bound now; empty: none."""
    keys: tuple[keymap.Key, ...] = getattr(screen, "KEYS", ())
    closing = [key for key in keys if key.id.endswith(".close")]
    if not closing:
        return keymap.shown("escape")
    return next((keymap.shown(one) for one in keymap.keys_of(closing[0], keymap.own(screen))), "")
