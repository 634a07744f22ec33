"""Without a password or a right it says what to do; the rights that it names are enough."""

from pathlib import Path

from later_tui.config.settings import Settings
from later_tui.domain.reminder import Answer
from later_tui.store import open_sync_store
from later_tui.store.records import View
from later_tui.store.words import ACL_RULES
from later_tui.worker.status import WorkerState
from tests.faults.conftest import Stores, on
from tests.faults.servers import Servers
from tests.faults.test_refusals import DAY, PROGRAMS, refusal
from tests.making import due_in, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.filechannel import FileChannel, lines


async def test_no_right_and_no_password_are_sentences_that_say_what_to_do(
    settings: Settings, servers: Servers, stores: Stores
) -> None:
    server = servers.start()
    server.ask("ACL", "SETUSER", "ada", "on", ">right", "~other:*", "+@all")
    server.ask("ACL", "SETUSER", "default", ">secret")
    assert "wants a password: set LATER_REDIS_PASSWORD" in await refusal(
        stores, on(settings, server)
    )
    wrong = on(settings, server, username="ada", password="wrong")
    assert "refuses the user name or password" in await refusal(stores, wrong)
    without = on(settings, server, username="ada", password="right")
    assert f"give it {ACL_RULES}" in await refusal(stores, without)


@PROGRAMS
async def test_a_user_with_only_the_needed_rights_can_do_everything(
    settings: Settings,
    servers: Servers,
    stores: Stores,
    hands: Workers,
    tmp_path: Path,
    program: str,
) -> None:
    server = servers.start(program=program)
    server.ask("ACL", "SETUSER", "ada", "on", ">right", *ACL_RULES.split())
    told = on(settings, server, username="ada", password="right", replicas=True)
    hands.settings = told
    store = await stores.open(told)
    first, second, third = (due_in(DAY, text=text) for text in ("a", "b", "c"))
    assert (await store.add(first)).alone  # it asked for replicas, and there are none
    await store.add_many([second, third])
    soon = due_in(300)
    await store.add(soon)
    channel = FileChannel(tmp_path / "sent")
    worker = await hands.start(channel, lease_ms=1000)
    await eventually(lambda: worker.status.state is WorkerState.WORKING)
    await eventually(lambda: len(lines(channel.path)) == 1)
    await store.answer(told, second.id, Answer.AGAIN, now=now_ms())
    await store.answer(told, third.id, Answer.DONE, now=now_ms())
    await store.edit(first.id, first._replace(text="d"))
    assert (await store.page("ada", View.UPCOMING, 0, 10)).total == 2
    assert len(await store.workers()) == 1
    assert (await store.server()).version
    with open_sync_store(told) as other:
        assert other.resolve("ada", first.id[:6]) == first.id
        assert other.get(first.id).text == "d"
    await hands.stop()
    denied = server.ask("ACL", "LOG", password=None)
    # What its configuration is, a server may keep to itself: the warnings at the start do without.
    asked = {entry[entry.index(b"object") + 1] for entry in denied}
    assert asked <= {b"config", b"config|get"}
