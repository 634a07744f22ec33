"""Makes the text index of a user and keeps it up to date: flows."""

from typing import TYPE_CHECKING

from later_tui.store.command import Flow, command
from later_tui.store.keys import Keys
from later_tui.store.stretch import Stretch, read
from later_tui.store.textindex import TextIndex, line

if TYPE_CHECKING:
    from later_tui.config.settings import Settings

EVENTS_AT_ONCE = 500
_ALL = (Stretch("tasks"), Stretch("past"))
_NONE = "0-0"
_UNTRIMMED = 8000
"""As long as the stream of events has no more entries, it has all there ever were."""
_CHANGES = (b"added", b"changed")


def indexing(keys: Keys, settings: "Settings", place: str) -> "Indexing":
    """Return the indexing of the user's reminders at a place."""
    return Indexing(keys, settings.user, TextIndex(settings.data_dir, place, settings.user))


class Indexing:
    """A user's index, and how far it is made. Raises OSError where its file cannot be written."""

    def __init__(self, keys: Keys, username: str, index: TextIndex) -> None:
        self.index = index
        self._keys = keys
        self._username = username
        self._left: tuple[Stretch, ...] = _ALL
        self._from = ""
        """The newest event when the making began."""

    def begin(self) -> Flow[None]:
        """Bring the index up to date, or begin a new one if there is none or it lacks too much."""
        if self._from and not self.index.whole:
            return  # it is being made
        if self.index.open() and (yield from self._continues()):
            yield from self._catch_up(self.index.mark)
            return
        [newest] = yield [command("XREVRANGE", self._keys.events, "+", "-", "COUNT", 1)]
        self._from = newest[0][0].decode() if newest else _NONE
        self._left = _ALL
        self.index.begin()

    def go_on(self) -> Flow[None]:
        """Make a little more of it."""
        before = self._left
        if not before:
            yield from self._catch_up(self._from)
            return
        found = yield from read(self._keys, self._username, before, whole=False)
        # Two searches may make it side by side: one of them is then too late with the same lines.
        if self._left is before:
            self._left = found.rest
            self.index.add(line(*entry) for entry in found.entries)

    def _continues(self) -> Flow[bool]:
        """Return whether the events since the index's last one are all there."""
        mark = self.index.mark
        if mark == _NONE:
            [length] = yield [command("XLEN", self._keys.events)]
            return bool(length < _UNTRIMMED)
        [found] = yield [command("XRANGE", self._keys.events, mark, mark)]
        return bool(found)

    def _catch_up(self, mark: str) -> Flow[None]:
        """Add what was added and changed since an event."""
        while True:
            events = ("XRANGE", self._keys.events, f"({mark}", "+", "COUNT", EVENTS_AT_ONCE)
            [found] = yield [command(*events)]
            changed: dict[bytes, None] = {}
            for name, pairs in found:
                fields = dict(zip(pairs[::2], pairs[1::2], strict=False))
                mark = name.decode()
                mine = fields.get(b"user") in (b"", self._username.encode())
                if mine and fields.get(b"kind") in _CHANGES:
                    changed[fields.get(b"id", b"")] = None
            records = []
            if changed:
                prefix = self._keys.task("").encode()
                records = yield [
                    command("HMGET", prefix + one, "msg", "tags", "tasktype") for one in changed
                ]
            lines = [
                line(one, text, tags or b"", channels or b"")
                for one, (text, tags, channels) in zip(changed, records, strict=True)
                if text is not None
            ]
            ended = len(found) < EVENTS_AT_ONCE
            if ended and mark != self.index.mark:
                self.index.add(lines, mark)
            elif lines:
                self.index.add(lines)
            if ended:
                return
