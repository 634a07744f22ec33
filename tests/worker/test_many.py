"""Ten worker processes on one server: each reminder once, and all of them take part."""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

from later_tui.config.settings import Settings
from later_tui.store.asyncstore import Store
from tests.making import due_in
from tests.worker.conftest import eventually
from tests.worker.filechannel import lines

WORKERS, REMINDERS = 10, 1000


async def test_ten_workers_send_each_reminder_once_and_share_the_work(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    socket = settings.data_dir / "server" / "redis.sock"
    processes = []
    for i in range(WORKERS):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.worker.process", str(socket), str(tmp_path / f"sent{i}")),
            *("0.02", "30000", "idempotent"),
            stdout=asyncio.subprocess.PIPE,
            env=os.environ,
        )
        processes.append(process)
    try:

        async def all_there() -> bool:
            return len(await store.workers()) == WORKERS

        await eventually(all_there, 60)
        new = [due_in(2000 + 3 * i, f"{i}") for i in range(REMINDERS)]
        await store.add_many(new)
        sent = [tmp_path / f"sent{i}" for i in range(WORKERS)]
        await eventually(lambda: sum(len(lines(path)) for path in sent) >= REMINDERS, 60)
        await asyncio.sleep(0.5)
        by_worker = [len(lines(path)) for path in sent]
        times = Counter(name for path in sent for name, _, _ in lines(path))
        assert times == Counter(one.id for one in new)
        assert min(by_worker) > 0, by_worker
    finally:
        for process in processes:
            process.kill()
            await process.communicate()
