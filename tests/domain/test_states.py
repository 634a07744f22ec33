from itertools import product

import pytest

from later_tui.domain.answers import (
    ANSWERED,
    allowed_answers,
    check_answer,
    legal,
    outcome,
)
from later_tui.domain.errors import TransitionError
from later_tui.domain.reminder import TRANSITIONS, Answer, Delivery, Origin, Reminder, State
from later_tui.domain.window import Window


def test_every_state_says_what_may_follow():
    assert set(TRANSITIONS) == set(State)
    assert all(following <= set(State) for following in TRANSITIONS.values())


@pytest.mark.parametrize("state", State)
def test_a_state_is_upcoming_or_unanswered_or_answered_and_only_one(state):
    assert [state.upcoming, state.unanswered, state in ANSWERED].count(True) == 1


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_from_scheduled_and_leads_back(state):
    reached = {State.SCHEDULED}
    for _ in State:
        reached |= {after for before in reached for after in TRANSITIONS[before]}
    assert state in reached
    assert legal(state, State.SCHEDULED)


def test_nothing_is_delivered_that_was_not_sent():
    # Unknown means that it may have been sent; its worker may say so later.
    may_have_been_sent = [State.SENDING, State.UNKNOWN]
    assert [before for before in State if legal(before, State.DELIVERED)] == may_have_been_sent
    assert [before for before in State if legal(before, State.FAILED)] == [State.SENDING]


def test_nothing_is_sent_that_was_not_claimed():
    assert [before for before in State if legal(before, State.SENDING)] == [State.CLAIMED]


def test_an_answered_reminder_is_never_claimed():
    assert not any(legal(s, after) for s in ANSWERED for after in State if after != State.SCHEDULED)


def test_what_may_have_been_sent_is_never_sent_again_on_our_own_account():
    assert not any(legal(State.UNKNOWN, after) for after in (State.CLAIMED, State.SENDING))


@pytest.mark.parametrize("state", [state for state in State if state not in ANSWERED])
def test_every_reminder_that_is_not_answered_takes_every_answer(state):
    assert allowed_answers(state) == tuple(Answer)


@pytest.mark.parametrize("state", sorted(ANSWERED))
def test_an_answered_reminder_can_only_be_brought_back(state):
    assert allowed_answers(state) == (Answer.AGAIN, Answer.SNOOZE)


def test_each_answer_leads_to_its_state():
    assert {answer: outcome(answer) for answer in Answer} == {
        Answer.DONE: State.DONE,
        Answer.LET_GO: State.RELEASED,
        Answer.AGAIN: State.SCHEDULED,
        Answer.SNOOZE: State.SCHEDULED,
    }


@pytest.mark.parametrize(("state", "answer"), product(State, Answer))
def test_an_answer_is_refused_in_a_sentence_exactly_where_it_is_not_allowed(state, answer):
    if answer in allowed_answers(state):
        check_answer(state, answer)
        return
    with pytest.raises(TransitionError) as refusal:
        check_answer(state, answer)
    word = {State.DONE: "done", State.RELEASED: "let go"}[state]
    assert (
        str(refusal.value) == f"the reminder is already {word}; again or snooze would bring it back"
    )


def test_lateness_is_that_of_the_first_delivery_sent():
    def late(*sent):
        return Reminder(
            id="0" * 12,
            username="me",
            text="x",
            channels=("a",),
            window=Window(0, 100),
            due_at=50,
            origin=Origin("", "", 0),
            deliveries=tuple(Delivery(f"c{n}", sent_at=at) for n, at in enumerate(sent)),
        ).lateness

    assert late() is None
    assert late(None) is None
    assert late(None, 70, 51) == 1
