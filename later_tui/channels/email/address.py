"""Addresses and host names, checked when the configuration is read.

What is refused here can never break out of a command or a header: RFC 5321 and 5322 have the
forms, RFC 6531 letters beyond ASCII before the @. Quoted local parts and address literals are legal
there, and refused here: nobody's own mailbox has one.
"""

import ipaddress
import re
import unicodedata

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LOCAL = re.compile(rf"(?:{_ATOM}|[^\x00-\x9f])+(?:\.(?:{_ATOM}|[^\x00-\x9f])+)*")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_AMBIGUOUS = frozenset("ßẞς\u200c\u200d")
"""Two versions of IDNA (RFC 3490, RFC 5891) make different names of these."""
_INVISIBLE = ("C", "Z")
"""Unicode's categories of control and format characters, and of blanks."""

EXAMPLE = "one address, such as ada@example.org"


def one_address(text: str) -> str:
    """Return the address as it goes on the wire: its domain in ASCII, lower case.

    Raises ValueError with what is expected: it is not one address and nothing else.
    """
    local, at, domain = text.rpartition("@")
    if not at or not local:
        raise ValueError(EXAMPLE)
    if any(char in text for char in "<>"):
        raise ValueError(f"{EXAMPLE}, without a name or brackets around it")
    if any(char in text for char in ",; ") or "@" in local:
        raise ValueError(f"exactly {EXAMPLE}: one reminder has one recipient")
    local = unicodedata.normalize("NFC", local)
    if not _LOCAL.fullmatch(local) or any(
        unicodedata.category(char)[0] in _INVISIBLE for char in local
    ):
        raise ValueError(f"{EXAMPLE}; the part before the @ cannot be used")
    if local.startswith("-"):
        # A local sendmail would take it for an option.
        raise ValueError(f"{EXAMPLE}, that does not begin with a dash")
    address = f"{local}@{domain_name(domain)}"
    if len(local.encode()) > 64 or len(address.encode()) > 254:
        raise ValueError(f"{EXAMPLE}; no server takes one so long")
    return address


def domain_name(text: str) -> str:
    """Return a domain's name in ASCII, lower case. Raises ValueError: it is none."""
    if not text.isascii():
        if _AMBIGUOUS & set(text):
            raise ValueError('a domain in its ASCII form, which begins with "xn--"')
        try:
            text = text.encode("idna").decode()
        except UnicodeError:
            raise ValueError("a domain that exists, such as example.org") from None
    name = text.lower()
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError("a domain that exists, such as example.org")
    return name


def host_name(text: str) -> str:
    """Return a server's name or IP address. Raises ValueError: it is neither, or more than it."""
    bare = text.removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    if any(char in text for char in ":/@ "):
        raise ValueError(
            "a server's name alone, such as mail.example.org; `port` and `username` are options"
        )
    try:
        return domain_name(text.removesuffix("."))
    except ValueError:
        raise ValueError("a server's name, such as mail.example.org") from None


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
