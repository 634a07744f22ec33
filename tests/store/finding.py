"""What the tests of find keep and ask, and a setting in which few reminders are many already."""

from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.query import Query
from later_tui.domain.query_text import read_query
from later_tui.domain.reminder import NewReminder
from later_tui.domain.window import Window
from later_tui.store import find, textindex
from later_tui.store.command import command
from later_tui.store.find import Found
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.making import made, now_ms

KEYS = Keys()
DAY = 86_400_000


def make_few_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few reminders be many already."""
    monkeypatch.setattr(find, "FEW", -1)
    monkeypatch.setattr("later_tui.store.stretch.WORDS_AT_ONCE", 3)
    monkeypatch.setattr("later_tui.store.stretch.WHOLE_AT_ONCE", 3)
    monkeypatch.setattr(find, "READ_AT_ONCE", 2)
    monkeypatch.setattr(find, "ASKED_AT_ONCE", 2)
    monkeypatch.setattr(textindex, "CHUNK", 256)
    monkeypatch.setattr("later_tui.store.indexing.EVENTS_AT_ONCE", 2)


def raw(store: SyncStore, *words: str | int) -> object:
    def flow():  # type: ignore[no-untyped-def]
        [reply] = yield [command(*words)]
        return reply

    return store.run(flow())


def keep(store: SyncStore, text: str, days: int = 9, **changes: object) -> str:
    return store.add(soon(text, days, **changes)).reminder_id


def soon(text: str, days: int = 9, **changes: object) -> NewReminder:
    return made(Window(now_ms() + 1, now_ms() + days * DAY), text, **changes)


def asked(settings: Settings, text: str) -> Query:
    return read_query(text, settings.reading(now_ms()))


def pages(store: SyncStore, settings: Settings, text: str, limit: int = 500) -> list[Found]:
    return list(store.find(settings, asked(settings, text), limit=limit))


def texts(store: SyncStore, settings: Settings, text: str, limit: int = 500) -> list[str]:
    found = pages(store, settings, text, limit)
    return [one.text for page in found for one in page.reminders]


def files(settings: Settings) -> list[Path]:
    return sorted((settings.data_dir / "find").glob("*"))
