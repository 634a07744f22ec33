"""Puts the configuration together: the file, under the `LATER_*` variables, under the options."""

import os
from collections.abc import Mapping
from pathlib import Path

from later_tui.config import paths
from later_tui.config.clock import time_format
from later_tui.config.file import read_file
from later_tui.config.given import Given
from later_tui.config.settings import Settings
from later_tui.config.users import system_user
from later_tui.config.zone import system_zone
from later_tui.domain.quiet import Quiet

PREFIX = "LATER_"
CONFIG = "LATER_CONFIG"
FILE_NAME = "config.toml"


def load(
    options: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings; nothing is created on the disk.

    `options` are settings by dotted name ("redis.url"), and "config", the file to read; None
    stands for an option that was not given. `environ` is os.environ unless it is given.

    Raises ConfigError, one sentence: where, what was found, what is expected; never a secret.
    """
    environ = os.environ if environ is None else environ
    given = {name: value for name, value in (options or {}).items() if value is not None}
    file, required = config_file(given.pop("config", None), environ)
    table = read_file(file, required=required)
    if not table and not given and not any(name.startswith(PREFIX) for name in environ):
        return _defaults(file, environ)
    from later_tui.config.build import build

    return build(table, file, environ, given)


def _defaults(file: Path, environ: Mapping[str, str]) -> Settings:
    """Return the settings where nothing is set, as is usual: without importing the schema."""
    zone = system_zone(environ)
    return Settings(
        user=system_user(environ),
        timezone=zone,
        quiet=Quiet(zone=zone),
        data_dir=paths.folder("data", environ),
        state_dir=paths.folder("state", environ),
        config_file=file,
        times=time_format("auto", environ),
    )


def config_file(option: object, environ: Mapping[str, str]) -> tuple[Path, bool]:
    """Return the file and whether it must exist: only one that was asked for must."""
    for where, value in (("--config", option), (CONFIG, environ.get(CONFIG))):
        if value is None:
            continue
        if not str(value).strip():
            raise Given("", where).wrong("the path of a TOML file")
        return paths.expanded(str(value), environ), True
    return paths.folder("config", environ) / FILE_NAME, False
