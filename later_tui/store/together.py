"""Several flows at once: what each wants to send next goes in one batch."""

from collections.abc import Sequence
from typing import TypeVar

from later_tui.domain.errors import BadInputError
from later_tui.store.command import Batch, Call, Command, Flow

T = TypeVar("T")

AT_ONCE = 64
"""How many flows go side by side, so that no batch keeps the server long."""


def together(flows: Sequence[Flow[T]]) -> Flow[list[T | BadInputError]]:
    """Carry out flows that do not depend on each other in as few round trips as the longest needs.

    Returns their results in their order, or the BadInputError that one of them raised: it does not
    stop the others. Raises what else one of them raises.
    """
    results: list[T | BadInputError] = []
    for start in range(0, len(flows), AT_ONCE):
        results += yield from _together(flows[start : start + AT_ONCE])
    return results


def _together(flows: Sequence[Flow[T]]) -> Flow[list[T | BadInputError]]:
    results: dict[int, T | BadInputError] = {}
    wants: dict[int, list[Command | Call]] = {}
    replies: dict[int, list[object] | None] = dict.fromkeys(range(len(flows)))
    while True:
        for at, reply in replies.items():
            try:
                batch: Batch = next(flows[at]) if reply is None else flows[at].send(reply)
            except StopIteration as end:
                results[at] = end.value
            except BadInputError as error:
                results[at] = error
            else:
                wants[at] = list(batch)
        if not wants:
            return [results[at] for at in range(len(flows))]
        answers = yield [item for batch in wants.values() for item in batch]
        replies, taken = {}, 0
        for at, batch in wants.items():
            replies[at] = answers[taken : taken + len(batch)]
            taken += len(batch)
        wants = {}
