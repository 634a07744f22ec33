"""Commands as values, and flows: store operations that do no input or output themselves.

A flow is a generator. It yields a batch of commands, is sent their replies, and returns its result;
so one text of every operation serves the blocking client of the command line and the asyncio client
of the app and the worker. The idea is the "sans-I/O" style of protocol libraries.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from later_tui.store.scripts import Script

Arg = str | bytes | int


@dataclass(frozen=True, slots=True)
class Command:
    """A plain command and its arguments; the first argument after the name is its key."""

    args: tuple[Arg, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a script on one shard."""

    script: Script
    prefix: str
    args: tuple[Arg, ...]


Batch = Iterable[Command | Call]
"""Commands to send in one go; made while they are sent where that saves time."""

Reply = Any
"""As RESP2 gives it: bytes, int, None, or lists of these."""

T = TypeVar("T")
Flow = Generator[Batch, list[Reply], T]
"""The type of a store operation that results in a T."""


def command(*args: Arg) -> Command:
    """Return a plain command."""
    return Command(args)
