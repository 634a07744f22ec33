"""The time zone: the one that is named, or the system's."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from later_tui.config.given import Given

LOCALTIME = "/etc/localtime"
_EXPECTED = 'the name of an IANA time zone such as "Europe/Berlin" or "UTC"'


def zone(given: Given) -> ZoneInfo:
    """Read the name of a time zone."""
    name = given.value
    if not isinstance(name, str) or not name.strip():
        raise given.wrong(_EXPECTED)
    try:
        return ZoneInfo(name.strip())
    except ZoneInfoNotFoundError:
        raise given.wrong(f"{_EXPECTED}{_hint()}") from None
    except (ValueError, OSError):  # "../x", a folder such as "Europe", a file that is no zone
        raise given.wrong(_EXPECTED) from None


def system_zone(environ: Mapping[str, str], localtime: str = LOCALTIME) -> ZoneInfo:
    """Return the system's zone: TZ, else what /etc/localtime links to or holds, else UTC.

    Raises ConfigError when TZ names no zone.
    """
    name = environ.get("TZ", "").removeprefix(":")
    if name.startswith("/"):
        return _at(name) or _fail(environ["TZ"])
    if name:
        return zone(Given(name, "TZ"))
    return _at(localtime) or ZoneInfo("UTC")


def _fail(value: str) -> ZoneInfo:
    raise Given(value, "TZ").wrong(_EXPECTED)


def _at(path: str) -> ZoneInfo | None:
    """Return the zone of a file, by the name that its path has under "zoneinfo", if it has one."""
    try:
        name = _name(path) or _name(str(Path(path).readlink()))
        if name:
            return ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        pass  # not a link, or it leads outside the known zones: the file itself may serve
    if not Path(path).is_file():  # not there, or a FIFO, whose opening would wait
        return None
    try:
        with Path(path).open("rb") as file:
            return ZoneInfo.from_file(file, key=path)
    except (OSError, ValueError):
        return None


def _name(path: str) -> str:
    name = path.rpartition("zoneinfo/")[2] if "zoneinfo/" in path else ""
    return name.removeprefix("posix/").removeprefix("right/")


def _hint() -> str:
    """Return what to do when the machine has no zones at all."""
    try:
        ZoneInfo("Etc/GMT-1")
    except ZoneInfoNotFoundError:
        return " (this machine has none of them: `pip install tzdata`)"
    return ""
