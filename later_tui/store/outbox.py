"""Thoughts that wait on this machine until Redis has them: capture never fails.

One file a thought, written beside, synced and renamed into place, so that no crash and no full
disk can damage another one. Whoever reaches Redis first hands them on; the add is idempotent by id,
so two that do it at once keep one. What cannot be read is set aside in `damaged/` with its text.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from later_tui.domain.errors import OutsideError
from later_tui.domain.hours import Hours
from later_tui.domain.ids import is_id
from later_tui.domain.reminder import NewReminder, Origin
from later_tui.domain.route import Step
from later_tui.domain.window import Span, Window

logger = logging.getLogger(__name__)

SUFFIX = ".json"


class OutboxError(OutsideError):
    """The thought could not be written to this machine's disk either."""


class Outbox:
    """The thoughts of one data folder that wait for Redis."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "outbox"

    def keep(self, new: NewReminder) -> None:
        """Write a thought; it is on the disk when this returns. Raises OutboxError."""
        beside = self._folder / f".{new.id}.{os.getpid()}"
        try:
            self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_told(new), file)
                file.flush()
                os.fsync(file.fileno())
            beside.rename(self._path(new.id))
            self._sync()
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise OutboxError(
                f"the thought could not be kept in {self._folder} either ({error.strerror}): "
                "it is not saved"
            ) from error

    def drop(self, reminder_id: str) -> None:
        """Forget a thought: Redis has it."""
        try:
            self._path(reminder_id).unlink(missing_ok=True)
        except OSError as error:
            # It is handed on again later; the add is idempotent.
            logger.warning("%s stays in the outbox: %s", reminder_id, error)

    def waiting(self) -> Iterator[NewReminder]:
        """Return the thoughts that wait, the oldest first; what cannot be read is set aside."""
        found = []
        for path in self._paths():
            try:
                found.append(_read(path.read_text("utf-8"), path.stem))
            except FileNotFoundError:
                continue  # another process handed it on
            except OSError as error:
                logger.warning("%s cannot be read now: %s", path, error)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                self.set_aside(path.stem, str(error))
        return iter(sorted(found, key=lambda new: new.origin.created_at))

    def set_aside(self, name: str, why: str) -> None:
        """Move a thought that cannot be handed on out of the way, with its text."""
        path, aside = self._path(name), self._folder / "damaged"
        try:
            aside.mkdir(mode=0o700, exist_ok=True)
            path.rename(aside / path.name)
        except OSError as error:
            logger.warning("%s cannot be set aside: %s", path, error)
        else:
            logger.error("%s cannot be handed on (%s): it was set aside in %s", name, why, aside)

    def __len__(self) -> int:
        return len(self._paths())

    def _paths(self) -> list[Path]:
        try:
            return [path for path in self._folder.iterdir() if path.suffix == SUFFIX]
        except OSError:
            return []  # no folder: nothing was ever kept here

    def _path(self, reminder_id: str) -> Path:
        return self._folder / f"{reminder_id}{SUFFIX}"

    def _sync(self) -> None:
        """Make a rename last."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _told(new: NewReminder) -> dict[str, Any]:
    return {
        "v": 1,
        "id": new.id,
        "username": new.username,
        "text": new.text,
        "channels": new.channels,
        "window": [new.window.not_before, new.window.not_after],
        "spans": new.spans,
        "seed": new.seed,
        "minimum_gap": new.minimum_gap,
        "tags": new.tags,
        "origin": [new.origin.host, new.origin.folder, new.origin.created_at],
        "between": [new.between.start, new.between.stop] if new.between else None,
        "every": new.every,
        "steps": new.steps,
        "nag_ms": new.nag_ms,
        "asked_ms": new.asked_ms,
    }


def _read(text: str, name: str) -> NewReminder:
    told = json.loads(text)
    if told["v"] != 1:
        raise ValueError(f"its version is {told['v']}")
    if told["id"] != name or not is_id(name):
        raise ValueError("its id is not its name")
    start, stop = told["window"]
    host, folder, created_at = told["origin"]
    return NewReminder(
        id=name,
        username=str(told["username"]),
        text=str(told["text"]),
        channels=tuple(map(str, told["channels"])),
        window=Window(int(start), int(stop)),
        spans=tuple(Span(int(a), int(b)) for a, b in told["spans"]),
        seed=int(told["seed"]),
        minimum_gap=int(told["minimum_gap"]),
        tags=tuple(map(str, told["tags"])),
        origin=Origin(str(host), str(folder), int(created_at)),
        between=Hours(*map(int, told["between"])) if told["between"] else None,
        every=str(told["every"]),
        # An older version wrote none of these.
        steps=tuple(
            Step(tuple(map(str, channels)), int(wait), bool(fallback))
            for channels, wait, fallback in told.get("steps", ())
        ),
        nag_ms=int(told.get("nag_ms", 0)),
        asked_ms=int(told.get("asked_ms", 0)),
    )
