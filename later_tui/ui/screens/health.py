"""Redis, the workers, and whatever needs attention: the status line in full."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from later_tui.domain.errors import LaterError
from later_tui.domain.failing import Failing, advice, failing_words
from later_tui.domain.inert import one_line
from later_tui.domain.wording import ago
from later_tui.store.room import full, is_full
from later_tui.ui import keymap
from later_tui.ui.rereading import Rereading
from later_tui.ui.screens.panel import Panel
from later_tui.ui.session import Session
from later_tui.ui.status import Facts
from later_tui.widgets.hints import Hint
from later_tui.widgets.labelled import Labelled
from later_tui.widgets.labelled import LabelledLine as Line

if TYPE_CHECKING:
    from later_tui.store.claims import WorkerInfo

REFRESH_S = 2.0


class HealthScreen(Panel[None]):
    """A panel that tells who is alive, where, since when, serving what; it keeps itself current."""

    KEYS: ClassVar[tuple[keymap.Key, ...]] = (
        *keymap.HEALTH_KEYS,
        *keymap.PANEL_KEYS,
        *keymap.OVER_KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(KEYS)]

    def __init__(self, session: Session, facts: Callable[[], Facts]) -> None:
        """`facts` says what the status line is made from now."""
        super().__init__()
        self._session = session
        self._facts = facts
        self._labelled = Labelled()

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel wide"):
            with self.scroller:
                yield self._labelled
            yield self.hints

    def on_mount(self) -> None:
        self.query_one(".panel").border_title = "status"
        self._show([Line("Redis", "is asked…", "soft")])
        Rereading(self, self._reread, REFRESH_S)

    def offers(self) -> Sequence[Hint]:
        return keymap.hints(self, self.KEYS, ["app.log", "health.close"])

    async def _reread(self) -> None:
        self._show(await self._of_redis())

    def _show(self, of_redis: list[Line]) -> None:
        log = str(self._session.settings.log_file)
        self._labelled.show([*of_redis, *self._of_here(), Line("log", log, "soft")])
        self.offer()

    async def _of_redis(self) -> list[Line]:
        try:
            store = self._session.store
            server, workers = await store.server(), await store.workers()
            warnings = await store.warnings()
        except LaterError as error:
            return [Line("Redis", f"{error}; it is tried again all the time", "warn")]
        lines: list[Line] = [
            Line("Redis", f"{server.place}, {server.product} {server.version}"),
            *(Line("", warning, "warn") for warning in warnings),
        ]
        for worker in workers:
            lines += self._of_worker(worker)
        if not workers:
            words = "none runs, so nothing comes back; `later worker` runs one"
            lines.append(Line("worker", words, "warn"))
        return lines

    def _of_worker(self, worker: "WorkerInfo") -> list[Line]:
        """Return what one of the workers says; of the app's own, it is known as it is now."""
        lines = [_worker(worker, self._session.now)]
        settings = self._session.settings
        ours = (worker.host, worker.pid) == (socket.gethostname(), os.getpid())
        if not ours and worker.works_for(settings.user):
            where = f"on {worker.host}: "
            lines += [_waits(name, where + why) for name, why in worker.waiting.items()]
            lines += self._failing(worker.failing, where)
        return lines

    def _failing(self, failing: Mapping[str, Failing], where: str = "") -> Iterator[Line]:
        settings = self._session.settings
        for name, one in failing.items():
            words = failing_words(one, self._session.now, settings.timezone, settings.times)
            yield Line(f"{name} fails", f"{where}{words}; {advice(name)}", "warn")

    def _of_here(self) -> list[Line]:
        here = self._facts().here
        lines: list[Line] = [_waits(name, why) for name, why in here.waiting.items()]
        lines += self._failing(here.failing)
        if count := len(self._session.outbox):
            verb = "waits" if count == 1 else "wait"
            words = f"{count:,} {verb} on this machine until Redis is back; nothing to do"
            lines.append(Line("outbox", words, "warn"))
        folder = str(self._session.settings.data_dir)
        if is_full(folder):
            lines.append(Line("disk", full(one_line(folder)), "warn"))
        return lines


def _waits(name: str, why: str) -> Line:
    return Line(f"{name} waits", f"{why}; `later channels` tells more", "warn")


def _worker(worker: "WorkerInfo", now: int) -> Line:
    serving = ", ".join(worker.channels)
    words = (
        f"on {worker.host} (pid {worker.pid}), started {ago(now - worker.since)}; "
        f"{f'serves {serving}' if serving else 'no channel that it can use now'}; "
        f"{f'{worker.busy} of {worker.slots} slots busy' if worker.busy else 'idle'}"
    )
    return Line("worker", words, "plain" if serving else "warn")
