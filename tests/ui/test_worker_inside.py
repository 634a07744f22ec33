"""The worker in the app: what is kept comes back, on the screen itself if nothing else can."""

from dataclasses import replace

from later_tui.config.settings import Settings
from later_tui.domain.reminder import State
from later_tui.store import open_store
from later_tui.store.records import View
from later_tui.ui.session import Session
from later_tui.ui.terminal import Terminal
from later_tui.widgets.arrival import Arrival
from tests.ui.conftest import Open
from tests.ui.stage import rest, until
from tests.widgets.showing import letters, shown


def now(settings: Settings) -> Session:
    return Session(settings, "mill", "~/src/later")


async def test_a_thought_comes_back_on_the_screen_inside_its_window(
    running: Open, settings: Settings
) -> None:
    async with running(session=now(settings), work=True) as (app, pilot):
        await until(pilot, lambda: "worker ● here" in shown(app))
        await pilot.press("a", *letters("call mum within 1s"), "enter", "escape")
        panel = app.main.query_one(Arrival)
        await until(pilot, lambda: panel.current)
        assert panel.current is not None
        assert panel.current.text == "call mum"
        await rest(pilot)
        assert "it came back" in shown(app)
        await until(pilot, lambda: "Unanswered 1" in shown(app))
        assert len(panel.waiting) == 1
        await pilot.press("D")
        await until(pilot, lambda: "Unanswered 0" in shown(app))
        store = await open_store(settings)
        [done] = (await store.page("ada", View.PAST, 0, 5)).reminders
        await store.aclose()
        assert done.state is State.DONE
        assert done.window.not_before <= done.due_at <= done.window.not_after
        [delivery] = done.deliveries
        assert delivery.via == "toast"
        assert delivery.sent_at is not None
        assert delivery.sent_at >= done.due_at


async def test_a_channel_that_is_not_there_is_said_and_stops_nothing(
    running: Open, settings: Settings
) -> None:
    told = replace(settings, channels=("desktop", "pigeon"))
    async with running(session=now(told), work=True, size=(160, 30)) as (app, pilot):
        await until(pilot, lambda: "worker ● here" in shown(app))
        await until(pilot, lambda: "pigeon waits: " in shown(app))


async def test_leaving_the_app_ends_the_worker_and_frees_what_it_held(
    running: Open, settings: Settings
) -> None:
    async with running(session=now(settings), work=True) as (app, pilot):
        await until(pilot, lambda: "worker ● here" in shown(app))
    store = await open_store(settings)
    assert await store.workers() == ()
    await store.aclose()


async def test_the_channels_get_the_terminal_only_while_the_app_draws_on_one() -> None:
    written: list[str] = []

    class Driver:
        def start_application_mode(self) -> None: ...
        def stop_application_mode(self) -> None: ...
        def write(self, data: str) -> None:
            written.append(data)

        def flush(self) -> None: ...

    terminal = Terminal()
    terminal.write("nobody sees this")
    driver = terminal.driver(Driver)()  # type: ignore[arg-type, call-arg]
    assert not terminal.attached
    driver.start_application_mode()
    assert terminal.attached
    terminal.write("\x07")
    driver.stop_application_mode()
    terminal.write("nor this")
    assert written == ["\x07"]
