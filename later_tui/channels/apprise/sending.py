"""What happens in the thread: apprise is imported, given the URL and the message, and listened to.

apprise's own answer is yes or no. Why it is no stands only in what it logs, and there beside URLs
and answers of the service; so its log is kept from every file, and read here.
"""

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from later_tui.domain.errors import UnavailableError

if TYPE_CHECKING:
    import apprise


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one service. `log` may hold secrets: it is read, and never shown."""

    service: str
    """The service's name, such as "ntfy"."""
    sent: bool
    log: tuple[str, ...] = field(default=(), repr=False)


class UnknownURLError(UnavailableError):
    """apprise knows no service of the URL."""

    def __init__(self) -> None:
        super().__init__("apprise knows no service of the url in [channel.apprise]; mend it")


class _Ear(logging.Handler):
    """Hears what this thread makes apprise log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._thread = threading.get_ident()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            try:
                self.heard.append(record.getMessage())
            except (TypeError, ValueError):  # a plugin's line does not fit its arguments
                self.heard.append("")


def check(url: str) -> tuple[str, ...]:
    """Return the names of the services in the URL. Touches no network. Raises UnknownURLError."""
    return tuple(_name(service) for service in _services(url))


def send(url: str, title: str, body: str, begun: threading.Event) -> list[Outcome]:
    """Send to every service in the URL and return what came of each; blocks.

    `begun` is set when everything was found in order and the first bytes may go out.
    Raises UnknownURLError.
    """
    services = _services(url)
    begun.set()
    return [_send(service, title, body) for service in services]


def _send(service: "apprise.NotifyBase", title: str, body: str) -> Outcome:
    import apprise

    one = apprise.Apprise(asset=service.asset)
    one.add(service)
    ear = _Ear()
    apprise.logger.addHandler(ear)
    try:
        # The format is said, so that what reads HTML or Markdown gets the text escaped.
        sent = bool(one.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
    finally:
        apprise.logger.removeHandler(ear)
    return Outcome(_name(service), sent, tuple(ear.heard))


def _services(url: str) -> "list[apprise.NotifyBase]":
    _hush()
    import apprise

    # Without a timeout and in sequence: else apprise sends in threads that hold up the exit.
    asset = apprise.AppriseAsset(
        app_id="later",
        app_desc="later",
        app_url="",
        async_mode=False,
        service_timeout=0,
        storage_mode="memory",
        # No picture from another's server in the person's messages.
        image_url_mask="",
        image_url_logo="",
    )
    everything = apprise.Apprise(asset=asset)
    if not everything.add(url) or not len(everything):
        raise UnknownURLError
    services = list(everything)
    for service in services:
        # A long thought arrives cut rather than being refused.
        if service.overflow_mode == apprise.OverflowMode.UPSTREAM:
            service.overflow_mode = apprise.OverflowMode.TRUNCATE
    return services


def _hush() -> None:
    """Let apprise log everything, and nobody hear it but this module."""
    logger = logging.getLogger("apprise")
    if logger.propagate:
        # What is under it logs the paths of URLs, in which many services have their keys.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)
        logger.propagate = False
        logger.setLevel(logging.DEBUG)
        logger.addHandler(logging.NullHandler())


def _name(service: "apprise.NotifyBase") -> str:
    return str(service.service_name)
