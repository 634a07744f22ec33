"""The operations on a user's reminders, as flows (see `command`)."""

from collections.abc import Sequence
from dataclasses import replace

from later_tui.domain.errors import (
    AmbiguousIdError,
    BadInputError,
    NotFoundError,
    StoreError,
    TransitionError,
)
from later_tui.domain.plan import Round
from later_tui.domain.reminder import NewReminder, Reminder, State
from later_tui.domain.window import Span, Window
from later_tui.store.codec import BadRecordError, absent, decode, encode
from later_tui.store.command import Arg, Call, Flow, command
from later_tui.store.drawing import draw, draw_call
from later_tui.store.keys import Keys
from later_tui.store.records import Counts, Kept, Page, View
from later_tui.store.scripts import script

AT_ONCE = 512
"""How many reminders of many are added in one go."""

REPLICA_MS = 500
"""How long an add waits for a replica, ms."""


def add(keys: Keys, new: NewReminder, *, spread: bool = False, follows: bool = False) -> Flow[Kept]:
    """Keep a reminder; a second add of the same id changes nothing.

    One that `follows` another in a series is kept on a full server, too.

    With `spread`, a replica is waited for (`WAIT`): Redis acknowledges before its replicas have it,
    and a failover to one that lags would lose what was acknowledged.

    Raises BadInputError if the id belongs to another user.
    """
    name = "follow" if follows else "add"
    reply = yield from draw(
        keys, name, _head(new), new.window, new.spans, new.seed, new.minimum_gap, encode(new)
    )
    word = reply[0].decode()
    if word == "taken":
        raise BadInputError(f"the id {new.id} belongs to another user: choose another id")
    alone = False
    if spread:
        alone = not (yield from _replicated(keys))
    return Kept(new.id, int(reply[1]), word == "added", alone)


def add_many(keys: Keys, news: Sequence[NewReminder], *, spread: bool = False) -> Flow[list[Kept]]:
    """Keep many reminders in few round trips; the answers are in their order.

    Raises BadInputError if an id belongs to another user; those before it are kept.
    """
    kept: list[Kept] = []
    for start in range(0, len(news), AT_ONCE):
        part = news[start : start + AT_ONCE]
        replies = yield (_add_call(keys, new, [0]) for new in part)
        for new, reply in zip(part, replies, strict=True):
            if reply[0] in (b"added", b"exists"):
                kept.append(Kept(new.id, int(reply[1]), reply[0] == b"added"))
            else:
                # Too close to another one, or another user's: what `add` does about that.
                kept.append((yield from add(keys, new)))
        if spread and not (yield from _replicated(keys)):
            kept[start:] = [replace(one, alone=True) for one in kept[start:]]
    return kept


def _replicated(keys: Keys) -> Flow[bool]:
    """Return whether a replica has everything that was kept up to now.

    WAIT is about the last write of its own connection, which need not be that of the add; a write
    right before it comes after every add that was answered.
    """
    _, replicas = yield [
        command("INCR", keys.replicated),
        command("WAIT", 1, REPLICA_MS),
    ]
    return bool(replicas >= 1)


def _add_call(keys: Keys, new: NewReminder, picks: list[int]) -> Call:
    return draw_call(
        keys,
        "add",
        _head(new),
        new.window,
        new.spans,
        new.seed,
        0 if new.window.exact else new.minimum_gap,
        picks,
        encode(new),
    )


def _head(new: NewReminder) -> list[Arg]:
    return [new.id, new.username, ",".join(new.channels)]


def get(keys: Keys, reminder_id: str) -> Flow[Reminder]:
    """Return a reminder. Raises NotFoundError, StoreError for a damaged record."""
    [pairs] = yield [command("HGETALL", keys.task(reminder_id))]
    if not pairs:
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    try:
        return decode(reminder_id, pairs)
    except BadRecordError as error:
        raise StoreError(f"the record of {reminder_id} is damaged: {error}") from error


def resolve(keys: Keys, username: str, prefix: str) -> Flow[str]:
    """Return the only id of this user's that begins with `prefix`.

    Raises NotFoundError, AmbiguousIdError. Reads every id unless the prefix is a whole one.
    """
    [owner] = yield [command("HGET", keys.task(prefix), "username")]
    if owner is not None and owner.decode() == username:
        return prefix
    found: list[str] = []
    cursor: bytes | int = 0
    while True:
        [(cursor, batch)] = yield [
            command("SCAN", cursor, "MATCH", _literal(keys.task(prefix)) + "*", "COUNT", 5000)
        ]
        if batch:
            owners = yield [command("HGET", key, "username") for key in batch]
            pairs = zip(batch, owners, strict=True)
            mine = (k for k, owner in pairs if owner == username.encode())
            found += [k.decode("utf-8", "replace").rpartition(":")[2] for k in mine]
        if int(cursor) == 0:
            break
    found = sorted(set(found))
    if not found:
        raise NotFoundError(f"no reminder's id begins with {prefix!r}: `later list` shows the ids")
    if len(found) > 1:
        some = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        raise AmbiguousIdError(f"{len(found)} ids begin with {prefix!r} ({some}): give more of it")
    return found[0]


def _literal(text: str) -> str:
    """Escape what SCAN's patterns treat as special."""
    return "".join("\\" + c if c in r"*?[]^\-" else c for c in text)


def page(keys: Keys, username: str, view: View, start: int, count: int) -> Flow[Page]:
    """Return `count` reminders of a list from `start` on; damaged records are left out."""
    index = _index(keys, username, view)
    order = "ZRANGE" if view is View.UPCOMING else "ZREVRANGE"
    total, ids = yield [
        command("ZCARD", index),
        command(order, index, start, start + count - 1),
    ]
    names = [reminder_id.decode("utf-8", "replace") for reminder_id in ids]
    records = (yield [command("HGETALL", keys.task(name)) for name in names]) if names else []
    reminders = []
    for name, pairs in zip(names, records, strict=True):
        try:
            reminders.append(decode(name, pairs))
        except BadRecordError:
            continue  # the worker sets it aside and says so; a list shows what can be read
    return Page(int(total), start, tuple(reminders))


def counts(keys: Keys, username: str) -> Flow[Counts]:
    """Return how long a user's lists are."""
    replies = yield [
        command("ZCARD", _index(keys, username, view))
        for view in (View.UPCOMING, View.PAST, View.UNANSWERED)
    ]
    return Counts(*map(int, replies))


def _index(keys: Keys, username: str, view: View) -> str:
    return {
        View.UPCOMING: keys.upcoming,
        View.PAST: keys.past,
        View.UNANSWERED: keys.unanswered,
    }[view](username)


def finish(keys: Keys, reminder_id: str, state: State, round_: int | None) -> Flow[Reminder]:
    """Record that a reminder is done or released.

    Raises NotFoundError; TransitionError if `round_` is over or the state does not allow it.
    """
    [reply] = yield [
        Call(
            script("answer"),
            keys.prefix,
            (reminder_id, "" if round_ is None else round_, state.value),
        )
    ]
    word = reply.decode()
    if word == "missing":
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    if word == "stale":
        raise TransitionError("that reminder was scheduled anew since: its earlier pop-up is void")
    if word != "ok":
        raise TransitionError(f"that reminder is {word} already: `again` brings it back")
    return (yield from get(keys, reminder_id))


def reschedule(
    keys: Keys,
    reminder_id: str,
    anew: Round,
    *,
    minimum_gap: int,
    round_: int | None = None,
) -> Flow[Reminder]:
    """Schedule a kept reminder anew in another window (again, snooze); it repeats no more.

    Raises NotFoundError; TransitionError if `round_` is over.
    """
    tail: list[Arg] = [
        1, "every",
        "not_before", anew.window.not_before,
        "not_after", anew.window.not_after,
        "seed", anew.seed,
    ]  # fmt: skip
    head: list[Arg] = [reminder_id, "" if round_ is None else round_, ""]
    return (yield from _anew(keys, reminder_id, head, *anew, minimum_gap, tail))


def edit(keys: Keys, reminder_id: str, new: NewReminder) -> Flow[Reminder]:
    """Replace a reminder's thought, window, tags and channels, keeping its id and its origin."""
    fields = encode(new)
    origin = fields.index("origin")
    del fields[origin : origin + 2]
    gone = absent(new)
    head: list[Arg] = [reminder_id, "", ",".join(new.channels)]
    tail: list[Arg] = [len(gone), *gone, *fields]
    return (
        yield from _anew(
            keys, reminder_id, head, new.window, new.spans, new.seed, new.minimum_gap, tail
        )
    )


def _anew(
    keys: Keys,
    reminder_id: str,
    head: list[Arg],
    window: Window,
    spans: Sequence[Span],
    seed: int,
    gap: int,
    tail: list[Arg],
) -> Flow[Reminder]:
    reply = yield from draw(keys, "reschedule", head, window, spans, seed, gap, tail)
    word = reply[0].decode()
    if word == "missing":
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    if word == "stale":
        raise TransitionError("that reminder was scheduled anew since: its earlier pop-up is void")
    return (yield from get(keys, reminder_id))
