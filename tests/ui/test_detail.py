"""The detail tells all there is and nothing sealed; what may not have come is sent again."""

from textual.containers import VerticalScroll

from later_tui.domain.hours import Hours
from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Attempt, Delivery, Reminder, State
from later_tui.domain.route import read_route
from later_tui.domain.window import Span, Window
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.ui.app import LaterApp
from later_tui.ui.facts import lines_of, sealed
from later_tui.widgets.hints import Hints
from tests.ui.conftest import Open
from tests.ui.stage import DAY, HOUR, MINUTE, NOW, QUIET, ZONE, Thought, _due, new, rest, until
from tests.widgets.showing import shown


def told(reminder: Reminder, quiet: Quiet = QUIET, **how: bool) -> str:
    how = {"unsealed": False, **how}
    lines = lines_of(reminder, NOW, quiet, "mill", **how)  # type: ignore[arg-type]
    return "\n".join(f"{line.label}: {line.words}" for line in lines)


async def kept(store: Store, **changes: object) -> Reminder:
    mum = new(Thought(text="call mum"))._replace(**changes)  # type: ignore[arg-type]
    await store.add(mum)
    return await store.get(mum.id)


async def test_the_seed_is_as_sealed_as_the_moment(store: Store) -> None:
    mum = await kept(store)
    assert str(mum.seed) not in told(mum, why=True)
    assert "seed: sealed; p peeks" in told(mum, why=True)
    assert f"seed: {mum.seed}, number 1" in told(mum, why=True, unsealed=True)
    assert str(mum.seed) not in told(mum, unsealed=True)


async def test_it_says_what_quiet_hours_left_of_the_window(store: Store) -> None:
    mum = await kept(store)
    night = Quiet((Hours(0, 12 * 60),), zone=ZONE)
    assert "draw: from the 50 % left by quiet hours" in told(mum, night, why=True)
    assert "draw:" not in told(mum, Quiet(zone=ZONE), why=True)


async def test_a_route_and_a_nag_are_said_in_words(store: Store) -> None:
    route = read_route("desktop then email 30m")
    mum = await kept(store, channels=route.channels, steps=route.steps, nag_ms=HOUR)
    words = told(mum)
    assert "route: desktop, then email after 30 min" in words
    assert "nags: every 1 h, until you answer" in words
    assert "email: goes 30 min after, unless you answer" in words


async def test_every_attempt_is_told_when_one_asks_why(store: Store) -> None:
    mum = await kept(store)
    delivery = Delivery(
        "email",
        State.FAILED,
        attempt=2,
        error="550 no such user",
        trail=(
            Attempt(NOW - HOUR, 1, "retry", error="450 try later"),
            Attempt(NOW - MINUTE, 2, "failed", error="550 no such user"),
        ),
    )
    failed = mum._replace(state=State.FAILED, settled_at=NOW - MINUTE, deliveries=(delivery,))
    assert "email: failed after 2 attempts: 550 no such user" in told(failed)
    assert "450 try later" not in told(failed)
    words = told(failed, why=True)
    assert words.index("450 try later") < words.rindex("550 no such user")
    proved = delivery._replace(state=State.DELIVERED, sent_at=NOW, proof="250 queued as 4F1")
    delivered = failed._replace(state=State.DELIVERED, deliveries=(proved,))
    assert "proof: 250 queued as 4F1" in told(delivered, why=True)


async def unsure(
    store: Store, outcome: Outcome = Outcome.UNKNOWN, retry_at: int | None = None
) -> str:
    """Keep a thought of which nobody knows whether it was sent, or with another `outcome`."""
    mum = await kept(store)
    await store.run(_due(mum.id, mum.channels, 1000))
    found = await store.claim(
        "ada", 1, wakeup_before_ms=0, lease_ms=30_000, lanes=[("desktop", False)]
    )
    [held] = [Held(one.reminder_id, one.channel, one.token) for one in found.claims]
    await store.arm([held], lease_ms=30_000, before_ms=0)
    cut = "the line was cut"
    sent_at = None if retry_at else NOW
    await store.settle([Settlement(held, outcome, sent_at=sent_at, retry_at=retry_at, error=cut)])
    return mum.id


async def test_what_may_have_been_sent_is_sent_again_by_one_key(
    running: Open, store: Store
) -> None:
    mum = await unsure(store)
    async with running() as (app, pilot):
        await pilot.press("3", "enter")
        await rest(pilot)
        assert "may have been sent" in shown(app)
        assert "send again" in shown(app)
        await pilot.press("n")
        await until(pilot, lambda: "sending again: call mum" in shown(app))
        again = await store.get(mum)
        assert again.deliveries[0].state is State.SCHEDULED
        assert again.deliveries[0].resent


async def test_why_is_a_key_in_the_detail(running: Open, store: Store) -> None:
    await kept(store)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        assert "seed" not in shown(app)
        await pilot.press("w", "p")
        await rest(pilot)
        assert "number 1; drawn again" in shown(app) or "quiet hours changed" in shown(app)
        await pilot.press("w")
        await rest(pilot)
        assert "seed" not in shown(app)


async def test_what_came_is_not_sent_again(running: Open, store: Store) -> None:
    await kept(store)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        assert "send again" not in shown(app)
        await pilot.press("n")
        await rest(pilot)
        assert "sending again" not in shown(app)
        assert (await store.counts("ada")).upcoming == 1


async def test_in_a_low_terminal_why_is_scrolled_to_and_taken_away_by_the_same_key(
    running: Open, store: Store
) -> None:
    await kept(store, text="pack for the lake\n- towel\n- book\n- bread\n- the red bucket")
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("enter", "p")
        await rest(pilot)
        assert "w why" in shown(app)
        await pilot.press("w")
        await rest(pilot)
        assert "seed" in shown(app)
        assert "w less" in shown(app)
        await pilot.press("w")
        await rest(pilot)
        assert "seed" not in shown(app)
        assert "w why" in shown(app)


async def test_peek_is_offered_where_it_changes_something(running: Open, store: Store) -> None:
    mum = await kept(store)
    at = NOW + HOUR
    exact = new(Thought(text="an exact one", ends=1))
    await store.add(exact._replace(window=Window(at, at), spans=(Span(at, at + 1),)))
    assert sealed(mum, NOW)
    assert not sealed(mum, mum.due_at)
    assert not sealed(mum._replace(state=State.DELIVERED), NOW)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        assert "an exact one" in shown(app, app.screen.query_one(".thought"))
        assert "peek" not in offered(app)
        await pilot.press("escape", "j", "enter")
        await rest(pilot)
        assert "peek" in offered(app)
        await pilot.press("p")
        await rest(pilot)
        assert "seal" in offered(app)
        assert "peek" not in offered(app)


async def test_what_is_tried_again_is_sent_at_once_by_the_same_key(
    running: Open, store: Store
) -> None:
    await unsure(store, Outcome.RETRY, retry_at=NOW + DAY)
    async with running() as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        assert "it is tried again" in shown(app)
        assert "send again" in offered(app)


async def test_words_do_not_touch_the_scroll_bar(running: Open, store: Store) -> None:
    await kept(store, text="x" * 400)
    async with running(size=(60, 16)) as (app, pilot):
        await pilot.press("enter")
        await rest(pilot)
        scroller = app.screen.query_one(VerticalScroll)
        assert scroller.max_scroll_y
        words = app.screen.query_one(".thought")
        assert words.content_region.right < scroller.vertical_scrollbar.region.x


def offered(app: LaterApp) -> list[str]:
    """What the keys of the open panel do, in their order."""
    return [hint.label for hint in app.screen.query_one(Hints).hints]
