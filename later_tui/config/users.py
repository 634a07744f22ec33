"""The name of the person at the keyboard."""

import os
import re
from collections.abc import Mapping

_UNFIT = r"[\s:{}\x00-\x1f\x7f-\x9f\ud800-\udfff]+"


def system_user(environ: Mapping[str, str]) -> str:
    """Return the login name, with what a key's name cannot hold replaced by "-"."""
    name = next((environ[v] for v in ("LOGNAME", "USER", "USERNAME") if environ.get(v)), "")
    return re.sub(_UNFIT, "-", name or _listed())[:64] or "me"


def _listed() -> str:
    try:
        import pwd  # not on every system

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # no such list, or a container's user is not in it
        return ""
