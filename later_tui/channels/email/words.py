"""What a mail says, in plain words: they are the text part, and the HTML part's."""

import re
import shlex
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from later_tui.channels.base import Notification
from later_tui.domain.inert import inert, one_line
from later_tui.domain.reminder import Origin
from later_tui.domain.times import H24, TimeFormat
from later_tui.domain.wording import ago, lateness, moment

SUBJECT_LIMIT = 70
"""The most characters of a subject; lists of mails show no more."""
_NAME_LIMIT = 120
_MINUTE = 60_000
_JOINERS = "\u200d\ufe0e\ufe0f"
_CLINGING = re.compile("[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
"""What belongs to the character before it: accents, joiners, variations, skin tones."""


@dataclass(frozen=True, slots=True)
class Sent:
    """When a mail is sent, and how its reader writes times."""

    now: int
    """ms UTC"""
    zone: ZoneInfo
    times: TimeFormat = H24


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's content."""

    subject: str
    thought: str
    """The whole text, with its own lines."""
    about: tuple[str, ...]
    """Where it comes from, how late it is, its tags: one line each."""
    invitation: str
    """What the commands are for."""
    commands: tuple[tuple[str, str], ...]
    """(command, what it does)"""


def letter(notification: Notification, sent: Sent) -> Letter:
    """Return what the mail of a notification says."""
    thought = inert(notification.text).strip()
    if notification.count > 1:
        return Letter(
            subject=f"{notification.count} reminders came back while you were away",
            thought=thought,
            about=(),
            invitation="See and answer them in a terminal:",
            commands=(
                ("later list --unanswered", "list what waits for your answer"),
                ("later", "open the app"),
            ),
        )
    name = shlex.quote(one_line(notification.reminder_id))
    return Letter(
        subject=subject(thought),
        thought=thought,
        about=tuple(line for line in _about(notification, sent) if line),
        invitation="Answer in a terminal:",
        commands=(
            (f"later done {name}", "it is done"),
            (f"later again {name}", "bring it back, at another random moment"),
            (f"later snooze {name} 2h", "bring it back in two hours"),
            (f"later let-go {name}", "it was not worth it"),
        ),
    )


def subject(thought: str) -> str:
    """Return the thought's first line, shortened to `SUBJECT_LIMIT` characters."""
    first = next((line for line in map(str.strip, thought.split("\n")) if line), "a reminder")
    return shorten(one_line(first), SUBJECT_LIMIT)


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning and an ellipsis, in at most `limit` characters.

    It is cut between words where one ends near, and never within a joined emoji.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 1 and (_CLINGING.match(text[end]) or text[end - 1] in _JOINERS):
        end -= 1
    space = text.rfind(" ", end * 2 // 3, end + 1)
    return text[: space if space > 0 else end].rstrip() + "…"


def plain(content: Letter) -> str:
    """Return the mail as plain text."""
    width = max(len(command) for command, _ in content.commands)
    commands = [f"  {command:<{width}}   {what}" for command, what in content.commands]
    parts = [content.thought, "\n".join(content.about)]
    parts.append("\n".join([content.invitation, *commands]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(notification: Notification, sent: Sent) -> tuple[str, ...]:
    return (
        postmark(notification.origin, sent.now),
        _late(notification, sent),
        _nag(notification.nag),
        tags(notification.tags),
    )


def _late(notification: Notification, sent: Sent) -> str:
    if notification.lateness_ms < _MINUTE:
        return ""
    late = lateness(notification.lateness_ms)
    if abs(sent.now - notification.lateness_ms - notification.due_at) > _MINUTE:
        return late  # a nag, or what was to come a while after another channel: it has its own time
    return f"{late}: it was due on {moment(notification.due_at, sent.now, sent.zone, sent.times)}"


def postmark(origin: Origin, now: int) -> str:
    """Return where the thought comes from: "from you, 19 days ago, on mill in ~/src/foo"."""
    host, folder = (shorten(one_line(part), _NAME_LIMIT) for part in (origin.host, origin.folder))
    places = [f"on {host}" if host else "", f"in {folder}" if folder else ""]
    place = " ".join(part for part in places if part)
    words = f"from you, {ago(max(now - origin.created_at, 0))}"
    return f"{words}, {place}" if place else words


def tags(names: tuple[str, ...]) -> str:
    """Return the tags in one line."""
    return " ".join(f"#{one_line(name)}" for name in names)


def _nag(before: int) -> str:
    if before < 1:
        return ""
    times = "once" if before == 1 else f"{before} times"
    return f"sent {times} before, and not answered yet"
