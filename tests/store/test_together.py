"""Several flows at once take the round trips of the longest, and none stops another."""

import pytest

from later_tui.domain.errors import NotFoundError, StoreError
from later_tui.store.command import Flow, command
from later_tui.store.together import AT_ONCE, together


def adding(number: int, steps: int, error: Exception | None = None) -> Flow[int]:
    total = 0
    for step in range(steps):
        replies = yield [command("ADD", number, step)] * (step + 1)
        total += sum(replies)
    if error is not None:
        raise error
    return total


def carried_out(flow: Flow[object]) -> tuple[object, int]:
    """Answer each command with its first argument; return the result and the round trips."""
    trips = 0
    try:
        batch = next(flow)
        while True:
            trips += 1
            batch = flow.send([item.args[1] for item in batch])
    except StopIteration as end:
        return end.value, trips


def test_each_is_sent_its_own_replies_in_as_many_trips_as_the_longest_needs() -> None:
    flows = [adding(number, steps) for number, steps in ((1, 1), (10, 3), (100, 0), (1000, 2))]
    assert carried_out(together(flows)) == ([1, 60, 0, 3000], 3)


def test_one_that_refuses_does_not_stop_the_others() -> None:
    gone = NotFoundError("there is none")
    results, _ = carried_out(together([adding(1, 1), adding(1, 1, gone), adding(1, 2)]))
    assert results == [1, gone, 3]


def test_what_is_nobodys_fault_stops_them_all() -> None:
    with pytest.raises(StoreError):
        carried_out(together([adding(1, 1), adding(1, 1, StoreError("it is away"))]))


def test_many_go_in_parts_and_come_back_in_their_order() -> None:
    many = 2 * AT_ONCE + 3
    results, trips = carried_out(together([adding(number, 1) for number in range(many)]))
    assert (results, trips) == (list(range(many)), 3)
    assert carried_out(together([])) == ([], 0)
