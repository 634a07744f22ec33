"""Redis's own errors as sentences for the person."""

from later_tui.domain.inert import one_line

_SENTENCES = {
    "NOAUTH": "{title} wants a password: set LATER_REDIS_PASSWORD or redis.password",
    "WRONGPASS": "{title} refuses the user name or password",
    "NOPERM": "{title} does not allow this user that: let it use ~later:* and +@all",
    "LOADING": "{title} is still loading its data: try again in a moment",
    "BUSY": "{title} is busy with another script: try again in a moment",
    "READONLY": "{title} is a read-only replica: give the address of the primary",
    "MASTERDOWN": "{title} has lost its primary",
    "OOM": "{title} is full: raise its maxmemory or let some reminders go",
    "MISCONF": "{title} cannot write to its disk: {reason}",
    "MOVED": "{title} has given these reminders to another node: trying again finds it",
    "ASK ": "{title} is giving these reminders to another node: trying again finds it",
    "CLUSTERDOWN": "{title} is part of a cluster that is down",
    "NOREPLICAS": "{title} has too few replicas to write to",
    "ERR invalid password": "{title} refuses the user name or password",
    "ERR max": "{title} has no connection free: raise its maxclients",
}


def refused(title: str, reply: str) -> str:
    """Return what a server's error reply means."""
    reason = one_line(reply)
    for code, sentence in _SENTENCES.items():
        if reason.startswith(code):
            return sentence.format(title=title, reason=reason)
    return f"{title} refuses: {reason}"


def moved(reply: str) -> bool:
    """Return whether an error reply says that another server is to be asked."""
    return reply.startswith(("READONLY", "MASTERDOWN", "MOVED", "ASK", "CLUSTERDOWN", "TRYAGAIN"))


def strange(title: str) -> str:
    """Return what an answer means that no Redis gives."""
    return f"{title} does not speak Redis's protocol: check the address"


def unreachable(title: str, error: BaseException) -> str:
    """Return what a failed connection means."""
    reason = getattr(error, "strerror", None) or " ".join(str(error).split())
    return f"{title} cannot be reached ({reason or type(error).__name__})"
