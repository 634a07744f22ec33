"""Which answers a reminder's state allows, and what an answer makes of it."""

from later_tui.domain.errors import TransitionError
from later_tui.domain.reminder import TRANSITIONS, Answer, State

ANSWERED = frozenset({State.DONE, State.RELEASED})
"""The states that end a reminder; only again and snooze open it anew."""

_OUTCOME = {
    Answer.DONE: State.DONE,
    Answer.LET_GO: State.RELEASED,
    Answer.AGAIN: State.SCHEDULED,
    Answer.SNOOZE: State.SCHEDULED,
}
_WORDS = {State.DONE: "already done", State.RELEASED: "already let go"}


def legal(before: State, after: State) -> bool:
    """Return whether a reminder or a delivery may go from one state to the other."""
    return after in TRANSITIONS[before]


def outcome(answer: Answer) -> State:
    """Return the state that an answer leads to."""
    return _OUTCOME[answer]


def allowed_answers(state: State) -> tuple[Answer, ...]:
    """Return the answers that a reminder in `state` takes, in the order they are offered."""
    return tuple(answer for answer in Answer if legal(state, outcome(answer)))


def check_answer(state: State, answer: Answer) -> None:
    """Raise TransitionError when a reminder in `state` does not take `answer`."""
    if not legal(state, outcome(answer)):
        what = _WORDS.get(state, state.value)
        able = " or ".join(allowed_answers(state))
        raise TransitionError(f"the reminder is {what}; {able} would bring it back")
