"""Tasks that live and end together, on every Python 3.11.

`asyncio.TaskGroup` cancels the task it stands in when a child fails; before Python 3.11.4 a later
`asyncio.timeout` of that task then lets a CancelledError out instead of a TimeoutError.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Run `works` until the first of them ends or fails, and end the others.

    Raises what it failed with. Cancelled, it ends them all.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
