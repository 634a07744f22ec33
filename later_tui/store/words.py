"""Redis's own errors as sentences for the person."""

_SENTENCES = {
    "NOAUTH": "Redis at {place} wants a password: set LATER_REDIS_PASSWORD or redis.password",
    "WRONGPASS": "Redis at {place} refuses the user name or password",
    "NOPERM": "Redis at {place} does not allow this user that: let it use ~later:* and +@all",
    "LOADING": "Redis at {place} is still loading its data: try again in a moment",
    "BUSY": "Redis at {place} is busy with another script: try again in a moment",
    "READONLY": "Redis at {place} is a read-only replica: give the address of the primary",
    "MASTERDOWN": "Redis at {place} has lost its primary",
    "OOM": "Redis at {place} is full: raise its maxmemory or let some reminders go",
    "MISCONF": "Redis at {place} cannot write to its disk: {reason}",
    "ERR max": "Redis at {place} has no connection free: raise its maxclients",
}


def refused(place: str, error: BaseException) -> str:
    """Return what a server's error reply means."""
    reason = " ".join(str(error).split())
    for code, sentence in _SENTENCES.items():
        if reason.startswith(code):
            return sentence.format(place=place, reason=reason)
    return f"Redis at {place} refuses: {reason}"


def unreachable(place: str, error: BaseException) -> str:
    """Return what a failed connection means."""
    reason = getattr(error, "strerror", None) or " ".join(str(error).split())
    return f"Redis at {place} cannot be reached ({reason or type(error).__name__})"
