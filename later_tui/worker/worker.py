"""The background worker: claims what is due, delivers it, and keeps doing so whatever fails."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from later_tui.channels.base import Channel
from later_tui.domain.clock import Clock, SystemClock
from later_tui.domain.errors import OutsideError
from later_tui.store.asyncstore import Store
from later_tui.store.claims import Armed, Claim, Event, Held, Settlement
from later_tui.store.outbox import Outbox
from later_tui.worker.batch import Batcher
from later_tui.worker.crowd import SCREENS, Crowd
from later_tui.worker.damaged import set_aside
from later_tui.worker.delivery import ARM_BEFORE_MS, Delivery, Tools
from later_tui.worker.lanes import Lanes
from later_tui.worker.pool import Pool, Slots
from later_tui.worker.presence import Presence, introduction
from later_tui.worker.reading import read_on
from later_tui.worker.reporting import Reporter
from later_tui.worker.retrying import Retrying
from later_tui.worker.scheduler import Scheduler
from later_tui.worker.series import keep_following
from later_tui.worker.serverclock import ServerClock
from later_tui.worker.status import WorkerState, WorkerStatus
from later_tui.worker.streaks import Streaks
from later_tui.worker.tending import Tending
from later_tui.worker.together import together

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

logger = logging.getLogger(__name__)

BEAT_S = 12.0
BEAT_HOLDS_MS = 31_000
EVENTS_BLOCK_MS = 12_000
"""A half-open connection is noticed after this and a grace of 5 s."""
GRACE_S = 10.0
FAREWELL_S = 1.0
"""How long the last beat, which says that it is gone, may take, s."""


class Worker:
    """One worker. `run` works until `stop`; it raises nothing that a delivery or the store does."""

    def __init__(
        self,
        settings: "Settings",
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock | None = None,
        on_status: Callable[[WorkerStatus], None] | None = None,
        slots: Slots | None = None,
        hold: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`store` is the worker's own: it waits on its events. `on_status` runs on the loop.

        `slots` are those of several workers in one process, one for each shard. `hold` says for how
        long, s, nothing more is to be claimed, for somebody else needs the processor.
        """
        self._settings = settings
        self._store = store
        self._clock = ServerClock(clock or SystemClock(), lambda: self._scheduler.poke())
        self._report = Reporter(on_status, lambda: self.status)
        self._state, self._trouble = WorkerState.STARTING, ""
        self._warned, self._after = False, ""
        self._retrying = Retrying()
        self._stopping = asyncio.Event()
        self._hold = hold
        gathered = {
            name: Crowd(channel) if name in SCREENS else channel
            for name, channel in channels.items()
        }
        self._lanes = Lanes(gathered, self._lanes_changed)
        self._pool = Pool(slots or settings.worker.max_workers, self._pool_changed)
        self._scheduler = Scheduler(
            self._lanes, settings.worker.wakeup_before_ms, self._report.soon
        )
        self._tending = Tending(settings, store, idle=lambda: self._pool.busy == 0)
        self._streaks = Streaks(self._clock.now, self._health_changed)
        info = introduction(settings.user, self._clock.now(), self._pool.slots)
        self._presence = Presence(info, self._lanes, self._streaks, lambda: self._pool.busy)
        self._tools = Tools(
            clock=self._clock,
            arm=Batcher(self._arm),
            settle=Batcher(self._settle),
            pause=self._lanes.pause,
            streaks=self._streaks,
            before_settle=self._keep_following,
            quiet=settings.quiet,
        )

    @property
    def status(self) -> WorkerStatus:
        """The worker as it is now."""
        return WorkerStatus(
            state=self._state,
            busy=self._pool.busy,
            slots=self._pool.slots,
            saturated=self._scheduler.saturated,
            waiting=self._lanes.waiting,
            failing=self._presence.failing,
            trouble=self._trouble,
        )

    async def run(self) -> None:
        """Work until `stop` is called, through any failure of the store."""
        asking = asyncio.create_task(self._lanes.keep_asking())
        try:
            await self._lanes.ask_all()
            while not self._stopping.is_set():
                try:
                    await together(self._work(), self._until_stopped())
                except OutsideError as error:
                    await self._store_failed(error)
                except Exception as error:
                    # A fault of ours: the log has it, and the reminders still come.
                    logger.exception("the worker failed and starts anew")
                    await self._store_failed(error)
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking
            await self._leave()

    async def stop(self) -> None:
        """Ask the worker to end: deliveries finish or go back. `run` returns when they have."""
        self._stopping.set()

    async def _until_stopped(self) -> None:
        await self._stopping.wait()

    async def _work(self) -> None:
        await self._tending.recover(self._trouble)
        self._after = read_on(self._after, await self._store.last_event())
        await self._beat()
        await self._hand_on()
        await self._warn_once()
        self._say(WorkerState.WORKING)
        await together(
            self._claim_for_ever(),
            self._read_events(),
            self._keep_beating(),
            self._keep_renewing(),
            self._tending.keep_adopting(),
            self._tending.keep_trimming(),
        )

    async def _store_failed(self, error: Exception) -> None:
        self._say(WorkerState.NO_STORE, str(error))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._retrying.failed(str(error))):
                await self._stopping.wait()

    async def _claim_for_ever(self) -> None:
        """Claim whenever something may be due and a slot is free."""
        worker = self._settings.worker
        while True:
            lanes = self._lanes.usable
            if not lanes:
                await self._scheduler.lanes_changed()
                continue
            if self._pool.free == 0:
                await self._scheduler.slot(self._clock, self._pool)
                continue
            if for_s := self._hold():
                await asyncio.sleep(for_s)
                continue
            with self._pool.set_aside() as want:
                self._scheduler.claiming()
                found = await self._store.claim(
                    self._settings.user,
                    want,
                    wakeup_before_ms=worker.wakeup_before_ms,
                    lease_ms=worker.lease_ms,
                    lanes=lanes,
                )
                self._clock.saw(found.now)
                self._scheduler.claimed(found, want)
                self._tending.told(found.foreign)
                for claim in found.claims:
                    channel = self._lanes.channel(claim.channel)
                    self._pool.start(Delivery(claim, channel, self._tools))
            if found.damaged:
                await set_aside(self._store, self._settings.user, found.damaged)
            if len(found.claims) < want:
                await self._scheduler.due(self._clock, lanes)

    async def _read_events(self) -> None:
        while True:
            after, events = await self._store.events(self._after, EVENTS_BLOCK_MS)
            if events:
                self._tending.heard()
            for event in events:
                await self._heard(event)
            self._after = after

    async def _heard(self, event: Event) -> None:
        if event.due_at is not None:
            self._scheduler.heard(event.due_at, event.channels)
        if event.kind in ("answered", "changed"):
            await self._lanes.withdraw(event.reminder_id)

    async def _keep_beating(self) -> None:
        while True:
            await self._presence.until_next(BEAT_S)
            await self._beat()
            await self._hand_on()

    async def _beat(self) -> None:
        if self._presence.stale:
            self._report.soon()  # what failed long ago is not told for ever
        beat = await self._store.beat(self._presence.say(), holds_ms=BEAT_HOLDS_MS)
        self._clock.saw(beat.now)
        self._tending.told(beat.foreign)

    async def _hand_on(self) -> None:
        """Give Redis what waited on this machine for it."""
        outbox = Outbox(self._settings.data_dir)
        if outbox:
            await self._store.hand_on(outbox, self._settings.redis.shards)

    async def _warn_once(self) -> None:
        """Say in the log what about the server may lose reminders."""
        if not self._warned:
            for warning in await self._store.warnings():
                logger.warning("%s", warning)
            self._warned = True

    async def _keep_renewing(self) -> None:
        """Renew every third of a lease what is under way."""
        lease_ms = self._settings.worker.lease_ms
        while True:
            await asyncio.sleep(lease_ms / 3000)
            held = self._pool.held
            if not held:
                continue
            for one, ours in zip(
                held, await self._store.renew(held, lease_ms=lease_ms), strict=True
            ):
                if not ours:
                    self._pool.lose(one)

    async def _arm(self, held: list[Held]) -> tuple[Armed, ...]:
        lease_ms = self._settings.worker.lease_ms
        return await self._store.arm(held, lease_ms=lease_ms, before_ms=ARM_BEFORE_MS)

    async def _settle(self, settlements: list[Settlement]) -> tuple[bool, ...]:
        return await self._store.settle(settlements)

    async def _keep_following(self, claim: Claim) -> None:
        now = self._clock.now()
        await keep_following(self._store, self._settings, claim.reminder, now)

    async def _leave(self) -> None:
        await self._pool.close(GRACE_S)
        self._streaks.close()
        # Without the word its last beat runs out by itself: it is not worth a wait.
        with contextlib.suppress(OutsideError, TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await self._store.beat(self._presence.say(), holds_ms=0)
        self._say(WorkerState.STOPPED)

    def _lanes_changed(self) -> None:
        self._scheduler.poke()
        self._health_changed()

    def _health_changed(self) -> None:
        self._presence.changed()
        self._report.soon()

    def _pool_changed(self) -> None:
        self._scheduler.slots_changed()
        self._report.soon()

    def _say(self, state: WorkerState, trouble: str = "") -> None:
        if state is WorkerState.WORKING:
            self._retrying.worked()
        changed = state is not self._state
        self._state, self._trouble = state, trouble
        # A state is told at once, however short it lasts; counts are told now and then.
        (self._report.now if changed else self._report.soon)()
