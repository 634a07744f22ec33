"""Which terminal this is, as far as it says, and how it takes notifications."""

from collections.abc import Mapping

from later_tui.domain.errors import UnavailableError
from later_tui.domain.inert import one_line

_BY_NAME = (
    ("kitty", "osc-99"),
    ("ghostty", "osc-777"),
    ("wezterm", "osc-777"),
    ("foot", "osc-777"),
    ("iterm", "osc-9"),
    ("warp", "osc-9"),
)
"""By how a name of the terminal begins, `xterm-` left out. Only those that show it unasked:
VTE, Konsole, urxvt, Windows Terminal and others do so in some versions or with additions, and a
reminder that is sent to one that does not is lost unseen."""

_BY_VARIABLE = (
    ("KITTY_WINDOW_ID", "osc-99"),
    ("GHOSTTY_RESOURCES_DIR", "osc-777"),
    ("WEZTERM_PANE", "osc-777"),
    ("ITERM_SESSION_ID", "osc-9"),
)
"""Variables that name a terminal. They may be left over from one around it: names come first."""

_NAMES = ("TERM_PROGRAM", "TERM", "LC_TERMINAL")


def by_names(*names: str) -> str:
    """Return how a terminal of one of these names takes notifications, or ""."""
    for name in names:
        short = name.lower().removeprefix("xterm-")
        for beginning, protocol in _BY_NAME:
            if short.startswith(beginning):
                return protocol
    return ""


def by_environment(environ: Mapping[str, str], hint: str = "") -> str:
    """Return how the terminal takes notifications: "osc-99", "osc-777" or "osc-9".

    `hint` ends the sentence about a terminal that is not known.
    Raises UnavailableError: it is not known to show any.
    """
    if "ZELLIJ" in environ:
        raise UnavailableError("zellij hands no notifications on to the terminal")
    term = environ.get("TERM", "")
    if term in ("", "dumb", "linux"):
        raise UnavailableError(f"the terminal ({one_line(term) or 'TERM is not set'}) shows none")
    if protocol := by_names(*(environ.get(name, "") for name in _NAMES)):
        return protocol
    # TERM_PROGRAM is set by the terminal itself: with another name in it the rest is left over.
    if environ.get("TERM_PROGRAM", "") in ("", "screen", "tmux"):
        for variable, protocol in _BY_VARIABLE:
            if environ.get(variable):
                return protocol
    name = one_line(environ.get("TERM_PROGRAM") or term)
    raise UnavailableError(f"the terminal ({name}) is not known to show notifications{hint}")
