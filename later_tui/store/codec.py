"""Reminders to the fields of their hash and back.

Fields that have their default are left out: a hash written by another program with `username`,
`tasktype`, `msg` and `due_at` alone is a full reminder. What comes out is inert: whoever wrote the
hash, no control character of it reaches a screen.
"""

from collections.abc import Iterable, Sequence

from later_tui.domain.hours import Hours
from later_tui.domain.inert import inert, one_line
from later_tui.domain.reminder import Delivery, NewReminder, Origin, Reminder, State
from later_tui.domain.route import Step
from later_tui.domain.window import Window
from later_tui.store.command import Arg
from later_tui.store.lanes import spec, steps
from later_tui.store.trail import attempts

SCHEMA = 1
"""The version of the fields; a hash without `v` has version 1."""


LAST_MOMENT = 253_370_764_800_000
"""The year 9999, ms UTC: further than that no calendar goes."""

LONGEST = 11 * 366 * 86_400_000
"""Longer than any window that the grammar gives, ms."""


class BadRecordError(ValueError):
    """A hash that is not a reminder; the message says what is wrong with it."""


def encode(new: NewReminder) -> list[Arg]:
    """Return the fields and values of a new reminder: field, value, …"""
    fields: list[Arg] = [
        "username", new.username,
        "tasktype", ",".join(new.channels),
        "msg", new.text,
        "not_before", new.window.not_before,
        "not_after", new.window.not_after,
        "seed", new.seed,
        "origin", f"{new.origin.created_at} {new.origin.host} {new.origin.folder}",
    ]  # fmt: skip
    if new.tags:
        fields += ["tags", " ".join(new.tags)]
    if new.between is not None:
        fields += ["between", f"{new.between.start}-{new.between.stop}"]
    if new.every:
        fields += ["every", new.every]
    if new.steps:
        fields += ["route", spec(new)]
    if new.nag_ms:
        fields += ["nag", new.nag_ms]
    if new.asked_ms:
        fields += ["asked", new.asked_ms]
    return fields


def absent(new: NewReminder) -> list[str]:
    """Return the optional fields that `encode` leaves out, for an edit to delete."""
    present = {
        "tags": new.tags,
        "between": new.between,
        "every": new.every,
        "route": new.steps,
        "nag": new.nag_ms,
        "asked": new.asked_ms,
    }
    return [field for field, value in present.items() if not value]


def decode(reminder_id: str, pairs: Sequence[bytes]) -> Reminder:
    """Return the reminder in the fields of a hash: field, value, …

    Raises BadRecordError where a field is missing or cannot be what it should be.
    """
    if not reminder_id.isprintable():  # bytes that are no UTF-8 come as surrogates
        raise BadRecordError("its id cannot be written")
    fields = {
        pairs[i].decode("utf-8", "replace"): pairs[i + 1].decode("utf-8", "replace")
        for i in range(0, len(pairs), 2)
    }
    try:
        return _reminder(reminder_id, fields)
    except KeyError as error:
        raise BadRecordError(f"the field {error.args[0]} is missing") from error
    except ValueError as error:
        raise BadRecordError(f"a field cannot be read: {error}") from error


def _reminder(reminder_id: str, fields: dict[str, str]) -> Reminder:
    if int(fields.get("v", SCHEMA)) != SCHEMA:
        raise BadRecordError(f"its version is {fields['v']}; this program reads version {SCHEMA}")
    due_at = int(fields["due_at"])
    window = Window(int(fields.get("not_before", due_at)), int(fields.get("not_after", due_at)))
    if not 0 <= window.not_before <= window.not_after <= LAST_MOMENT or window.length > LONGEST:
        raise BadRecordError("its window is longer or further away than any of ours")
    asked = int(fields.get("asked", 0))
    if not 0 <= asked <= LONGEST:
        raise BadRecordError("it was asked for a longer window than any of ours")
    channels = tuple(one_line(c) for c in fields["tasktype"].split(",") if c)
    settled = fields.get("settled_at")
    route = steps(fields["route"]) if "route" in fields else ()
    return Reminder(
        id=reminder_id,
        username=one_line(fields["username"]),
        text=inert(fields["msg"]),
        channels=channels,
        steps=route,
        nag_ms=int(fields.get("nag", 0)),
        window=window,
        due_at=due_at,
        seed=int(fields.get("seed", 0)),
        pick=int(fields.get("pick", 0)),
        state=State(fields.get("state", State.SCHEDULED)),
        tags=tuple(one_line(t) for t in fields.get("tags", "").split()),
        origin=_origin(fields.get("origin", "")),
        between=_hours(fields.get("between", "")),
        every=one_line(fields.get("every", "")),
        round=int(fields.get("round", 0)),
        settled_at=int(settled) if settled else None,
        deliveries=tuple(_deliveries(channels, route, fields)),
        asked_ms=asked,
    )


def _deliveries(
    channels: Iterable[str], route: Sequence[Step], fields: dict[str, str]
) -> Iterable[Delivery]:
    waits = {channel: step.wait for step in route for channel in step.channels} if route else {}
    nags = "nag" in fields
    for channel in channels:
        state = State(fields.get(f"state:{channel}", State.SCHEDULED))
        attempt = int(fields.get(f"attempt:{channel}", 0))
        token = int(fields.get(f"token:{channel}", 0))
        sent, error = fields.get(f"sent_at:{channel}"), fields.get(f"error:{channel}", "")
        if not (sent or error or route or nags):  # nearly every one: there is no more of it
            yield Delivery(channel, state, attempt, token)
            continue
        at = fields.get(f"at:{channel}")
        yield Delivery(
            channel=channel,
            state=state,
            attempt=attempt,
            token=token,
            sent_at=int(sent) if sent else None,
            via=one_line(fields.get(f"via:{channel}", "")),
            error=one_line(error),
            proof=one_line(fields.get(f"proof:{channel}", "")),
            wait=waits.get(channel) or None,
            at=int(at) if at else None,
            nag=int(fields.get(f"nag:{channel}", 0)),
            resent=f"resent:{channel}" in fields,
            trail=attempts(fields.get(f"trail:{channel}", "")),
        )


def _origin(text: str) -> Origin:
    created, _, rest = text.partition(" ")
    host, _, folder = rest.partition(" ")
    return Origin(one_line(host), one_line(folder), int(created or 0))


def _hours(text: str) -> Hours | None:
    if not text:
        return None
    start, _, stop = text.partition("-")
    return Hours(int(start), int(stop))
