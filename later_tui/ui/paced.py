"""Long work in the app's loop, in slices: keys and the screen have their turn in between."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from time import perf_counter
from typing import TypeVar

SLICE_S = 0.005
"""After this much work the others have their turn, s."""
TURN_S = 0.001
"""How long that is, s: a key passes through several hands before it is done with."""

One = TypeVar("One")


async def paced(many: Iterable[One]) -> AsyncIterator[One]:
    """Give one after the other, with a turn for the others whenever a slice is over."""
    since = perf_counter()
    for one in many:
        if perf_counter() - since > SLICE_S:
            await asyncio.sleep(TURN_S)
            since = perf_counter()
        yield one
