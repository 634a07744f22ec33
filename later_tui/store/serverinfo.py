"""What the server says of itself."""

from later_tui.domain.inert import one_line
from later_tui.store.claims import ServerInfo
from later_tui.store.command import Flow, command


def server(place: str) -> Flow[ServerInfo]:
    """Return the server's product, version and place."""
    [reply] = yield [command("INFO", "server")]
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else ""
    told = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    name = "valkey" if "valkey_version" in told else "redis"
    version = told.get("valkey_version") or told.get("redis_version") or "?"
    return ServerInfo(name, one_line(version), place)
