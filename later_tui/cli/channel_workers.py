"""What the workers that are alive say of a channel: paused there, or failing there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from later_tui.config.settings import Settings
from later_tui.domain.errors import LaterError
from later_tui.domain.failing import Failing, advice, failing_words
from later_tui.store import open_sync_store
from later_tui.store.claims import WorkerInfo


class Trouble(NamedTuple):
    """A channel with which a worker has trouble."""

    channel: str
    host: str
    why: str
    """In one sentence."""
    failing: Failing | None = None
    """How its sends fail; None: it is paused there."""

    @property
    def word(self) -> str:
        return "failing" if self.failing else "paused"

    @property
    def says(self) -> str:
        """What is to be said of the channel, without its name."""
        return f"{self.word} on {self.host}: {self.why}"

    @property
    def todo(self) -> str:
        """What to do about it."""
        if self.failing:
            return advice(self.channel)
        return "another worker may deliver it; else mend that, or choose another channel"


def troubles(workers: Iterable[WorkerInfo], chosen: Settings, now: int) -> list[Trouble]:
    """Return what the workers of this user have trouble with; `now` is ms UTC."""
    return [
        one
        for worker in workers
        if worker.works_for(chosen.user)
        for one in _of_worker(worker, chosen, now)
    ]


def failing_shape(one: Failing) -> dict[str, object]:
    """Return how a channel's sends fail as a JSON object; times in ISO 8601."""
    from later_tui.cli.shape import iso

    return {
        "reason": one.reason,
        "since": iso(one.since),
        "times": one.times,
        "next_at": iso(one.next_at),
    }


def alive(chosen: Settings) -> tuple[WorkerInfo, ...]:
    """Return the workers that are alive; none where nobody can say. Starts no private server."""
    try:
        if not (chosen.redis.configured or _runs(chosen)):
            return ()
        with open_sync_store(chosen) as store:
            return store.workers()
    except LaterError:
        return ()


def _of_worker(worker: WorkerInfo, chosen: Settings, now: int) -> Iterator[Trouble]:
    for name, why in worker.waiting.items():
        yield Trouble(name, worker.host, why)
    for name, one in worker.failing.items():
        words = failing_words(one, now, chosen.timezone, chosen.times)
        yield Trouble(name, worker.host, words, one)


def _runs(chosen: Settings) -> bool:
    """Tell whether the private server may run: without it no worker does. Raises ServerError."""
    from later_tui.store.serverfiles import socket_path

    folder = chosen.data_dir / "server"
    return folder.is_dir() and socket_path(folder).is_socket()
