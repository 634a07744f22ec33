"""Finds channels by name: any installed package may offer one, by entry points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from importlib.metadata import EntryPoint, entry_points

from later_tui.channels.base import Channel, ChannelClass, ChannelContext
from later_tui.domain.errors import ConfigError

GROUP = "later.channels"
_OURS = "later-tui"


@dataclass(frozen=True, slots=True)
class Opened:
    """The channels that opened, and why the others did not."""

    channels: dict[str, Channel] = field(default_factory=dict)
    problems: dict[str, ConfigError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Installed:
    """A channel that can be named, and the package that brings it."""

    name: str
    package: str

    @property
    def ours(self) -> bool:
        """Whether `later` itself brings it."""
        return self.package == _OURS


def installed_channels() -> tuple[Installed, ...]:
    """Return all installed channels, sorted by name, each once. Imports none of them."""
    found: dict[str, Installed] = {}
    for point in entry_points(group=GROUP):
        one = Installed(point.name, _package(point))
        if one.name not in found or one.ours:
            found[one.name] = one
    return tuple(found[name] for name in sorted(found))


def channel_names() -> tuple[str, ...]:
    """Return the names of all installed channels, sorted. Imports none of them."""
    return tuple(sorted(entry_points(group=GROUP).names))


def load_channel(name: str) -> ChannelClass:
    """Import exactly the named channel and return its class.

    Raises ConfigError: no such channel, offered twice, or its code cannot be imported.
    """
    point = _find(name)
    try:
        found = point.load()
    except (Exception, SystemExit) as error:
        raise ConfigError(
            f"the channel {name!r} ({point.value}) cannot be imported, so mend or uninstall "
            f"{_package(point)}: {_cause(error)}"
        ) from error
    if not (callable(found) and is_dataclass(getattr(found, "Options", None))):
        raise ConfigError(
            f"the channel {name!r} ({point.value}) must name a class with a dataclass `Options`, "
            f"so update or uninstall {_package(point)}"
        )
    return found  # type: ignore[no-any-return]


def open_channel(
    name: str,
    table: Mapping[str, object],
    context: ChannelContext,
    *,
    file: str = "config.toml",
) -> Channel:
    """Import one channel and open it with the table `[channel.NAME]` of the configuration `file`.

    Raises ConfigError: as `load_channel`, the options do not fit, or it fails to open.
    """
    from later_tui.channels.options import read_options

    found = load_channel(name)
    try:
        options = read_options(found.Options, table, f"{file}: channel.{name}")
        channel = found(options, context)
    except ConfigError:
        raise
    except (Exception, SystemExit) as error:
        raise ConfigError(f"the channel {name!r} cannot be opened: {_cause(error)}") from error
    if not isinstance(channel, Channel):
        raise ConfigError(
            f"the channel {name!r} gave a {type(channel).__name__}, which lacks a part of a "
            "channel (name, idempotent, send, available, withdraw, aclose)"
        )
    return channel


def open_channels(
    names: Iterable[str],
    tables: Mapping[str, Mapping[str, object]],
    context: ChannelContext,
    *,
    file: str = "config.toml",
) -> Opened:
    """Open the named channels, each with its own table; one that fails stops no other.

    Raises nothing: what failed stands in `problems`.
    """
    opened = Opened()
    for name in dict.fromkeys(names):
        try:
            table = tables.get(name, {})
            opened.channels[name] = open_channel(name, table, context, file=file)
        except ConfigError as error:
            opened.problems[name] = error
    return opened


def _find(name: str) -> EntryPoint:
    points = list(entry_points(group=GROUP, name=name))
    # A plugin never takes the place of a channel that `later` itself brings.
    points = [point for point in points if _package(point) == _OURS] or points
    if not points:
        known = ", ".join(channel_names()) or "none (later is not installed)"
        raise ConfigError(f"there is no channel {name!r}; installed are: {known}")
    if len({point.value for point in points}) > 1:
        packages = " and ".join(sorted({_package(point) for point in points}))
        raise ConfigError(f"the channel {name!r} is offered by {packages}: uninstall one of them")
    return points[0]


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unnamed package"


def _cause(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
