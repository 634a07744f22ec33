"""Every world that can be reached, breadth first, and whether each of them leads to an end."""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tests.model.canonical import canonical
from tests.model.invariants import Violation
from tests.model.world import Rules, World, is_open

NOT_HELP = frozenset({"person"})
"""Whose moves do not count as help: nothing may be lost though nobody ever answers."""


class Explored(NamedTuple):
    """What a search found: the worlds, and for each the worlds that lead to it without help."""

    worlds: list[World]
    moves: int
    before: list[list[int]]
    traces: "Traces"

    def dead_ends(self) -> Iterator[World]:
        """Return the worlds from which workers and time alone can never settle every delivery."""
        return self.not_leading_to(lambda world: not is_open(world))

    def not_leading_to(self, goal: Callable[[World], bool]) -> Iterator[World]:
        """Return the worlds from which workers and time alone can never come to the goal."""
        alive = {number for number, world in enumerate(self.worlds) if goal(world)}
        todo = list(alive)
        while todo:
            for number in self.before[todo.pop()]:
                if number not in alive:
                    alive.add(number)
                    todo.append(number)
        return (world for number, world in enumerate(self.worlds) if number not in alive)


class Traces:
    """The shortest way to each world, for a message that can be acted on."""

    def __init__(self) -> None:
        self._came: list[tuple[int, str]] = []

    def add(self, origin: int, name: str) -> None:
        self._came.append((origin, name))

    def to(self, number: int) -> str:
        steps = []
        while number >= 0:
            number, name = self._came[number]
            steps.append(name)
        return " → ".join(reversed(steps))


def explore(rules: Rules, *, check: bool = True) -> Explored:
    """Visit every world. Raises Violation, with the shortest way there, at the first bad one."""
    start = canonical(rules, rules.start())
    numbers = {start: 0}
    found = Explored([start], 0, [[]], Traces())
    found.traces.add(-1, "add")
    moves, todo = 0, deque([0])
    with _no_collector():
        while todo:
            origin = todo.popleft()
            for move in rules.moves(found.worlds[origin]):
                moves += 1
                world = canonical(rules, move.after)
                number = numbers.get(world)
                if number is None:
                    number = numbers[world] = len(found.worlds)
                    found.worlds.append(world)
                    found.before.append([])
                    found.traces.add(origin, move.name)
                    todo.append(number)
                    for wrong in rules.violations(world) if check else ():
                        raise Violation(f"{wrong}: {found.traces.to(number)}")
                if move.by not in NOT_HELP:
                    found.before[number].append(origin)
    return found._replace(moves=moves)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Worlds are tuples without cycles: the collector would only walk through all of them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
