"""When Redis is not there: the screen paints, says so, loses no word, and recovers."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import RedisSettings, Settings
from later_tui.domain.errors import ServerError, StoreError
from later_tui.domain.reminder import Answer, NewReminder, Reminder
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.records import Kept, View
from later_tui.store.serverfiles import find_program
from later_tui.widgets.quick_add import QuickAdd
from tests.ports import free_port
from tests.ui.conftest import Open
from tests.ui.stage import DAY, NOW, Dice, Thought, new, rest, session, until
from tests.widgets.showing import letters, shown


class Server:
    """A Redis of the test's own on a port, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.program = shutil.which("redis-server") or find_program()
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(self.program, "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--dir", str(self.folder), "--appendonly", "yes", "--appendfsync", "always"),
            ],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def there(settings: Settings, server: Server) -> Settings:
    return replace(settings, redis=RedisSettings(host="127.0.0.1", port=server.port))


async def test_the_first_paint_does_not_wait_for_redis(running: Open) -> None:
    never = asyncio.Event()

    async def open_for_ever(settings: Settings) -> Store:
        await never.wait()
        raise ServerError("never")

    async with running(opener=open_for_ever, ready=False) as (app, pilot):
        assert "what's on your mind?" in shown(app)
        assert "opening…" in shown(app)
        await pilot.press("a", *letters("call mum within 3d"))
        await rest(pilot)
        assert "⟨within 3 days" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.main.unkept == "")
        assert "kept on this machine until Redis is back" in shown(app)
        assert len(app.session.outbox) == 1
        never.set()


async def test_without_redis_the_screen_says_so_and_why(
    running: Open, there: Settings, server: Server
) -> None:
    async with running(session=session(there), ready=False) as (app, pilot):
        await until(pilot, lambda: "no Redis: trying again…" in shown(app))
        await rest(pilot)
        assert "Redis is away." in shown(app)
        assert str(server.port) in shown(app)
        server.start()
        await until(pilot, lambda: app.main.upcoming == 0)
        await until(pilot, lambda: "no Redis" not in shown(app))


async def test_a_thought_is_kept_here_while_redis_is_away_and_goes_there_once_it_is_back(
    running: Open, there: Settings, server: Server
) -> None:
    server.start()
    async with running(session=session(there)) as (app, pilot):
        server.kill()
        await until(pilot, lambda: "no Redis" in shown(app))
        await pilot.press("a", *letters("call mum within 3d"), "enter")
        await until(pilot, lambda: "kept on this machine until Redis is back" in shown(app))
        assert app.main.unkept == ""
        await until(pilot, lambda: "1 waits here for Redis" in shown(app))
        server.start()
        await until(pilot, lambda: "no Redis" not in shown(app))
        await until(pilot, lambda: "waits here" not in shown(app))
        await until(pilot, lambda: app.main.upcoming == 1)
        store = await open_store(there)
        page = await store.page("ada", View.UPCOMING, 0, 10)
        await store.aclose()
        assert [reminder.text for reminder in page.reminders] == ["call mum"]
        await until(pilot, lambda: len(app.session.outbox) == 0)


async def test_words_that_no_disk_takes_stay_in_the_box(
    running: Open, there: Settings, server: Server
) -> None:
    async with running(session=session(there), ready=False) as (app, pilot):
        await until(pilot, lambda: "no Redis" in shown(app))
        there.data_dir.write_text("a file in the folder's place")
        await pilot.press("a", *letters("call mum within 3d"), "enter")
        box = app.main.query_one(QuickAdd)
        await until(pilot, lambda: "Your words stay here; Enter tries again" in box.said.problem)
        assert app.main.unkept == "call mum within 3d"


class LosingReplies:
    """A store whose first add is carried out, and whose reply is lost on the way."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lost = 0

    async def add_many(self, news: Sequence[NewReminder]) -> list[Kept]:
        kept = await self.store.add_many(news)
        if not self.lost:
            self.lost += 1
            raise StoreError("Redis cannot be reached (the line was cut)")
        return kept

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)


async def test_a_thought_whose_reply_was_lost_is_kept_once(running: Open) -> None:
    async def losing(settings: Settings) -> LosingReplies:
        return LosingReplies(await open_store(settings))

    async with running(opener=losing) as (app, pilot):
        await pilot.press("a", *letters("call mum within 3d"), "enter")
        # What was put by here for want of a reply is handed on at once.
        await until(pilot, lambda: "kept; it comes back" in app.main.query_one(QuickAdd).said.hint)
        page = await app.session.store.page("ada", View.UPCOMING, 0, 10)
        assert [reminder.text for reminder in page.reminders] == ["call mum"]
        await until(pilot, lambda: len(app.session.outbox) == 0)


async def test_a_change_whose_reply_was_lost_is_made_once(
    running: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mum = new(Thought(text="call mum"))
    await store.add(mum)
    async with running() as (app, pilot):
        box, edit = app.main.query_one(QuickAdd), app.session.store.edit

        async def lost(reminder_id: str, changed: NewReminder) -> Reminder:
            await edit(reminder_id, changed)
            monkeypatch.setattr(app.session.store, "edit", edit)
            raise StoreError("Redis cannot be reached (the line was cut)")

        monkeypatch.setattr(app.session.store, "edit", lost)
        await pilot.press("e", *letters(" and dad"), "enter")
        await until(pilot, lambda: "Enter tries again" in box.said.problem)
        await pilot.press("enter")
        await until(pilot, lambda: box.said.hint.startswith("changed; it comes back"))
        assert (await store.get(mum.id)).text == "call mum and dad"
        await pilot.press("u")
        await until(pilot, lambda: box.said.hint.startswith("taken back"))
        assert (await store.get(mum.id)).text == "call mum"


async def test_what_was_read_stays_on_the_screen_and_an_answer_says_it_cannot_be_given(
    running: Open, there: Settings, server: Server
) -> None:
    server.start()
    store = await open_store(there)
    await store.add(new(Thought(text="call mum", ends=3 * DAY)))
    await store.aclose()
    async with running(session=session(there)) as (app, pilot):
        server.kill()
        await until(pilot, lambda: "no Redis" in shown(app))
        assert "call mum" in shown(app)
        await pilot.press("d")
        await until(pilot, lambda: app.main.query_one(QuickAdd).said.problem)
        assert "call mum" in shown(app)
        server.start()
        await until(pilot, lambda: "no Redis" not in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "Nothing waits for you." in shown(app))


async def test_a_list_that_was_not_read_says_why_and_is_read_once_redis_is_back(
    running: Open, there: Settings, server: Server
) -> None:
    server.start()
    store = await open_store(there)
    thought = new(Thought(text="call mum"))
    await store.add(thought)
    await store.add(new(Thought(text="read on", ends=20 * DAY), dice=Dice(7)))
    await store.answer(there, thought.id, Answer.DONE, now=NOW)
    await store.aclose()
    async with running(session=session(there)) as (app, pilot):
        server.kill()
        await until(pilot, lambda: "no Redis" in shown(app))
        await pilot.press("2")
        await until(pilot, lambda: "Trying again…" in shown(app))
        assert "Redis is away." in shown(app)
        assert "·" not in shown(app, app.main._shelf.shown)
        server.start()
        await until(pilot, lambda: "✓ done" in shown(app))
        assert "Redis is away." not in shown(app)
        app.main._shelf.shown.start_over()
        assert not app.main._shelf.shown.blank  # what is read is no longer said to be away


async def test_what_is_looked_for_while_redis_is_away_is_looked_for_again(
    running: Open, there: Settings, server: Server
) -> None:
    server.start()
    store = await open_store(there)
    mum = new(Thought(text="call mum"))
    await store.add(mum)
    await store.add(new(Thought(text="call Ida", ends=9 * DAY), dice=Dice(7)))
    await store.answer(there, mum.id, Answer.DONE, now=NOW)
    await store.aclose()
    async with running(session=session(there)) as (app, pilot):
        server.kill()
        await until(pilot, lambda: "no Redis" in shown(app))
        await pilot.press("slash", *letters("call"))
        await until(pilot, lambda: "1 found, not all looked at" in shown(app))
        assert "call Ida" in shown(app)
        server.start()
        await until(pilot, lambda: "2 found" in shown(app))
        assert "✓ done" in shown(app)
