"""Where a Redis is and how to come in; the password never shows."""

from dataclasses import dataclass, field

from later_tui.domain.errors import ConfigError

TCP_PORT = 6379
SENTINEL = "the sentinel"


@dataclass(frozen=True, slots=True)
class Address:
    """One Redis server: a unix socket's `path`, or `host` and `port`."""

    path: str | None = None
    host: str = "127.0.0.1"
    port: int = TCP_PORT
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    db: int = 0
    tls: bool = False
    ca_file: str | None = None
    """The certificate authority to trust instead of the system's; with TLS."""
    embedded: bool = False
    folder: str = ""
    """Where an embedded one keeps its data."""
    sentinel: bool = False
    """It only says where the server is."""

    @property
    def place(self) -> str:
        """Return the address for people, without its secrets."""
        if self.embedded:
            return "embedded"
        if self.path is not None:
            return self.path
        return f"{self.host}:{self.port}"

    @property
    def title(self) -> str:
        """Return what a sentence calls the server."""
        if self.embedded:
            return "the private server"
        return f"{SENTINEL if self.sentinel else 'Redis'} at {self.place}"


def parse_url(url: str) -> Address:
    """Read `redis://`, `rediss://` or `unix://`, with what is percent-encoded decoded.

    Raises ConfigError, with the URL's secrets left out of the sentence.
    """
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ConfigError("the Redis URL's port is not between 1 and 65535") from None
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise ConfigError(
            "a Redis URL begins with redis://, rediss:// (TLS) or unix://, "
            f"not with {parts.scheme + '://' if parts.scheme else repr(url[:20])}"
        )
    database = parts.path.lstrip("/") if parts.scheme != "unix" else ""
    if database and not database.isdecimal():
        raise ConfigError("the Redis URL's path is the database's number: 0, 1, …")
    return Address(
        path=unquote(parts.path) if parts.scheme == "unix" else None,
        host=parts.hostname or "127.0.0.1",
        port=port or TCP_PORT,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        db=int(database or 0),
        tls=parts.scheme == "rediss",
    )
