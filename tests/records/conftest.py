"""A store on a private server of the test's own, and a way to say anything to that server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from later_tui.config.settings import Settings
from later_tui.store import open_sync_store
from later_tui.store.command import command
from later_tui.store.syncstore import SyncStore

Redis = Callable[..., Any]


@pytest.fixture
def store(settings: Settings) -> Iterator[SyncStore]:
    with open_sync_store(settings) as store:
        yield store


@pytest.fixture
def redis(store: SyncStore) -> Redis:
    """Send one command as redis-cli would; the reply is as Redis gives it."""

    def send(*words: str | bytes | int | float) -> Any:
        def flow():  # type: ignore[no-untyped-def]
            [reply] = yield [command(*(w if isinstance(w, int | bytes) else str(w) for w in words))]
            return reply

        return store.run(flow())

    return send
