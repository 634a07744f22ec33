"""Routes and quiet hours with a real worker: what the person gets, and when."""

from dataclasses import replace
from pathlib import Path

import pytest

from later_tui.config.settings import Settings
from later_tui.domain.errors import (
    DeliveryError,
    MaybeSentError,
    PermanentError,
)
from later_tui.domain.reminder import Answer, State
from later_tui.domain.route import Step, read_route
from later_tui.domain.window import Window
from later_tui.store.asyncstore import Store
from tests.making import due_in, made, now_ms
from tests.worker.conftest import Workers, eventually
from tests.worker.seeing import MINUTE, Seeing, quiet_now, reaches, routed


async def test_the_pop_up_that_came_spares_the_mail(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = routed("desktop then email")
    await store.add(new)
    desktop, email = Seeing(sent), Seeing(sent, name="email")
    await workers.start(desktop, email)
    kept = await reaches(store, new, "desktop", State.DELIVERED)
    assert kept.deliveries[1].state is State.RELEASED
    assert (len(desktop.seen), len(email.seen)) == (1, 0)


async def test_a_mail_comes_at_once_where_the_pop_up_failed(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = routed("desktop then email")
    await store.add(new)
    desktop = Seeing(sent, failures=[PermanentError("no screen")])
    email = Seeing(sent, name="email")
    await workers.start(desktop, email)
    kept = await reaches(store, new, "email", State.DELIVERED)
    assert kept.deliveries[0].state is State.FAILED
    # It is not called late, though the reminder is: its own moment was when the pop-up failed.
    assert email.seen[0].lateness_ms < MINUTE
    assert email.seen[0].due_at == kept.due_at


async def test_a_mail_comes_where_nobody_has_a_desktop(
    store: Store, workers: Workers, sent: Path
) -> None:
    new = routed("desktop then email", -5 * MINUTE)
    await store.add(new)
    await workers.start(Seeing(sent, name="email"))
    kept = await reaches(store, new, "email", State.DELIVERED)
    assert kept.deliveries[0].state is State.RELEASED
    assert kept.lateness is not None
    assert kept.lateness >= 5 * MINUTE


async def test_a_further_step_comes_unless_it_is_answered(
    store: Store, workers: Workers, sent: Path, settings: Settings
) -> None:
    steps = (Step(("desktop",)), Step(("email",), 700))
    asked, silent = (due_in(100, text, channels=("desktop", "email"), steps=steps) for text in "ab")
    await store.add_many([asked, silent])
    desktop, email = Seeing(sent), Seeing(sent, name="email")
    await workers.start(desktop, email)
    await reaches(store, asked, "desktop", State.DELIVERED)
    await store.answer(settings, asked.id, Answer.DONE, now=now_ms())
    await reaches(store, silent, "email", State.DELIVERED)
    assert [n.text for n in email.seen] == ["b"]
    shown = next(n for n in desktop.seen if n.text == "b")
    assert email.seen[0].lateness_ms < MINUTE
    assert shown.message_id == email.seen[0].message_id


async def test_a_further_step_waits_for_the_end_of_the_quiet_hours(
    store: Store, workers: Workers, sent: Path
) -> None:
    workers.settings = replace(workers.settings, quiet=quiet_now())
    steps = (Step(("desktop",)), Step(("email",), 200))
    new = due_in(100, channels=("desktop", "email"), steps=steps)
    await store.add(new)
    desktop, email = Seeing(sent), Seeing(sent, name="email")
    await workers.start(desktop, email)

    async def put_off() -> bool:
        at = (await store.get(new.id)).deliveries[1].at
        return bool(desktop.seen) and at is not None and at > now_ms() + 58 * MINUTE

    await reaches(store, new, "desktop", State.DELIVERED)
    await eventually(put_off, 30)
    assert (len(desktop.seen), len(email.seen)) == (1, 0)
    assert (await store.get(new.id)).deliveries[1].attempt == 0


@pytest.mark.parametrize("exact", [True, False])
async def test_the_fallback_of_an_exact_time_alone_goes_in_quiet_hours(
    store: Store, workers: Workers, sent: Path, exact: bool
) -> None:
    workers.settings = replace(workers.settings, quiet=quiet_now())
    at = now_ms() + 100
    route = read_route("desktop then email")
    window = Window(at, at if exact else at + 1)
    new = made(window, channels=route.channels, steps=route.steps)
    await store.add(new)
    desktop = Seeing(sent, failures=[PermanentError("no screen")])
    email = Seeing(sent, name="email")
    await workers.start(desktop, email)
    if exact:
        await reaches(store, new, "email", State.DELIVERED)
        return

    async def put_off() -> bool:
        kept = await store.get(new.id)
        later = kept.deliveries[1].at
        return later is not None and later > now_ms() + 58 * MINUTE

    await eventually(put_off, 30)
    assert email.seen == []


async def test_what_the_person_sends_again_goes_in_quiet_hours_too(
    store: Store, workers: Workers, sent: Path
) -> None:
    workers.settings = replace(workers.settings, quiet=quiet_now())
    at = now_ms() + 100
    route = read_route("desktop then email")
    new = made(Window(at, at), channels=route.channels, steps=route.steps)
    await store.add(new)
    failures: list[DeliveryError] = [PermanentError("no screen")]
    email = Seeing(sent, name="email", failures=[PermanentError("550")])
    await workers.start(Seeing(sent, failures=failures), email)
    await reaches(store, new, "email", State.FAILED)
    await store.resend(new.id, "email")
    await reaches(store, new, "email", State.DELIVERED)


@pytest.mark.parametrize(("idempotent", "outcome"), [(True, "retry"), (False, "unknown")])
async def test_what_may_have_been_sent_is_tried_again_only_where_that_does_no_harm(
    store: Store, workers: Workers, sent: Path, idempotent: bool, outcome: str
) -> None:
    new = due_in(100, channels=("sms",))
    await store.add(new)
    failures: list[DeliveryError] = [MaybeSentError("the connection was lost")]
    await workers.start(Seeing(sent, name="sms", idempotent=idempotent, failures=failures))

    async def told() -> bool:
        return bool((await store.get(new.id)).deliveries[0].trail)

    await eventually(told, 30)
    # What is tried again may be on its way by now.
    [delivery] = (await store.get(new.id)).deliveries
    first = delivery.trail[0]
    assert (first.outcome, first.error) == (outcome, "the connection was lost")
    assert (delivery.state is State.UNKNOWN) is not idempotent


async def test_the_proof_of_a_delivery_is_kept(store: Store, workers: Workers, sent: Path) -> None:
    new = due_in(100)
    await store.add(new)
    await workers.start(Seeing(sent))
    kept = await reaches(store, new, "desktop", State.DELIVERED)
    assert kept.deliveries[0].proof == "a line"
