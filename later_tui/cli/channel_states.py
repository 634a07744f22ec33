"""What can be said of every channel: ready, failing, paused, wrong or not used, and why."""

import asyncio
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from later_tui.channels.base import Availability, Channel, ChannelContext
from later_tui.channels.registry import installed_channels, open_channel
from later_tui.cli.channel_workers import Trouble
from later_tui.cli.output import is_terminal
from later_tui.config.settings import Settings
from later_tui.domain.errors import ConfigError
from later_tui.worker.opening import named_channels

ASK_S = 10.0
"""How long a channel may take to say whether it is available, s."""
OWN_TERMINAL = "terminal"
"""The channel that finds the terminal it runs in by itself, as it does in a worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One channel, as it stands here and now."""

    name: str
    package: str = ""
    """The package that brings it; empty: none is installed that does, or it is not known."""
    elsewhere: bool = False
    """Whether only workers on other machines have it."""
    used: bool
    """Whether the configuration names it; what it does not name is not imported."""
    idempotent: bool | None = None
    """None: not known, since it is not open."""
    answer: Availability | None = None
    problem: str = ""
    """Why it could not be opened."""
    troubles: tuple[Trouble, ...] = ()
    """What workers say of it that cannot use it, or whose sends fail."""

    @property
    def ok(self) -> bool:
        """Whether it could deliver from here now, and no worker fails to."""
        return self.available and not any(one.failing for one in self.troubles)

    @property
    def available(self) -> bool:
        """Whether it says that it could deliver from here now."""
        return self.answer is not None and self.answer.ok

    @property
    def word(self) -> str:
        """Its state in a word or two."""
        if self.problem:
            return "wrong"
        if self.answer is None:
            return "not used"
        if not self.answer.ok:
            return "paused"
        return "ready" if self.ok else "failing"

    @property
    def sentence(self) -> str:
        """All that is to be said of it, without its name."""
        if self.word == "failing":
            # The word comes first; that it seems to be ready from here is no news then.
            ordered = sorted(self.troubles, key=lambda one: one.failing is None)
            return "; ".join(one.says for one in ordered)
        return "; ".join([self.itself, *(one.says for one in self.troubles)])

    @property
    def itself(self) -> str:
        """What it says of itself, asked from here."""
        if self.answer is None:
            if self.problem:
                return f"wrong: {self.problem}"
            if self.elsewhere:
                return "not used; no package here provides it"
            by = "" if self.package in ("", "later-tui") else f" (it is {self.package}'s)"
            return f"not used; to use it add a table [channel.{self.name}]{by}"
        if not self.answer.ok:
            return f"paused: {self.answer.reason or 'it does not say why'}"
        times = "at least once" if self.idempotent else "at most once"
        by = f" by {self.answer.via}" if self.answer.via else ""
        why = f" ({self.answer.reason})" if self.answer.reason else ""
        return f"ready{by}, {times}{why}"


async def states(settings: Settings, troubles: Iterable[Trouble] = ()) -> list[State]:
    """Open every channel that the configuration names, ask it, and tell of all there are.

    `troubles` are those that the workers have.
    """
    troubles = tuple(troubles)
    packages = {one.name: one.package for one in installed_channels()}
    named = named_channels(settings)
    asked = await asyncio.gather(
        *(_asked(name, settings, packages.get(name, "")) for name in named)
    )
    others = (
        State(name=name, package=package, used=False)
        for name, package in packages.items()
        if name not in named
    )
    listed = {*named, *packages}
    foreign = (
        State(name=name, elsewhere=True, used=False)
        for name in dict.fromkeys(one.channel for one in troubles)
        if name not in listed
    )
    return [_with(state, troubles) for state in (*asked, *others, *foreign)]


def _with(state: State, troubles: Iterable[Trouble]) -> State:
    """Return the state with what the workers say of it and it does not say itself."""
    said = state.answer.reason if state.answer and not state.answer.ok else None
    news = (one for one in troubles if one.channel == state.name)
    return replace(state, troubles=tuple(one for one in news if one.failing or one.why != said))


def opened(name: str, settings: Settings) -> Channel:
    """Open a channel as a command can: there is no app, and perhaps a terminal.

    Raises ConfigError.
    """
    writes = name != OWN_TERMINAL and is_terminal(sys.stdout)
    context = ChannelContext(
        timezone=settings.timezone,
        times=settings.times,
        terminal=_write if writes else None,
    )
    table = settings.channel_options.get(name, {})
    return open_channel(name, table, context, file=str(settings.config_file))


async def _asked(name: str, settings: Settings, package: str) -> State:
    try:
        channel = opened(name, settings)
    except ConfigError as error:
        return State(name=name, package=package, used=True, problem=str(error))
    answer = await _availability(channel)
    return State(
        name=name, package=package, used=True, idempotent=channel.idempotent, answer=answer
    )


async def _availability(channel: Channel) -> Availability:
    try:
        async with asyncio.timeout(ASK_S):
            return await channel.available()
    except TimeoutError:
        return Availability(ok=False, reason=f"it did not answer within {ASK_S:.0f} s")
    except Exception as error:  # noqa: BLE001  (a broken plugin is told of, and stops no other)
        return Availability(ok=False, reason=f"it failed: {type(error).__name__}")
    finally:
        await closed(channel)


async def closed(channel: Channel) -> None:
    """Close a channel, also one that breaks in doing so."""
    try:
        async with asyncio.timeout(ASK_S):
            await channel.aclose()
    except Exception:  # noqa: BLE001  (its answer is here already, and the process ends)
        return


def _write(sequence: str) -> None:
    sys.stdout.write(sequence)
    sys.stdout.flush()
