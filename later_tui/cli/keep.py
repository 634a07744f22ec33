"""Keeps one thought after another on one connection, and says what was kept."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from later_tui.cli.known import known_channels
from later_tui.cli.output import complain, flush, say, say_json
from later_tui.cli.words import mended
from later_tui.config.settings import Settings
from later_tui.domain.errors import BadInputError, OutsideError
from later_tui.domain.grammar import Options, read_with
from later_tui.domain.ids import is_id
from later_tui.domain.inert import one_line
from later_tui.domain.plan import plan
from later_tui.domain.reminder import NewReminder, Origin
from later_tui.domain.route import length
from later_tui.domain.wording import moment, when
from later_tui.store.closing import Closing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from later_tui.store.records import Kept
    from later_tui.store.syncstore import SyncStore

SHORT_ID = 6
"""So much of an id is shown when nothing is known of the others: 30 bits of it."""

SOON = 86_400_000
"""How far ahead, ms, it matters that no worker is alive: a day."""
_NO_WORKER = (
    "no worker is alive: it comes at its time only if the app is open then, or `later worker` runs"
)


class Keeper(Closing):
    """Reads thoughts, plans them and hands them to the store, which is opened for the first one."""

    def __init__(
        self,
        settings: Settings,
        options: Options,
        *,
        as_json: bool,
        reveal: bool,
        reminder_id: str | None,
    ) -> None:
        """Raise BadInputError when `reminder_id` has not the form of an id."""
        if reminder_id is not None and not is_id(reminder_id.lower()):
            raise BadInputError(
                f'--id is "{reminder_id[:40]}"; expected 12 of the characters 0-9 and a-z '
                "without i, l, o and u"
            )
        self.reminder_id = reminder_id.lower() if reminder_id else None
        self._settings = settings
        self._options = options
        self._as_json = as_json
        self._reveal = reveal
        self._folder = _folder()
        self._store: SyncStore | None = None
        self._trouble = ""
        self._waiting = 0
        self._punctual = False

    def plan(self, line: str, now: int) -> tuple[NewReminder, ...]:
        """Return what one line at `now` (ms UTC) asks to keep. Raises BadInputError."""
        reading = self._settings.reading(now, known_channels(line, self._options.via))
        made = plan(
            read_with(line, self._options, reading),
            now=now,
            quiet=self._settings.quiet,
            minimum_gap=self._settings.minimum_gap,
            username=self._settings.user,
            habits=self._settings.habits,
            origin=Origin(_host(), self._folder, now),
            form=self._settings.times,
        )
        if self.reminder_id is None:
            return made
        if len(made) > 1:
            raise BadInputError(
                f"--id names one reminder, and these are {len(made)}; leave one out"
            )
        return (made[0]._replace(id=self.reminder_id),)

    def keep(self, news: "Sequence[NewReminder]", now: int) -> None:
        """Keep reminders and print them. Raises BadInputError, OutboxError."""
        for new, kept in zip(news, self._add(news), strict=True):
            if self._as_json:
                say_json(self._shape(new, kept))
            else:
                say(self._sentence(new, kept, now))
            if kept and kept.created and new.window.exact and new.window.not_after - now < SOON:
                self._punctual = True

    def _add(self, news: "Sequence[NewReminder]") -> "list[Kept | None]":
        """Keep them in Redis; None for each that waits on this machine. Raises OutboxError."""
        kept: list[Kept | None] = [None] * len(news)
        if not self._trouble:
            try:
                kept = list(self._open().add_many(news))
            except OutsideError as error:
                # Whatever is wrong there, the thoughts are safe here; what was kept after all is
                # not kept twice.
                self._trouble = str(error)
        for new, one in zip(news, kept, strict=True):
            if one is None or one.alone:
                from later_tui.store.outbox import Outbox

                Outbox(self._settings.data_dir).keep(new)
                self._waiting += 1
        return kept

    def _sentence(self, new: NewReminder, kept: "Kept | None", now: int) -> str:
        zone, form, drawn = self._settings.timezone, self._settings.times, ""
        if kept is None:
            said = "kept here"
        else:
            said = "kept" if kept.created else "was kept before:"
            if self._reveal:
                drawn = f"; drawn: {moment(kept.due_at, now, zone, form)}"
        every = f", every {new.every}" if new.every else ""
        window = when(new.window, now, zone, form)
        # A plain route goes without saying; one with steps is worth reading back.
        route = f"; {new.route}" if new.steps else ""
        if new.nag_ms:
            route += f"; nag every {length(new.nag_ms)}"
        if "sms" in new.channels:
            from later_tui.channels.sms.counting import counted

            route += f"; {counted(new.text, self._settings.channel_options.get('sms', {}))}"
        what = f"{new.id[:SHORT_ID]}  {one_line(new.text)}"
        return f"{said} {what}  ({window}{every}{route}{drawn})"

    def _shape(self, new: NewReminder, kept: "Kept | None") -> dict[str, object]:
        from later_tui.cli.shape import new_shape

        due_at = kept.due_at if kept and self._reveal else None
        return new_shape(new, kept.created if kept else True, due_at, waiting=kept is None)

    def _open(self) -> "SyncStore":
        if self._store is None:
            from later_tui.store import open_sync_store

            self._store = open_sync_store(self._settings)
        return self._store

    def close(self) -> None:
        """Say what waits, and close the store."""
        if self._waiting:
            flush()
            complain(self._told())
        if self._store is not None:
            if self._punctual:
                with suppress(OutsideError):
                    if not self._store.workers():
                        flush()
                        complain(_NO_WORKER)
            self._store.close()

    def _told(self) -> str:
        many = "it waits" if self._waiting == 1 else f"{self._waiting} thoughts wait"
        if self._trouble:
            return f"{self._trouble}; {many} on this machine until Redis is back"
        return f"no replica of Redis has it yet; {many} on this machine, too, until one has"


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return one_line(mended(os.uname().nodename)).replace(" ", "-")


def _folder() -> str:
    """Return the working folder, the home folder as "~"; empty when there is none any more."""
    try:
        folder = os.getcwd()  # noqa: PTH109
    except OSError:
        return ""
    home = os.environ.get("HOME", "").rstrip("/")
    if home and (folder == home or folder.startswith(f"{home}/")):
        folder = f"~{folder[len(home) :]}"
    return one_line(mended(folder))
