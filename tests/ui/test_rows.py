from later_tui.domain.quiet import Quiet
from later_tui.domain.reminder import Delivery, Origin, Reminder, State
from later_tui.domain.window import Window
from later_tui.store.records import View
from later_tui.ui.facts import lines_of
from later_tui.ui.rows import found_row, row_of
from later_tui.widgets.row import RowTone
from tests.ui.stage import DAY, HOUR, NOW, ZONE

MUM = Reminder(
    id="k3m9",
    username="ada",
    text="call mum",
    channels=("desktop", "email"),
    window=Window(NOW - DAY, NOW + 3 * DAY),
    due_at=NOW + DAY + 1234,
    tags=("family", "home"),
    origin=Origin("mill", "~/src/foo", NOW - 19 * DAY),
)
DONE = MUM._replace(
    state=State.DONE,
    due_at=NOW - 3 * HOUR,
    settled_at=NOW - HOUR,
    deliveries=(Delivery("desktop", State.DELIVERED, sent_at=NOW - HOUR, via="pop-up"),),
)


def test_an_upcoming_row_is_sealed() -> None:
    row = row_of(MUM, View.UPCOMING, NOW, ZONE)
    assert (row.lead, row.text, row.note) == ("before Sat", "call mum", "#family #home")
    assert row.end == "desktop, email"
    moved = row_of(MUM._replace(due_at=MUM.due_at + HOUR), View.UPCOMING, NOW, ZONE)
    assert moved == row


def test_what_is_being_sent_and_what_is_overdue_say_so() -> None:
    assert row_of(MUM._replace(state=State.SENDING), View.UPCOMING, NOW, ZONE).lead == "now"
    over = row_of(MUM._replace(window=Window(NOW - DAY, NOW - 1)), View.UPCOMING, NOW, ZONE)
    assert (over.lead, over.tone) == ("overdue", RowTone.WARN)


def test_a_past_row_says_the_day_the_outcome_the_lateness_and_where_it_came_from() -> None:
    row = row_of(DONE, View.PAST, NOW, ZONE)
    assert (row.lead, row.mark, row.end) == ("today", "✓ done", "2 h late")
    assert (row.note, row.more) == ("kept 19 days ago", ", ~/src/foo")


def test_the_home_folder_tells_nothing() -> None:
    for folder in ("~", "~/.", ""):
        kept = DONE._replace(origin=DONE.origin._replace(folder=folder))
        assert row_of(kept, View.PAST, NOW, ZONE).more == ""


def test_nobody_knows_how_late_it_was_if_nobody_knows_whether_it_was_sent() -> None:
    sent = Delivery("sms", State.UNKNOWN, sent_at=NOW - HOUR)
    unsure = DONE._replace(state=State.UNKNOWN, deliveries=(sent,))
    for reminder in (unsure, unsure._replace(state=State.DONE)):
        assert row_of(reminder, View.PAST, NOW, ZONE).end == ""
    both = unsure._replace(deliveries=(sent, *DONE.deliveries))
    assert row_of(both, View.PAST, NOW, ZONE).end == "2 h late"


def test_what_was_found_says_its_window_or_its_end_in_one_column() -> None:
    assert found_row(MUM, NOW, ZONE) == row_of(MUM, View.UPCOMING, NOW, ZONE)
    done = found_row(DONE, NOW, ZONE, near=True)
    assert (done.lead, done.mark, done.tone, done.near) == ("✓ done today", "", RowTone.GOOD, True)
    assert (done.note, done.end) == ("#family #home", "desktop, email")
    failed = DONE._replace(state=State.FAILED, settled_at=NOW - DAY)
    assert found_row(failed, NOW, ZONE).lead == "✗ failed 23 Nov"


def test_each_end_has_a_mark_of_its_own() -> None:
    ends = (State.DONE, State.RELEASED, State.DELIVERED, State.FAILED, State.UNKNOWN)
    marks = {row_of(DONE._replace(state=state), View.PAST, NOW, ZONE).mark for state in ends}
    assert len(marks) == len(ends)
    assert "" not in marks


def test_an_unanswered_row_says_how_long_it_has_waited() -> None:
    waiting = DONE._replace(state=State.DELIVERED)
    assert row_of(waiting, View.UNANSWERED, NOW, ZONE).lead == "1 h ago"


def test_the_detail_is_sealed_until_it_is_peeked_at() -> None:
    quiet = Quiet(zone=ZONE)
    sealed = "\n".join(map(str, lines_of(MUM, NOW, quiet, "mill", unsealed=False)))
    opened = "\n".join(map(str, lines_of(MUM, NOW, quiet, "mill", unsealed=True)))
    assert "Wed 25 Nov 09:10" not in sealed
    assert "sealed" in sealed
    assert "Wed 25 Nov 09:10" in opened
    for words in ("some time before Fri 27 Nov 09:10", "#family #home", "19 days ago", "k3m9"):
        assert words in sealed


def test_the_detail_of_a_delivered_one_says_by_which_way_and_how_late() -> None:
    lines = lines_of(DONE, NOW, Quiet(zone=ZONE), "mill", unsealed=False)
    said = {line.label: line.words for line in lines}
    assert said["desktop"] == "delivered by pop-up, 2 h late"
    assert said["state"] == "done, 1 h ago"
    assert "chances" not in said
