import asyncio
from itertools import repeat

from later_tui.ui.paced import paced


async def test_others_have_their_turn_while_much_is_looked_at() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    others = asyncio.create_task(other())
    async for _ in paced(repeat(None)):
        if turns > 20:
            break
    others.cancel()


async def test_everything_is_given_in_its_order() -> None:
    assert [one async for one in paced(range(5000))] == list(range(5000))
