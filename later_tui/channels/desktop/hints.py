"""The hints with which a pop-up is shown, as the specification and some services name them.

https://specifications.freedesktop.org/notification-spec/1.2/hints.html, and for the names of sounds
https://specifications.freedesktop.org/sound-naming-spec/0.8/. An unknown hint is ignored.

Not given: `desktop-entry`, since with it GNOME takes pop-ups away when the process ends;
`transient`, since an unseen pop-up belongs among the missed ones; `resident`, since an answer
closes it anyway.
"""

from later_tui.channels.desktop.options import DesktopOptions

Hints = dict[str, tuple[str, object]]
"""By name: the D-Bus signature, and the value."""

CATEGORY = "x-later.reminder"
"""By which the rules of dunst and mako can tell reminders from other pop-ups."""

SOUND = "message-new-instant"
"""A short sound that every sound theme has."""

_URGENCY = {"low": 0, "normal": 1, "critical": 2}


def hints(options: DesktopOptions, reminder_id: str, *, silent: bool = False) -> Hints:
    """Return the hints of a reminder's pop-up; `silent`: it only changes what is shown already."""
    found: Hints = {
        "urgency": ("y", _URGENCY[options.urgency]),
        "category": ("s", CATEGORY),
        # dunst, and what follows it, replaces by this name also what another process has shown.
        "x-dunst-stack-tag": ("s", f"later-{reminder_id}"),
    }
    if silent or options.sound is False:
        found["suppress-sound"] = ("b", True)
    elif options.sound or options.sound_name:
        found["sound-name"] = ("s", options.sound_name or SOUND)
    return found


def shortcomings(options: DesktopOptions, abilities: frozenset[str]) -> str:
    """Return in words what a service with these capabilities lacks, or ""."""
    lacks = []
    if "actions" not in abilities:
        lacks.append("shows no buttons (answer in the app, or by later done)")
    if "body" not in abilities:
        lacks.append("shows one line alone")
    if (options.sound or options.sound_name) and "sound" not in abilities:
        lacks.append("plays no sounds")
    return f"the notification service {' and '.join(lacks)}" if lacks else ""
