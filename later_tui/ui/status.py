"""What the status line says, from what is known. Pure, and never more hopeful than the facts."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from later_tui.domain.failing import Failing, brief
from later_tui.widgets.status_bar import Part, Tone

if TYPE_CHECKING:
    from later_tui.store.claims import WorkerInfo


class Here(NamedTuple):
    """The worker inside this app; `state` is empty when the app runs none."""

    state: str = ""
    """starting, working, no store or stopped"""
    busy: int = 0
    slots: int = 0
    saturated: bool = False
    waiting: Mapping[str, str] = MappingProxyType({})
    """channel -> why it cannot deliver now"""
    failing: Mapping[str, Failing] = MappingProxyType({})
    """channel -> how its last sends failed"""


class Facts(NamedTuple):
    """Everything the status line is made from."""

    upcoming: int | None = None
    """How many reminders are to come; None while that is not known."""
    place: str = ""
    """"embedded", or Redis's address without secrets; empty before it was reached."""
    outbox: int = 0
    """How many thoughts wait on this machine until Redis has them."""
    warnings: int = 0
    """How many things about Redis might lose reminders."""
    trouble: str = ""
    """Why Redis cannot be used now; empty while it can."""
    here: Here = Here()
    elsewhere: tuple[str, ...] = ()
    """The hosts on which other workers are alive."""
    troubles: tuple[str, ...] = ()
    """What cannot be delivered by other workers: "email fails on atlas"."""


def troubles(workers: Iterable["WorkerInfo"], user: str, host: str, pid: int) -> tuple[str, ...]:
    """Return what `user`'s workers say of their channels, but the one on `host` with `pid`.

    That a channel waits is told where no worker can use it: a server without a desktop is no
    trouble while another has one. What has no network everywhere is told once.
    """
    ours = [one for one in workers if one.works_for(user)]
    usable = {name for one in ours for name in one.channels}
    others = [one for one in ours if (one.host, one.pid) != (host, pid)]
    told = [(name, "fails", one.host) for one in others for name in one.failing]
    waits = ((name, one.host) for one in others for name in one.waiting)
    told += [(name, "waits", where) for name, where in waits if name not in usable]
    hosts: dict[tuple[str, str], list[str]] = {}
    for name, what, where in told:
        hosts.setdefault((name, what), []).append(where)
    return tuple(
        f"{name} {what} on {_several(sorted(set(where)))}" for (name, what), where in hosts.items()
    )


def title(unanswered: int) -> str:
    """Return the title of the terminal: the app's name, and how much wants an answer."""
    return f"({unanswered}) later" if unanswered else "later"


def status_parts(facts: Facts, health: str = "i") -> tuple[Part, ...]:
    """Return the pieces of the status line; `health` is the key that tells more, or empty."""
    parts = (_kept(facts), _outbox(facts), *_worker(facts), _place(facts, health))
    return tuple(part for part in parts if part.text)


def _kept(facts: Facts) -> Part:
    if facts.upcoming is None:
        return Part("")
    words = f"{facts.upcoming:,} kept for you".replace(",", " ")
    return Part(words, Tone.STRONG, 2)


def _outbox(facts: Facts) -> Part:
    if not facts.outbox:
        return Part("")
    verb = "waits" if facts.outbox == 1 else "wait"
    return Part(f"{facts.outbox:,} {verb} here for Redis".replace(",", "\u202f"), Tone.WARN, 6)


def _worker(facts: Facts) -> list[Part]:
    here = facts.here
    parts = [Part(f"{name} waits: {why}", Tone.WARN, 4) for name, why in here.waiting.items()]
    parts += [
        Part(f"{name} fails: {brief(one.reason)}", Tone.WARN, 4)
        for name, one in here.failing.items()
    ]
    known = {*here.waiting, *here.failing}
    parts += [
        Part(told, Tone.WARN, 3) for told in facts.troubles if told.partition(" ")[0] not in known
    ]
    if here.saturated:
        parts.insert(0, Part(f"all {here.slots} slots busy", Tone.WARN, 4))
    if facts.trouble:
        return []
    if here.state == "working":
        busy = f", sending {here.busy}" if here.busy else ""
        return [*parts, Part(f"worker ● here{busy}", Tone.GOOD, 1)]
    if facts.elsewhere:
        return [*parts, Part(f"worker ● on {_several(facts.elsewhere)}", Tone.GOOD, 1)]
    if here.state == "no store":
        return [*parts, Part("worker ◌ trying again…", Tone.WARN, 5)]
    if here.state == "starting" or (here.state and not facts.place):
        return [*parts, Part("worker ◌ starting", Tone.QUIET, 1)]
    if not facts.place:
        return parts
    return [*parts, Part("no worker: nothing comes back until one runs", Tone.WARN, 5)]


def _place(facts: Facts, health: str) -> Part:
    if facts.trouble:
        return Part("no Redis: trying again…", Tone.BAD, 9)
    if facts.warnings:
        press = f": press {health}" if health else ""
        return Part(f"Redis may lose reminders{press}", Tone.WARN, 7)
    return Part(facts.place or "opening…", Tone.QUIET, 0)


def _several(hosts: Sequence[str]) -> str:
    """Return the first of them, and how many more there are."""
    return hosts[0] + (f" and {len(hosts) - 1} more" if len(hosts) > 1 else "")
