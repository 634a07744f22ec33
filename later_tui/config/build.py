"""Settings out of everything that is set anywhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from later_tui.config import paths
from later_tui.config.clock import time_format
from later_tui.config.given import Given
from later_tui.config.layers import Rank, Setting, layers
from later_tui.config.redis import redis_settings
from later_tui.config.routes import by_tag
from later_tui.config.schema import channel_tables, keys_table
from later_tui.config.settings import HistorySettings, Settings, WorkerSettings
from later_tui.config.users import system_user
from later_tui.config.zone import system_zone
from later_tui.domain.quiet import Quiet

_WORKER = {
    "worker.max_workers": "max_workers",
    "worker.wakeup_before": "wakeup_before_ms",
    "worker.lease": "lease_ms",
    "worker.users": "users",
}
_HISTORY = {
    "history.count": "count",
    "history.age": "age_ms",
    "history.bytes": "bytes",
}
_PLAIN = ("window", "minimum_gap", "theme")


def build(
    table: dict[str, object],
    file: Path,
    environ: Mapping[str, str],
    options: Mapping[str, object],
) -> Settings:
    """Return the settings out of the file's `table`, the variables and the options.

    Raises ConfigError.
    """
    found = layers(table, str(file), environ, options)
    zone: Any = found["timezone"].value if "timezone" in found else system_zone(environ)
    clock = str(found["app.clock"].value) if "app.clock" in found else "auto"
    titled = found["app.title_count"].value if "app.title_count" in found else False
    data_dir, state_dir = _folders(found.get("data_dir"), environ)
    plain: dict[str, Any] = {name: found[name].value for name in _PLAIN if name in found}
    if "channels" in found:
        route: Any = found["channels"].value
        plain |= {"channels": route.channels, "steps": () if route.plain else route.steps}
    if "nag" in found:
        plain["nag_ms"] = found["nag"].value
    return Settings(
        user=str(found["user"].value) if "user" in found else system_user(environ),
        timezone=zone,
        quiet=_quiet(found, zone),
        data_dir=data_dir,
        state_dir=state_dir,
        config_file=file,
        times=time_format(clock, environ),
        title_count=bool(titled),
        theme_chosen="theme" in found,
        keys=keys_table(table, str(file)),
        redis=redis_settings(found),
        worker=WorkerSettings(**_group(found, _WORKER)),
        history=HistorySettings(**_group(found, _HISTORY)),
        tags=by_tag(table, str(file)),
        channel_options=channel_tables(table, str(file)),
        **plain,
    )


def _folders(setting: Setting | None, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """Return the data and state folders: one and the same, if the data folder was chosen."""
    if setting is None:
        return paths.folder("data", environ), paths.folder("state", environ)
    chosen = Path(str(setting.value))
    if setting.rank is Rank.FILE and not chosen.is_absolute() and chosen.parts[:1] != ("~",):
        raise Given(str(chosen), setting.where).wrong("a full path, or one that begins with ~/")
    chosen = paths.expanded(str(chosen), environ)
    return chosen, chosen


def _quiet(found: dict[str, Setting], zone: Any) -> Quiet:
    hours: Any = found["quiet.hours"].value if "quiet.hours" in found else ()
    days: Any = found["quiet.days"].value if "quiet.days" in found else frozenset()
    return Quiet(hours, days, zone=zone)


def _group(found: dict[str, Setting], fields: dict[str, str]) -> dict[str, Any]:
    return {fields[name]: setting.value for name, setting in found.items() if name in fields}
