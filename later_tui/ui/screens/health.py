"""Redis, the workers, and whatever needs attention: the status line in full."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from later_tui.domain.errors import LaterError
from later_tui.domain.wording import ago
from later_tui.ui import keymap
from later_tui.ui.session import Session
from later_tui.ui.status import Facts
from later_tui.widgets.hints import Hints

if TYPE_CHECKING:
    from later_tui.store.claims import WorkerInfo

REFRESH_S = 2.0

Line = tuple[str, str, bool]
"""A heading, what is said, and whether it needs attention."""


class HealthScreen(ModalScreen[None]):
    """A panel that tells who is alive, where, since when, serving what; it keeps itself current."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(keymap.HEALTH_KEYS)]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, facts: Facts) -> None:
        """`facts` are what the status line was made from when the panel was opened."""
        super().__init__()
        self._session = session
        self._facts = facts

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            with VerticalScroll(can_focus=False):
                yield Static("", classes="said", markup=False, id="lines")
            yield Hints(keymap.hints(self, keymap.HEALTH_KEYS, ["health.close"]), keep=1)

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "what is going on"
        self.set_interval(REFRESH_S, self._reread)
        self._reread()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def on_hints_pressed(self, message: Hints.Pressed) -> None:
        message.stop()
        self.action_close()

    @work(exclusive=True)
    async def _reread(self) -> None:
        lines = [*await self._of_redis(), *self._of_here()]
        log = str(self._session.settings.log_file)
        self._say([*lines, ("log", log, False)])

    async def _of_redis(self) -> list[Line]:
        try:
            store = self._session.store
            server, workers = await store.server(), await store.workers()
            warnings = await store.warnings()
        except LaterError as error:
            return [("redis", f"{error}; it is tried again all the time", True)]
        lines: list[Line] = [
            ("redis", f"{server.place}, {server.product} {server.version}", False),
            *(("", warning, True) for warning in warnings),
            *(_worker(worker, self._session.now) for worker in workers),
        ]
        if not workers:
            lines.append(("worker", "none is alive: nothing comes back until one runs", True))
        return lines

    def _of_here(self) -> list[Line]:
        lines: list[Line] = [
            (f"{name} waits", why, True) for name, why in self._facts.here.waiting.items()
        ]
        if count := len(self._session.outbox):
            lines.append(("outbox", f"{count:,} on this machine until Redis is back", True))
        return lines

    def _say(self, lines: Sequence[Line]) -> None:
        width = max(len(heading) for heading, _, _ in lines) + 2
        parts = [
            Content.styled(heading.ljust(width), "$secondary")
            + Content.styled(words, "$warning" if attention else "$foreground")
            for heading, words, attention in lines
        ]
        self.query_one("#lines", Static).update(Content("\n").join(parts))


def _worker(worker: "WorkerInfo", now: int) -> Line:
    serving = ", ".join(worker.channels)
    words = (
        f"{worker.host} ({worker.pid}), started {ago(now - worker.since)}: "
        f"{serving or 'no channel it can use now'}; {worker.busy} of {worker.slots} busy"
    )
    return ("worker", words, not serving)
