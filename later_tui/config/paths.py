"""The platform's folders for the configuration, the data and the log."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from later_tui.domain.errors import ConfigError

APP = "later"

_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}


def folder(what: str, environ: Mapping[str, str]) -> Path:
    """Return the user's folder for `what`: "config", "data" or "state". Nothing is created.

    Raises ConfigError when no home folder is known.
    """
    if sys.platform == "linux":
        return _linux(what, environ)
    import platformdirs

    found = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }
    return _absolute(found[what](APP, appauthor=False), "the home folder")


def _linux(what: str, environ: Mapping[str, str]) -> Path:
    """Return what platformdirs would, whose import costs as much as all the rest of a command.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    variable, below_home = _XDG[what]
    if environ.get(variable, "").strip():
        return _absolute(Path(environ[variable]) / APP, variable)
    return home(environ) / below_home / APP


def home(environ: Mapping[str, str]) -> Path:
    """Return the home folder: HOME, or what the system's list of users says.

    Raises ConfigError when neither knows.
    """
    if environ.get("HOME"):
        return _absolute(Path(environ["HOME"]), "HOME")
    found = Path(_listed())
    if not found.is_absolute():
        raise ConfigError(
            "HOME is not set and the system knows no home folder for this user; "
            "set HOME, or LATER_CONFIG and LATER_DATA_DIR"
        )
    return found


def expanded(path: str, environ: Mapping[str, str]) -> Path:
    """Return the full path, with ~/ standing for the home folder."""
    if path == "~" or path.startswith("~/"):
        return home(environ) / path[2:]
    return Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links)


def _listed() -> str:
    if os.name != "posix":
        return os.path.expanduser("~")  # noqa: PTH111  (Path.home() raises where this says "~")
    try:
        import pwd  # not on every system

        return pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        return ""


def _absolute(path: Path, where: str) -> Path:
    if not path.is_absolute():
        raise ConfigError(f"{where} is not a full path; expected one that begins at the root")
    return path
