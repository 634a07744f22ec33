"""The operations on a user's reminders, as flows (see `command`)."""

from collections.abc import Sequence

from later_tui.domain.errors import (
    AmbiguousIdError,
    BadInputError,
    DamagedError,
    NotFoundError,
    TransitionError,
)
from later_tui.domain.plan import Round
from later_tui.domain.reminder import NewReminder, Reminder, State
from later_tui.domain.window import Span, Window
from later_tui.store.acts import AGAIN, EDIT, Doing
from later_tui.store.codec import BadRecordError, absent, decode, encode
from later_tui.store.command import Arg, Call, Flow, command
from later_tui.store.drawing import draw
from later_tui.store.keys import Keys
from later_tui.store.lanes import spec
from later_tui.store.records import Counts, Kept, Page, View
from later_tui.store.scripts import script

REPLICA_MS = 500
"""How long an add waits for a replica, ms."""
STALE = "that reminder was changed, or drawn anew, since it was shown: look at it again"


def add(keys: Keys, new: NewReminder, *, spread: bool = False, follows: bool = False) -> Flow[Kept]:
    """Keep a reminder; a second add of the same id changes nothing.

    One that `follows` another in a series is kept on a full server, too.

    With `spread`, a replica is waited for (`WAIT`): Redis acknowledges before its replicas have it,
    and a failover to one that lags would lose what was acknowledged.

    Raises BadInputError if the id belongs to another user.
    """
    name = "follow" if follows else "add"
    reply = yield from draw(
        keys, name, head_of(new), new.window, new.spans, new.seed, new.minimum_gap, encode(new)
    )
    word = reply[0].decode()
    if word == "taken":
        raise BadInputError(f"the id {new.id} belongs to another user: choose another id")
    alone = False
    if spread:
        alone = not (yield from replicated(keys))
    return Kept(new.id, int(reply[1]), word == "added", alone)


def replicated(keys: Keys) -> Flow[bool]:
    """Return whether a replica has everything that was kept up to now.

    WAIT is about the last write of its own connection, which need not be that of the add; a write
    right before it comes after every add that was answered.
    """
    _, replicas = yield [
        command("INCR", keys.replicated),
        command("WAIT", 1, REPLICA_MS),
    ]
    return bool(replicas >= 1)


def head_of(new: NewReminder) -> list[Arg]:
    """Return what the scripts want to know first: id, user, channels or route."""
    return [new.id, new.username, spec(new)]


def get(keys: Keys, reminder_id: str) -> Flow[Reminder]:
    """Return a reminder. Raises NotFoundError, DamagedError."""
    [pairs] = yield [command("HGETALL", keys.task(reminder_id))]
    if not pairs:
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    try:
        return decode(reminder_id, pairs)
    except BadRecordError as error:
        raise DamagedError(f"the record of {reminder_id} is damaged: {error}") from error


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
            command("SCAN", cursor, "MATCH", _literal(keys.task(prefix)) + "*", "COUNT", 500)
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


def finish(
    keys: Keys, reminder_id: str, state: State, round_: int | None, doing: Doing
) -> Flow[Reminder]:
    """Record that a reminder is done or released; `doing` is for undo.

    Raises NotFoundError; TransitionError if `round_` is over or the state does not allow it.
    """
    [reply] = yield [
        Call(
            script("answer"),
            keys.prefix,
            (reminder_id, "" if round_ is None else round_, state.value, doing.arg),
        )
    ]
    word = reply.decode()
    if word == "missing":
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    if word == "stale":
        raise TransitionError(STALE)
    if word != "ok":
        raise TransitionError(f"that reminder is {_said(word)} already: `again` brings it back")
    return (yield from get(keys, reminder_id))


def resend(keys: Keys, reminder_id: str, channel: str = "") -> Flow[Reminder]:
    """Send again, now, what failed or may have been sent, on `channel` or wherever it did.

    What waits for its next attempt is tried at once. Only the person may ask for it: what may have
    been sent may come twice. Raises NotFoundError; TransitionError if it is answered, or nothing of
    it failed or may have been sent.
    """
    [reply] = yield [Call(script("resend"), keys.prefix, (reminder_id, channel))]
    word = reply.decode()
    if word == "missing":
        raise NotFoundError(f"there is no reminder {reminder_id}: `later list` shows their ids")
    if word == "nothing":
        where = f" on {channel}" if channel else ""
        raise TransitionError(f"nothing of that reminder failed or may have been sent{where}")
    if word == "trying":
        raise TransitionError("that reminder is being tried again at this moment")
    if word != "ok":
        raise TransitionError(f"that reminder is {_said(word)} already: `again` brings it back")
    return (yield from get(keys, reminder_id))


def reschedule(
    keys: Keys,
    reminder_id: str,
    anew: Round,
    *,
    minimum_gap: int,
    round_: int | None = None,
    doing: Doing = AGAIN,
) -> Flow[Reminder]:
    """Schedule a kept reminder anew in another window (again, snooze); it repeats no more.

    Raises NotFoundError; TransitionError if `round_` is over.
    """
    tail: list[Arg] = [
        1, "every",
        "not_before", anew.window.not_before,
        "not_after", anew.window.not_after,
        "seed", anew.seed,
        doing.arg,
    ]  # fmt: skip
    head: list[Arg] = [reminder_id, "" if round_ is None else round_, ""]
    return (yield from _anew(keys, reminder_id, head, *anew, minimum_gap, tail))


def edit(keys: Keys, reminder_id: str, new: NewReminder) -> Flow[Reminder]:
    """Replace a reminder's thought, window, tags and channels, keeping its id and its origin."""
    fields = encode(new)
    origin = fields.index("origin")
    del fields[origin : origin + 2]
    gone = absent(new)
    head: list[Arg] = [reminder_id, "", spec(new)]
    tail: list[Arg] = [len(gone), *gone, *fields, EDIT.arg]
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
        raise TransitionError(STALE)
    return (yield from get(keys, reminder_id))


def _said(state: str) -> str:
    return "let go" if state == State.RELEASED else state
