"""The protocol of one delivery (claim, arm, renew, settle) and the register of workers: flows."""

from collections.abc import Sequence

from later_tui.store import presence
from later_tui.store.claims import (
    Armed,
    Beat,
    Claim,
    Claims,
    Damaged,
    Event,
    Held,
    Settlement,
    WorkerInfo,
)
from later_tui.store.codec import BadRecordError, decode
from later_tui.store.command import Arg, Call, Flow, Reply, command
from later_tui.store.keys import Keys
from later_tui.store.scripts import script
from later_tui.store.trail import shortened


def claim(
    keys: Keys,
    username: str,
    want: int,
    *,
    wakeup_before_ms: int,
    lease_ms: int,
    lanes: Sequence[tuple[str, bool]],
) -> Flow[Claims]:
    """Claim up to `want` deliveries that are due within `wakeup_before_ms`.

    `lanes` are the channels this worker can use now, each with whether a send may be repeated;
    of a channel that reaches its user where the user sits, only what is `username`'s.
    """
    args: list[Arg] = [username, want, wakeup_before_ms, lease_ms]
    for channel, repeatable in lanes:
        args += [channel, int(repeatable)]
    [reply] = yield [Call(script("claim"), keys.prefix, tuple(args))]
    now, next_wakeup, last_event, foreign, *found = reply
    claims, damaged = [], []
    for reminder_id, channel, token, fire_at, pairs in found:
        name = reminder_id.decode("utf-8", "surrogateescape")
        try:
            reminder = decode(name, pairs)
        except BadRecordError as error:
            damaged.append(Damaged(name, channel.decode(), str(error), int(token)))
            continue
        claims.append(Claim(reminder, channel.decode(), int(token), int(float(fire_at))))
    return Claims(
        now,
        next_wakeup if next_wakeup >= 0 else None,
        last_event.decode(),
        tuple(claims),
        tuple(damaged),
        foreign,
    )


def set_aside(keys: Keys, username: str, damaged: Sequence[Damaged]) -> Flow[None]:
    """Take damaged records out of the lanes of a worker of `username` and write down why; those
    that another worker has claimed since are left to it.
    """
    args: list[Arg] = [username]
    for one in damaged:
        name = one.reminder_id.encode("utf-8", "surrogateescape")
        args += [name, one.channel, one.token, one.why]
    yield [Call(script("set_aside"), keys.prefix, tuple(args))]


def arm(
    keys: Keys, held: Sequence[Held], *, lease_ms: int, before_ms: int
) -> Flow[tuple[Armed, ...]]:
    """Mark deliveries as sending, those that still may be sent; the answers are in their order."""
    args: list[Arg] = [lease_ms, before_ms]
    for one in held:
        args += [one.reminder_id, one.channel, one.token]
    [reply] = yield [Call(script("arm"), keys.prefix, tuple(args))]
    now, *answers = reply
    return tuple(
        Armed(now, answer == b"ok", answer if isinstance(answer, int) else 0) for answer in answers
    )


def settle(keys: Keys, settlements: Sequence[Settlement]) -> Flow[tuple[bool, ...]]:
    """Record what came of deliveries; False for each whose word is void."""
    args: list[Arg] = []
    for one in settlements:
        args += [
            one.held.reminder_id,
            one.held.channel,
            one.held.token,
            one.outcome.value,
            "" if one.sent_at is None else one.sent_at,
            "" if one.retry_at is None else one.retry_at,
            shortened(one.via),
            shortened(one.error),
            shortened(one.proof),
            "" if one.nag_at is None else one.nag_at,
        ]
    [reply] = yield [Call(script("settle"), keys.prefix, tuple(args))]
    return tuple(answer == b"ok" for answer in reply)


def renew(keys: Keys, held: Sequence[Held], *, lease_ms: int) -> Flow[tuple[bool, ...]]:
    """Prolong leases; False for each that is no longer this worker's."""
    args: list[Arg] = [lease_ms]
    for one in held:
        args += [one.reminder_id, one.channel, one.token]
    [reply] = yield [Call(script("renew"), keys.prefix, tuple(args))]
    return tuple(answer == 1 for answer in reply)


def beat(keys: Keys, info: WorkerInfo, *, holds_ms: int) -> Flow[Beat]:
    """Say that a worker is alive for `holds_ms` (0: it leaves)."""
    [reply] = yield [Call(script("beat"), keys.prefix, (info.id, presence.said(info), holds_ms))]
    now, foreign = reply
    return Beat(now, foreign)


def workers(keys: Keys) -> Flow[tuple[WorkerInfo, ...]]:
    """Return the workers that are alive, the oldest first."""
    said, seen, clock = yield [
        command("HGETALL", keys.workers),
        command("ZRANGE", keys.workers_seen, 0, -1, "WITHSCORES"),
        command("TIME"),
    ]
    now = int(clock[0]) * 1000 + int(clock[1]) // 1000
    alive = {seen[i] for i in range(0, len(seen), 2) if float(seen[i + 1]) > now}
    told = (presence.told(said[i], said[i + 1]) for i in range(0, len(said), 2) if said[i] in alive)
    return tuple(sorted(filter(None, told), key=lambda worker: (worker.since, worker.id)))


def events(reply: Reply) -> tuple[str | None, tuple[Event, ...]]:
    """Return the last id and the events in the reply of an XREAD of one stream."""
    if not reply:
        return None, ()
    [[_, entries]] = reply
    found = []
    for event_id, pairs in entries:
        fields = {
            pairs[i].decode("utf-8", "replace"): pairs[i + 1].decode("utf-8", "replace")
            for i in range(0, len(pairs or ()), 2)
        }
        try:
            due_at = int(float(fields.get("due", "")))
        except (ValueError, OverflowError):
            due_at = None  # it says nothing of it, or it is no number: another program's
        found.append(
            Event(
                id=event_id.decode(),
                kind=fields.get("kind", ""),
                reminder_id=fields.get("id", ""),
                username=fields.get("user", ""),
                due_at=due_at,
                channels=tuple(c for c in fields.get("channels", "").split(",") if c),
            )
        )
    return entries[-1][0].decode(), tuple(found)


def last_event(keys: Keys) -> Flow[str]:
    """Return the id of the newest event, "0-0" if there is none."""
    [reply] = yield [command("XREVRANGE", keys.events, "+", "-", "COUNT", 1)]
    return reply[0][0].decode() if reply else "0-0"
