"""Routes and nags on the command line, `later why` and `later send-again`."""

import json
from collections.abc import Sequence

import pytest

from later_tui.domain.draw import nth
from later_tui.domain.reminder import NewReminder
from later_tui.domain.route import read_route
from later_tui.domain.window import Span, Window
from later_tui.store import deliveries
from later_tui.store.claims import Held, Outcome, Settlement
from later_tui.store.keys import Keys
from later_tui.store.syncstore import SyncStore
from tests.cli.running import Run
from tests.making import due_in, made, now_ms

HOUR = 3_600_000


def told(later: Run, *argv: str) -> list[dict[str, object]]:
    ended = later(*argv, "--json")
    assert ended.code == 0, ended.err
    return [json.loads(line) for line in ended.lines]


def settled(store: SyncStore, channel: str, settlements: Sequence[dict[str, object]]) -> None:
    """Claim what is due on a channel and settle it, once for each of `settlements`."""
    for more in settlements:
        flow = deliveries.claim(
            Keys(), "ada", 1, wakeup_before_ms=0, lease_ms=30_000, lanes=[(channel, True)]
        )
        [claim] = store.run(flow).claims
        held = Held(claim.reminder_id, channel, claim.token)
        store.run(deliveries.arm(Keys(), [held], lease_ms=30_000, before_ms=0))
        store.run(deliveries.settle(Keys(), [Settlement(held, **more)]))  # type: ignore[arg-type]


@pytest.mark.usefixtures("store")
def test_a_route_and_a_nag_are_kept_read_back_and_listed(later: Run) -> None:
    ended = later("add", "call the bank within 3d via desktop then email 30m nag 1h")
    assert "desktop, then email after 30 min; nag every 1 h" in ended.out
    [one] = told(later, "list")
    assert (one["route"], one["nag_ms"]) == ("desktop then email 30m", HOUR)
    assert one["channels"] == ["desktop", "email"]
    listed = later("list").out
    assert "desktop, then email after 30 min" in listed
    assert "nag 1 h" in listed


@pytest.mark.usefixtures("store")
def test_options_say_the_same(later: Run) -> None:
    [one] = told(later, "add", "--via", "desktop then email", "--nag", "10m", "take the pill in 2h")
    assert (one["route"], one["nag_ms"]) == ("desktop then email", 600_000)


@pytest.mark.usefixtures("store")
def test_a_plain_route_is_not_read_back(later: Run) -> None:
    assert "desktop" not in later("add", "call mum via desktop").out


@pytest.mark.parametrize("argv", [("x via desktop then emial",), ("--nag", "1s", "x")])
def test_a_slip_is_refused_with_what_would_work(later: Run, argv: tuple[str, ...]) -> None:
    ended = later("add", *argv)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1


def test_why_tells_a_draw_that_can_be_repeated_and_keeps_it_sealed(
    later: Run, store: SyncStore
) -> None:
    now = now_ms()
    window = Window(now + HOUR, now + 100 * HOUR)
    route = read_route("desktop then email 30m")
    new = made(window, seed=7, channels=route.channels, steps=route.steps, tags=("family",))
    due = store.add(new).due_at
    sealed = later("why", new.id[:6])
    assert sealed.code == 0
    assert sealed.lines[0] == "call mum"
    assert "by desktop, then email after 30 min · #family" in sealed.out
    assert "sealed; --reveal shows it and the seed" in sealed.out
    assert "seed 7" not in sealed.out
    open_ = later("why", new.id, "--reveal").out
    assert "number 1 of seed 7; drawn again, it is the same moment" in open_
    [one] = told(later, "why", new.id)
    assert "due_at" not in one
    assert one["draw"] == {"allowed": 1.0, "spans": one["draw"]["spans"]}  # type: ignore[index]
    [one] = told(later, "why", new.id, "--reveal")
    draw: dict[str, object] = one["draw"]  # type: ignore[assignment]
    assert (draw["seed"], draw["pick"], draw["repeated"]) == (7, 0, True)
    assert nth([Span(window.not_before, window.not_after)], 7, 0) == due


def test_why_says_what_the_quiet_hours_leave(later: Run, store: SyncStore, tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "quiet.toml"
    file.write_text('[quiet]\nhours = "22-10"\n')
    now = now_ms()
    new = made(Window(now, now + 240 * HOUR))
    store.add(new)
    ended = later("why", "--config", str(file), new.id)
    assert "the quiet hours (22-10) leave 50 % of it" in ended.out
    # The draw of the test did not know of them.
    revealed = later("why", "--config", str(file), new.id, "--reveal")
    assert "drawn again" in revealed.out or "with the quiet hours of that time" in revealed.out


def lost(store: SyncStore) -> NewReminder:
    """Keep a reminder that may have been sent."""
    new = due_in(-1000, "the \x1b[2Jrent", channels=("sms",))
    store.add(new)
    busy = {"outcome": Outcome.RETRY, "retry_at": now_ms(), "error": "503 busy"}
    gone = {"outcome": Outcome.UNKNOWN, "sent_at": now_ms(), "error": "no answer came"}
    settled(store, "sms", [busy, gone])
    return new


def test_why_tells_every_attempt_with_its_way_proof_lateness_and_error(
    later: Run, store: SyncStore
) -> None:
    new = lost(store)
    out = later("why", new.id).out
    assert "may have been sent: no answer came" in out
    assert "to be tried again: 503 busy" in out
    assert f"later send-again {new.id}" in out
    later("send-again", new.id[:7])
    settled(
        store,
        "sms",
        [{"outcome": Outcome.DELIVERED, "sent_at": now_ms(), "via": "twilio", "proof": "SM12"}],
    )
    ended = later("why", new.id)
    assert "delivered by twilio" in ended.out
    assert "proof: SM12" in ended.out
    [one] = told(later, "why", new.id)
    [delivery] = one["deliveries"]  # type: ignore[misc, attr-defined]
    assert [a["outcome"] for a in delivery["attempts"]] == ["retry", "unknown", "delivered"]
    assert (delivery["proof"], delivery["via"]) == ("SM12", "twilio")
    assert delivery["lateness_ms"] >= 1000


def test_send_again_says_by_which_way_and_once_is_enough(later: Run, store: SyncStore) -> None:
    new = lost(store)
    ended = later("send-again", new.id)
    assert (ended.code, ended.out.strip()[-8:]) == (0, "(by sms)")
    assert told(later, "list")[0]["id"] == new.id
    again = later("send-again", new.id)
    assert again.code == 2
    assert "nothing of that reminder failed or may have been sent" in again.err


def test_what_may_have_been_sent_is_dismissed_by_an_answer(later: Run, store: SyncStore) -> None:
    new = lost(store)
    assert later("done", new.id).code == 0
    ended = later("send-again", new.id)
    assert (ended.code, "done already" in ended.err) == (2, True)


def test_one_that_cannot_be_sent_again_does_not_stop_the_others(
    later: Run, store: SyncStore
) -> None:
    fine, new = due_in(HOUR), lost(store)
    store.add(fine)
    ended = later("send-again", fine.id, new.id, "--on", "sms")
    assert ended.code == 2
    assert new.id[:6] in ended.out


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "argv", [("why",), ("why", "zzzz"), ("send-again",), ("send-again", "zzzz")]
)
def test_an_id_is_needed(later: Run, argv: tuple[str, ...]) -> None:
    ended = later(*argv)
    assert (ended.code, ended.out) == (2, "")


def test_a_moment_that_has_come_is_not_sealed_any_more(later: Run, store: SyncStore) -> None:
    now = now_ms()
    new = made(Window(now - 2 * HOUR, now - HOUR))
    store.add(new)
    assert "seed" in later("why", new.id).out
