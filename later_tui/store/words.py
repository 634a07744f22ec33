"""Redis's own errors as sentences for the person."""

import os

from later_tui.domain.inert import one_line
from later_tui.store.address import SENTINEL, Address
from later_tui.store.room import full, is_full

ACL_RULES = (
    "~later:* +@read +@write +@scripting +@connection -@dangerous "
    "+time +wait +info +role +cluster|slots"
)
"""The rights that a user of Redis needs, as ACL SETUSER takes them."""

_NOAUTH = "{title} wants a password: set LATER_REDIS_PASSWORD or redis.password"

_SENTENCES = {
    "NOAUTH": _NOAUTH,
    "ERR Protocol error: unauth": _NOAUTH,  # how long commands are turned away
    "WRONGPASS": "{title} refuses the user name or password",
    "NOPERM": f"{{title}} does not allow this user that: give it {ACL_RULES}",
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
_SENTINEL_NOAUTH = "set LATER_REDIS_SENTINEL_PASSWORD or redis.sentinel_password"


def refused(title: str, reply: str) -> str:
    """Return what a server's error reply means."""
    reason = one_line(reply)
    if title.startswith(SENTINEL) and reason.startswith("NOAUTH"):
        return f"{title} wants a password: {_SENTINEL_NOAUTH}"
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


def unreachable(address: Address, error: BaseException) -> str:
    """Return what a failed connection means."""
    title = address.title
    if address.folder and is_full(address.folder):
        # It ends at the first write that fails, and takes the reason with it.
        return f"{title} cannot keep anything: {full(one_line(address.folder))}"
    if untrusted := getattr(error, "verify_message", None):  # of an SSLCertVerificationError
        return (
            f"{title} shows a certificate that cannot be trusted ({one_line(untrusted)}): mend it, "
            "or give its authority's file as redis.ca_file (LATER_REDIS_CA_FILE)"
        )
    number = getattr(error, "errno", None)
    if library := getattr(error, "library", None):  # of an ssl.SSLError
        said = str(getattr(error, "reason", None) or library).replace("_", " ").lower()
        return f"{title} does not speak TLS as it should ({said})"
    if isinstance(error, TimeoutError) and number is None:
        return f"{title} cannot be reached (it does not answer)"
    said = getattr(error, "strerror", None) or " ".join(str(error).split())
    # asyncio puts its own words in the place of the system's.
    reason = os.strerror(number) if number and said.startswith("Connect call failed") else said
    return f"{title} cannot be reached ({_within(reason) or type(error).__name__})"


def _within(sentence: str) -> str:
    """Return another's sentence as a part of ours: "Connection closed by server." begins small."""
    said = sentence.rstrip(".")
    return said[:1].lower() + said[1:] if said[1:2].islower() else said
