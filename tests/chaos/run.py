"""A chaos run: workers and server killed and frozen at random while thousands are delivered.

    python -m tests.chaos.run --seed 7 --seconds 60 --workers 4 --reminders 3000 --lease 30

Seeded and bounded. It prints how many reminders were lost, sent twice or left unknown, and how long
one waited at the most after it was due, or after a send whose worker died.
"""

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from later_tui.domain.errors import LaterError
from later_tui.domain.reminder import NewReminder, State
from later_tui.store import open_store
from later_tui.store.asyncstore import Store
from later_tui.store.records import View
from later_tui.store.serverfiles import configuration, find_program
from tests.making import due_in, now_ms
from tests.worker.filechannel import lines
from tests.worker.process import settings_on


@dataclass
class Report:
    """What came of a run."""

    kept: int = 0
    lost: int = 0
    twice: int = 0
    """Reminders on the channel that must not repeat which were sent more than once."""
    repeated: int = 0
    """Reminders on the other channel that were sent more than once, which does no harm."""
    unknown: int = 0
    longest_wait_ms: int = 0
    """From the due time to the last send, through however many workers that died."""
    longest_takeover_ms: int = 0
    """The same, for each worker that died with it."""
    faults: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        faults = ", ".join(f"{count} {name}" for name, count in sorted(self.faults.items()))
        return (
            f"kept {self.kept}, lost {self.lost}, twice {self.twice}, "
            f"repeated harmlessly {self.repeated}, unknown {self.unknown}, "
            f"longest wait {self.longest_wait_ms / 1000:.1f} s, "
            f"longest takeover {self.longest_takeover_ms / 1000:.1f} s; faults: {faults}"
        )


class Chaos:
    """One run in a folder of its own."""

    def __init__(self, folder: Path, seed: int, workers: int, lease_ms: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.lease_ms = lease_ms
        self.socket = folder / "redis.sock"
        self.sent = folder / "sent"
        self.sent.mkdir()
        self.report = Report()
        self.kept: dict[str, NewReminder] = {}
        self._size = workers
        self._workers: list[asyncio.subprocess.Process] = []
        self._server: asyncio.subprocess.Process | None = None
        self._down_ms = 0

    async def run(self, seconds: float, reminders: int) -> Report:
        """Make the faults for `seconds`, then let everything settle."""
        await self._start_server()
        settings = settings_on(self.socket, self.folder, self.lease_ms)
        store = await open_store(settings)
        try:
            for _ in range(self._size):
                await self._start_worker()
            adding = asyncio.create_task(self._add(store, seconds, reminders))
            await self._make_faults(seconds)
            await adding
            await self._settle(store)
            await self._judge(store)
        finally:
            await store.aclose()
            for process in [*self._workers, self._server]:
                if process is not None and process.returncode is None:
                    process.kill()
                    await process.wait()
        return self.report

    async def _add(self, store: Store, seconds: float, reminders: int) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for i in range(reminders):
            new = due_in(
                self.random.randrange(0, 5000),
                f"thought {i}",
                channels=(self.random.choice(("desktop", "sms")),),
            )
            while True:
                try:
                    await store.add(new)
                except LaterError:
                    await asyncio.sleep(0.05)  # not acknowledged: added again by its id
                else:
                    self.kept[new.id] = new
                    break
            await asyncio.sleep(max(0.0, began + seconds * i / reminders - loop.time()))

    async def _make_faults(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await asyncio.sleep(self.random.uniform(0.2, 1.0))
            fault = self.random.choices(
                (self._kill_worker, self._freeze_worker, self._kill_server), (5, 4, 2)
            )[0]
            self.report.faults[fault.__name__.strip("_").replace("_", " ")] += 1
            await fault()

    async def _kill_worker(self) -> None:
        victim = self._workers.pop(self.random.randrange(len(self._workers)))
        victim.kill()
        await victim.wait()
        await self._start_worker()

    async def _freeze_worker(self) -> None:
        victim = self.random.choice(self._workers)
        os.kill(victim.pid, signal.SIGSTOP)
        # Sometimes past the lease, so that it wakes to find its deliveries taken over.
        await asyncio.sleep(self.random.uniform(0.1, 1.5 * min(self.lease_ms, 2000) / 1000))
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim.pid, signal.SIGCONT)

    async def _kill_server(self) -> None:
        assert self._server is not None
        began = now_ms()
        self._server.kill()
        await self._server.wait()
        await asyncio.sleep(self.random.uniform(0, 0.5))
        await self._start_server()
        self._down_ms += now_ms() - began

    async def _start_server(self) -> None:
        config = self.folder / "server.conf"
        config.write_text(configuration(self.folder, self.socket))
        self.socket.unlink(missing_ok=True)
        self._server = await asyncio.create_subprocess_exec(
            find_program(), str(config), stdout=asyncio.subprocess.DEVNULL
        )
        while not self.socket.exists():  # noqa: ASYNC110  # another process makes it
            await asyncio.sleep(0.005)

    async def _start_worker(self) -> None:
        arguments = (str(self.socket), str(self.sent), str(self.lease_ms))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.chaos.worker",
            *arguments,
            stdout=asyncio.subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        self._workers.append(process)

    async def _settle(self, store: Store) -> None:
        """Wait until nothing is open any more, three leases and a minute at the most."""
        deadline = now_ms() + 3 * self.lease_ms + 60_000
        while now_ms() < deadline:
            with contextlib.suppress(LaterError):
                if (await store.counts("ada")).upcoming == 0:
                    return
            await asyncio.sleep(0.2)

    async def _judge(self, store: Store) -> None:
        report = self.report
        report.kept = len(self.kept)
        found = {
            reminder.id: reminder
            for start in range(0, report.kept, 500)
            for reminder in (await store.page("ada", View.PAST, start, 500)).reminders
        }
        times: dict[str, list[int]] = {}
        for channel in ("desktop", "sms"):
            for name, _, at in lines(self.sent / channel):
                times.setdefault(name, []).append(at)
        for name, new in self.kept.items():
            reminder = found.get(name)
            sends, state = sorted(times.get(name, [])), reminder.state if reminder else None
            if state is State.UNKNOWN:
                report.unknown += 1
            elif not sends or state is not State.DELIVERED:
                report.lost += 1
            if len(sends) > 1:
                if new.channels == ("sms",):
                    report.twice += 1
                else:
                    report.repeated += 1
            if reminder and sends:
                wait = sends[-1] - new.window.not_before
                # Each claim after the first is a takeover.
                takeovers = max(1, reminder.deliveries[0].token - 1)
                report.longest_wait_ms = max(report.longest_wait_ms, wait)
                report.longest_takeover_ms = max(report.longest_takeover_ms, wait // takeovers)


async def chaos(seed: int, seconds: float, workers: int, reminders: int, lease_ms: int) -> Report:
    """Run once in a temporary folder and return what came of it."""
    folder = Path(tempfile.mkdtemp(prefix="later-chaos-"))
    try:
        return await Chaos(folder, seed, workers, lease_ms).run(seconds, reminders)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run from the command line; exit 1 if anything was lost or sent twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--reminders", type=int, default=3000)
    parser.add_argument("--lease", type=float, default=30, help="seconds")
    told = parser.parse_args()
    report = asyncio.run(
        chaos(told.seed, told.seconds, told.workers, told.reminders, int(told.lease * 1000))
    )
    print(report)
    return 1 if report.lost or report.twice else 0


if __name__ == "__main__":
    sys.exit(main())
