"""A route: the channels that a reminder takes, and which of them waits for what.

    desktop email                    both at once
    desktop then email               e-mail only if the pop-up is not delivered: it failed, or has
                                     not been delivered two minutes after its time
    desktop then email 30m           e-mail, too, if nobody has answered half an hour after
    desktop then email 30m then sms  and an SMS if that e-mail is not delivered

The same text stands in a line after `via`, in `--via` and in the configuration.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from later_tui.domain.duration import DAY, HOUR, MINUTE, Duration, read_duration, shorten
from later_tui.domain.errors import GrammarError

FALLBACK_MS = 2 * MINUTE
"""How long a step is given to be delivered before its fallback goes, ms."""

NAG_LEAST_MS = MINUTE

_CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_UNITS = ((DAY, "day"), (HOUR, "h"), (MINUTE, "min"))


class Step(NamedTuple):
    """Channels that go at one time."""

    channels: tuple[str, ...]
    wait: int = 0
    """ms after the step before (after it was delivered, once it is); 0 for the first step."""
    fallback: bool = False
    """Whether it goes only if the step before is not delivered; else it goes unless answered."""


class Route(NamedTuple):
    """One step after the other; a channel stands in it once."""

    steps: tuple[Step, ...]

    @classmethod
    def at_once(cls, channels: tuple[str, ...]) -> "Route":
        """Return the route of one step."""
        return cls((Step(channels),))

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel of the route, in its order."""
        return tuple(channel for step in self.steps for channel in step.channels)

    @property
    def plain(self) -> bool:
        """Whether all of it goes at once."""
        return len(self.steps) == 1

    @property
    def typed(self) -> str:
        """The route as `read_route` reads it: "desktop,email then sms 30m"."""
        words = []
        for step in self.steps:
            wait = "" if step.fallback or not step.wait else f" {Duration(ms=step.wait)}"
            words.append(",".join(step.channels) + wait)
        return " then ".join(words)

    def __str__(self) -> str:
        """Return the route in words: "desktop, else email, then sms after 30 min"."""
        said = []
        for number, step in enumerate(self.steps):
            names = ", ".join(step.channels) if self.plain else " and ".join(step.channels)
            if number and step.fallback:
                names = f"else {names}"
            elif number:
                names = f"then {names} after {length(step.wait)}"
            said.append(names)
        return ", ".join(said)


def read_route(words: str, known: Collection[str] | None = None) -> Route:
    """Read a route. `known` are the channels there are; None: any name may be one.

    Raises GrammarError, with what would work.
    """
    steps: list[Step] = []
    commas = words.replace(" ", "")
    for part in _parts(words):
        names, wait = _names_and_wait(part)
        if not names or ",," in commas or commas[0] == "," or commas[-1] == ",":
            raise GrammarError(
                f'"{shorten(words)}" lacks a channel; write for example desktop then email 30m'
            )
        if not steps and wait is not None:
            raise GrammarError(
                f'"{shorten(words)}" begins with a wait; the first step goes at the drawn moment, '
                "and a later one may wait: desktop then email 30m"
            )
        channels = tuple(check_channel(name, known) for name in names)
        if not steps:
            steps.append(Step(channels))
        elif wait is None:
            steps.append(Step(channels, FALLBACK_MS, fallback=True))
        else:
            steps.append(Step(channels, wait))
    return joined(steps)


def joined(steps: Sequence[Step]) -> Route:
    """Return the route of these steps. Raises GrammarError for a channel that two of them have."""
    seen: set[str] = set()
    made: list[Step] = []
    for step in steps:
        channels = tuple(dict.fromkeys(step.channels))
        if twice := seen.intersection(channels):
            raise GrammarError(
                f'"{min(twice)}" stands in two steps; name it once '
                "(nag 30m sends again until it is answered)"
            )
        seen.update(channels)
        made.append(Step(channels, step.wait, step.fallback))
    return Route(tuple(made))


def check_channel(name: str, known: Collection[str] | None) -> str:
    """Return the channel without its "!"; raises GrammarError unless there is such a channel.

    Of those that are known it may be written in capitals, as any word of the grammar.
    """
    name = name.strip().removeprefix("!")
    if names_known(name, known):
        return name.lower()
    if known is None and is_channel(name):
        return name
    there = ", ".join(sorted(known or ())) or "desktop, terminal, email, sms"
    raise GrammarError(f'there is no channel "{shorten(name)}"; there are {there}')


def is_channel(name: str) -> bool:
    """Tell whether `name` has the form of a channel's name."""
    return _CHANNEL.fullmatch(name) is not None


def names_known(name: str, known: Collection[str] | None) -> bool:
    """Tell whether `name` is one of the channels that are known, in whatever case."""
    return known is not None and name.lower() in known


def read_nag(words: str) -> int:
    """Read how often a reminder is sent again until it is answered: "1h", or "off"; ms, 0 for off.

    Raises GrammarError.
    """
    low = words.strip().lower()
    if low in ("off", "never"):
        return 0
    every = read_duration(f"one {low}" if low in ("hour", "day", "week") else words)
    if every.months:
        raise GrammarError(f'"{shorten(words)}" has no fixed length; write days, such as nag 30d')
    if every.ms < NAG_LEAST_MS:
        raise GrammarError(f'"{shorten(words)}" is too often; write nag 1m or longer')
    return every.ms


def length(ms: int) -> str:
    """Return a length of time (ms) in few words: "30 min", "1 h", "2 days", "1h30m"."""
    for unit, name in _UNITS:
        count, rest = divmod(ms, unit)
        if count and not rest:
            return f"{count} {name}" + ("s" if unit == DAY and count > 1 else "")
    return str(Duration(ms=ms))


def _parts(words: str) -> Iterator[list[str]]:
    """Yield the words of each step."""
    part: list[str] = []
    for word in words.replace(",", " ").split():
        if word.lower() == "then":
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _names_and_wait(part: list[str]) -> tuple[list[str], int | None]:
    at = next(
        (i for i, word in enumerate(part) if word.lower() == "after" or word[0] in "0123456789-+"),
        len(part),
    )
    names = [word for word in part[:at] if word.lower() != "and"]
    rest = part[at + 1 :] if at < len(part) and part[at].lower() == "after" else part[at:]
    if at == len(part):
        return names, None
    wait = read_duration(" ".join(rest))
    if wait.months:
        raise GrammarError(f'"{" ".join(rest)}" has no fixed length; write days, such as 30d')
    return names, wait.ms
