"""A look at every record and index of a shard, in small batches; what is safe is mended.

The scripts (`lua/mend.lua`, `lua/orphans.lua`) look at a record and its places in one step, so that
nothing which a worker moves meanwhile seems out of place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from later_tui.domain.inert import one_line
from later_tui.store.codec import BadRecordError, decode
from later_tui.store.command import Call, Flow, command
from later_tui.store.keys import Keys
from later_tui.store.scripts import script

T = TypeVar("T")

AT_ONCE = 20
"""How many records one call looks at: about 1 ms of the server's time."""

SCANNED = 100
"""How many keys one look at the keyspace passes."""

_ASIDE = ("aside:", "damaged:")
"""What keys are called that were moved out of the way."""

_INDEXES = ("tasks", "due", "past", "unanswered")
_OTHERS = {"inbox": "list", "history": "hash", "undo": "zset"}
_TYPES = {
    "events": "stream",
    "workers": "hash",
    "workers_seen": "zset",
    "quarantine": "hash",
    "tasks": "zset",
}


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that cannot be delivered; `text` is what can still be read of it."""

    id: str
    why: str
    username: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """What waits in one channel's lane (of one user, for a channel where the user sits)."""

    channel: str
    username: str
    pending: int
    overdue: int
    """Due for a minute or more."""


@dataclass(slots=True)
class Survey:
    """What was found in a shard."""

    reminders: int = 0
    foreign: int = 0
    """Records that another program made and no worker has adopted yet."""
    bad: list[Bad] = field(default_factory=list)
    misplaced: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Whole reminders that do not stand where they belong, and what is wrong with that."""
    orphans: dict[str, int] = field(default_factory=dict)
    """Entries without a record, by the key (after the prefix)."""
    wrong: dict[str, str] = field(default_factory=dict)
    """Keys that have a type with which nothing works, and that type."""
    lanes: list[Lane] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    """Keys that were of a wrong type and were moved out of the way, whole."""
    resolved: int = 0
    """Ids in quarantine that have no record left, or a whole one."""

    @property
    def orphaned(self) -> int:
        return sum(self.orphans.values())


def survey(keys: Keys, *, mend: bool = False) -> Flow[Survey]:
    """Look at everything; with `mend`, put whole reminders where they belong, take orphans out, and
    move keys of the wrong type aside. No text is deleted.
    """
    found = Survey()
    ids, plain = yield from _keys(keys)
    found.aside = [one_line(keys.prefix + key) for key in plain if key.startswith(_ASIDE)]
    # Keys of a wrong type first: until they are out of the way, nothing can be put into them.
    yield from _types(keys, plain, found, mend=mend)
    why = yield from _quarantined(keys)
    seen = yield from _records(keys, ids, why, found, mend=mend)
    for key in plain:
        if key not in found.wrong and (index := _index(key)) is not None:
            yield from _orphans(keys, key, index, found, mend=mend)
    yield from _lanes(keys, plain, found)
    gone = [name for name in why if name not in seen]
    found.resolved += len(gone)
    if mend and gone:
        yield [command("HDEL", keys.quarantine, name) for name in gone]
    return found


def _keys(keys: Keys) -> Flow[tuple[list[str], list[str]]]:
    """Return the ids of all records, and the other keys after the prefix."""
    ids: set[str] = set()
    others: set[str] = set()
    cursor: bytes | int = 0
    while True:
        [(cursor, batch)] = yield [
            command("SCAN", cursor, "MATCH", f"{keys.prefix}*", "COUNT", SCANNED)
        ]
        for key in batch:
            name = key.decode("utf-8", "surrogateescape").removeprefix(keys.prefix)
            if name.startswith("task:"):
                ids.add(name.removeprefix("task:"))
            else:
                others.add(name)
        if int(cursor) == 0:
            return sorted(ids), sorted(others)


def _types(keys: Keys, plain: Sequence[str], found: Survey, *, mend: bool) -> Flow[None]:
    wanted = {key: kind for key in plain if (kind := _type(key))}
    kinds = (yield [command("TYPE", _raw(keys, key)) for key in wanted]) if wanted else []
    found.wrong = {
        key: kind.decode()
        for (key, want), kind in zip(wanted.items(), kinds, strict=True)
        if kind.decode() not in (want, "none")
    }
    if mend and found.wrong:
        clock = yield [command("TIME")]
        now = int(clock[0][0])
        yield [
            command("RENAMENX", _raw(keys, key), _raw(keys, f"aside:{key}:{now}"))
            for key in found.wrong
        ]


def _type(key: str) -> str:
    """Return the type that a key must have, or "" where any will do."""
    if key in _TYPES:
        return _TYPES[key]
    if _index(key) is not None:
        return "zset"
    return _OTHERS.get(key.rpartition("_")[2], "") if not key.startswith(_ASIDE) else ""


def _index(key: str) -> str | None:
    """Return whose index or lane a key is ("" if its name does not say), None if it is neither."""
    if key.startswith("tasks:"):
        return key.removeprefix("tasks:").partition(":")[2]
    if ":" in key:
        return None
    user, _, kind = key.rpartition("_")
    return user if user and kind in _INDEXES else None


def _quarantined(keys: Keys) -> Flow[dict[str, str]]:
    """Return why each id was set aside."""
    why: dict[str, str] = {}
    cursor: bytes | int = 0
    while True:
        [kind] = yield [command("TYPE", keys.quarantine)]
        if kind != b"hash":
            return why
        [(cursor, pairs)] = yield [command("HSCAN", keys.quarantine, cursor, "COUNT", 500)]
        for i in range(0, len(pairs), 2):
            name = pairs[i].decode("utf-8", "surrogateescape")
            why[name] = one_line(pairs[i + 1].decode("utf-8", "replace"))
        if int(cursor) == 0:
            return why


def _records(
    keys: Keys, ids: Sequence[str], why: dict[str, str], found: Survey, *, mend: bool
) -> Flow[set[str]]:
    """Look at every record; return the ids of those that something is the matter with."""
    matter: set[str] = set()
    for part in _parts(ids):
        [answers] = yield [Call(script("mend"), keys.prefix, (0, *map(_bytes, part)))]
        whole: list[str] = []
        for name, (kind, pairs, wrong) in zip(part, answers, strict=True):
            if kind == b"none":
                continue
            found.reminders += 1
            trouble = _trouble(name, kind, pairs)
            if trouble == "foreign":
                found.foreign += 1
            elif trouble:
                matter.add(name)
                found.bad.append(_bad(name, why.get(name) or trouble, pairs))
            elif wrong or name in why:
                whole.append(name)
                if wrong:
                    matter.add(name)
                    said = tuple(one_line(word.decode("utf-8", "replace")) for word in wrong)
                    found.misplaced.append((one_line(name), said))
        if mend and whole:
            yield [Call(script("mend"), keys.prefix, (1, *map(_bytes, whole)))]
    return matter


def _trouble(name: str, kind: bytes, pairs: Sequence[bytes]) -> str:
    if kind != b"hash":
        return "foreign" if kind == b"foreign" else f"its key is a {kind.decode()}, not a hash"
    try:
        decode(name, pairs)
    except BadRecordError as error:
        return one_line(str(error))
    return ""


def _bad(name: str, why: str, pairs: Sequence[bytes]) -> Bad:
    told = {pairs[i]: pairs[i + 1].decode("utf-8", "replace") for i in range(0, len(pairs), 2)}
    return Bad(one_line(name), why, one_line(told.get(b"username", "")), told.get(b"msg", ""))


def _orphans(keys: Keys, key: str, user: str, found: Survey, *, mend: bool) -> Flow[None]:
    cursor: bytes | int = 0
    count = 0
    while True:
        [(cursor, pairs)] = yield [command("ZSCAN", _raw(keys, key), cursor, "COUNT", AT_ONCE)]
        for part in _parts(pairs[::2]):
            head = (int(mend), _bytes(key), _bytes(user))
            [orphans] = yield [Call(script("orphans"), keys.prefix, (*head, *part))]
            count += len(orphans)
        if int(cursor) == 0:
            break
    if count:
        found.orphans[key] = count


def _lanes(keys: Keys, plain: Sequence[str], found: Survey) -> Flow[None]:
    names = [key for key in plain if key.startswith("tasks:") and key not in found.wrong]
    if not names:
        return
    [clock] = yield [command("TIME")]
    late = int(clock[0]) * 1000 - 60_000
    pending = yield [command("ZCARD", _raw(keys, name)) for name in names]
    overdue = yield [command("ZCOUNT", _raw(keys, name), "-inf", late) for name in names]
    for name, all_, some in zip(names, pending, overdue, strict=True):
        channel, _, user = name.removeprefix("tasks:").partition(":")
        found.lanes.append(Lane(one_line(channel), one_line(user), all_, some))


def _parts(names: Sequence[T]) -> Iterator[Sequence[T]]:
    return (names[i : i + AT_ONCE] for i in range(0, len(names), AT_ONCE))


def _raw(keys: Keys, key: str) -> bytes:
    return keys.prefix.encode() + _bytes(key)


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
