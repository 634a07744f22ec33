from later_tui.domain.failing import Failing
from later_tui.store.claims import WorkerInfo
from later_tui.ui.status import Facts, Here, status_parts, troubles
from later_tui.widgets.status_bar import Tone

WORKING = Here("working", busy=0, slots=50)


def said(facts: Facts) -> str:
    return " · ".join(part.text for part in status_parts(facts))


def test_when_all_is_well_it_says_so_briefly() -> None:
    facts = Facts(upcoming=41, place="embedded", here=WORKING)
    assert said(facts) == "41 kept for you · worker ● here · embedded"


def test_before_redis_is_reached_nothing_is_claimed() -> None:
    assert said(Facts()) == "opening…"
    assert said(Facts(here=Here("starting"))) == "worker ◌ starting · opening…"


def test_without_redis_it_says_that_and_nothing_it_cannot_know() -> None:
    facts = Facts(upcoming=41, place="embedded", trouble="cannot be reached", here=WORKING)
    assert said(facts) == "41 kept for you · no Redis: trying again…"


def test_a_worker_elsewhere_is_named() -> None:
    assert "worker ● on atlas · " in said(Facts(place="10.0.0.1:6379", elsewhere=("atlas",)))
    assert "on atlas and 2 more" in said(Facts(place="x", elsewhere=("atlas", "b", "c")))


def test_without_any_worker_it_says_that_nothing_comes_back() -> None:
    for here in (Here(), Here("stopped")):
        assert "no worker: nothing comes back" in said(Facts(place="embedded", here=here))


def test_a_worker_of_ones_own_that_has_lost_redis_is_told_as_trying_again() -> None:
    facts = Facts(place="embedded", here=Here("no store"))
    assert "worker ◌ trying again…" in said(facts)
    assert "worker ● on atlas" in said(facts._replace(elsewhere=("atlas",)))


def test_work_under_way_and_saturation_are_said() -> None:
    busy = Facts(place="embedded", here=Here("working", busy=3, slots=50))
    assert "worker ● here, sending 3" in said(busy)
    full = Facts(place="embedded", here=Here("working", busy=50, slots=50, saturated=True))
    assert "all 50 slots busy · " in said(full)


def test_a_channel_that_waits_is_said_with_its_reason() -> None:
    here = Here("working", slots=50, waiting={"desktop": "no notification service"})
    assert "desktop waits: no notification service" in said(Facts(place="x", here=here))


def failing(reason: str) -> Facts:
    return Facts(
        upcoming=1, place="x", here=WORKING._replace(failing={"email": Failing(reason, 0)})
    )


def test_a_channel_that_fails_is_said_in_few_words_and_warns() -> None:
    facts = failing("smtp mail.example.org cannot be reached: connection refused")
    assert "email fails: connection refused · worker ● here" in said(facts)
    [part] = [part for part in status_parts(facts) if part.text.startswith("email")]
    assert part.tone is Tone.WARN
    assert part.weight == max(part.weight for part in status_parts(facts))
    assert "email fails: no route · " in said(failing("no route"))
    assert "email fails: example.org answered 500 Internal Serve… · " in said(
        failing("example.org answered 500 Internal Server Error")
    )


def test_what_is_wrong_outlives_what_is_right_on_a_narrow_screen() -> None:
    here = Here("working", slots=50, waiting={"desktop": "no notification service"})
    facts = Facts(upcoming=1, place="x", here=here)
    weights = {part.text: part.weight for part in status_parts(facts)}
    assert max(weights, key=weights.__getitem__).startswith("desktop waits")


def worker(host: str, *serves: str, user: str = "ada", **more: dict[str, object]) -> WorkerInfo:
    return WorkerInfo(host, host, 42, 0, serves, 50, 0, user, **more)  # type: ignore[arg-type]


NO_ROUTE = Failing("no route", 0)


def test_what_fails_in_other_workers_is_said_with_their_hosts() -> None:
    workers = [
        worker("mill", "email", failing={"email": NO_ROUTE}),
        worker("atlas", "email", "desktop", failing={"email": NO_ROUTE}),
        worker("moon", "email", user="bob", failing={"sms": NO_ROUTE}),
    ]
    assert troubles(workers, "ada", "mill", 42) == ("email fails on atlas",)
    assert troubles(workers, "ada", "mill", 43) == ("email fails on atlas and 1 more",)
    facts = Facts(place="x", elsewhere=("atlas",), troubles=("email fails on atlas",))
    assert said(facts) == "email fails on atlas · worker ● on atlas · x"
    assert "email fails on atlas" in said(facts._replace(here=WORKING))
    here = WORKING._replace(failing={"email": NO_ROUTE})
    assert said(facts._replace(here=here)).count("email fails") == 1


def test_what_waits_elsewhere_is_said_where_nobody_can_use_it() -> None:
    atlas = worker("atlas", "email", waiting={"desktop": "no bus"})
    assert troubles([atlas], "ada", "mill", 42) == ("desktop waits on atlas",)
    assert troubles([atlas, worker("mill", "desktop")], "ada", "mill", 42) == ()
