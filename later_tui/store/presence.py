"""What a worker says of itself in the register: a JSON object, which other versions may write."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from later_tui.domain.failing import Failing
from later_tui.domain.inert import one_line
from later_tui.store.claims import WorkerInfo

T = TypeVar("T")

MOST_CHANNELS = 16
"""So many channels that wait, and that fail, are told of."""
MOST = 1 << 53
"""The largest number: what JSON carries everywhere."""
LONGEST = 200
"""Characters of a reason that are kept: other people's words, in a record that is written often."""


def said(info: WorkerInfo) -> str:
    """Return what is written for a worker: bounded, inert, its reasons shortened."""
    return json.dumps(
        {
            "host": info.host,
            "pid": info.pid,
            "since": info.since,
            "channels": info.channels,
            "slots": info.slots,
            "busy": info.busy,
            "user": info.user,
            "waiting": {name: _reason(why) for name, why in _some(info.waiting.items())},
            "failing": {
                name: one._replace(reason=_reason(one.reason))._asdict()
                for name, one in _some(info.failing.items())
            },
        }
    )


def told(name: bytes, record: bytes) -> WorkerInfo | None:
    """Return the worker that a record tells of; None if it is another program's.

    An older worker's says nothing of what waits and fails; what cannot be read of that is left out.
    """
    try:
        found = json.loads(record)
        return WorkerInfo(
            id=one_line(name.decode("utf-8", "replace")),
            host=one_line(str(found["host"])),
            pid=int(found["pid"]),
            since=int(found["since"]),
            channels=tuple(one_line(str(c)) for c in found["channels"]),
            slots=int(found["slots"]),
            busy=int(found["busy"]),
            user=one_line(str(found.get("user", ""))),
            waiting={one: _reason(str(why)) for one, why in _entries(found.get("waiting"))},
            failing={
                one: failing
                for one, entry in _entries(found.get("failing"))
                if (failing := _failing(entry)) is not None
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _failing(entry: object) -> Failing | None:
    if not isinstance(entry, dict):
        return None
    try:
        after = entry.get("next_at")
        return Failing(
            reason=_reason(str(entry["reason"])),
            since=_bounded(entry["since"]),
            times=_bounded(entry["times"]),
            next_at=None if after is None else _bounded(after),
        )
    except (ValueError, KeyError, TypeError, OverflowError):
        return None


def _bounded(number: Any) -> int:
    """Return a number that has words: it may be anybody's, of any size."""
    return min(max(int(number), 0), MOST)


def _entries(table: object) -> list[tuple[str, object]]:
    if not isinstance(table, dict):
        return []
    return [(one_line(str(name)), entry) for name, entry in _some(table.items())]


def _some(items: Iterable[T]) -> list[T]:
    return [one for one, _ in zip(items, range(MOST_CHANNELS), strict=False)]


def _reason(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
