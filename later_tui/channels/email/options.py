"""The table `[channel.email]`, and what of it has to go together."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from later_tui.channels.email.address import host_name, is_loopback, one_address
from later_tui.channels.options import Between, Check
from later_tui.channels.secret import Secret
from later_tui.domain.errors import ConfigError

SENDMAIL = "/usr/sbin/sendmail"
PORTS = {"tls": 465, "starttls": 587, "none": 25}
LONGEST_S = 60
"""No mail takes longer than this, s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailOptions:
    """What can be set about e-mail."""

    to: Annotated[str, Check(one_address)]
    """Whom the reminders go to: exactly one address."""
    sender: Annotated[str, Check(one_address)] | None = None
    """Whom they come from; the same address, unless it is set."""
    host: Annotated[str, Check(host_name)] | None = None
    """The mail server, by name or IP address."""
    port: Annotated[int, Between(1, 65535)] | None = None
    """Its port: 465 for tls, 587 for starttls, 25 for none."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """How the connection is encrypted; with `none` only a server on this machine is used."""
    allow_unencrypted: bool = False
    """Whether `security = "none"` may be used to another machine."""
    username: str | None = None
    """For the login; none without it."""
    password: Secret | None = None
    """For the login."""
    ca_file: str | None = None
    """A file of certificates (PEM) that are trusted instead of the system's."""
    sendmail: str | None = None
    """A local sendmail program to use instead of a server."""
    timeout: Annotated[int, Between(1, LONGEST_S)] = 20
    """How long one step may take, s; a whole mail three times that, and at most 60 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server, and how to talk to it."""

    host: str
    port: int
    security: str
    username: str | None
    password: Secret | None
    ca_file: Path | None
    step_s: float
    """How long one step of the conversation may take, s."""

    @property
    def via(self) -> str:
        return f"smtp {self.host}"


@dataclass(frozen=True, slots=True)
class Program:
    """A local sendmail."""

    path: str

    @property
    def via(self) -> str:
        return f"sendmail {self.path}"

    @property
    def there(self) -> bool:
        """Whether it can be run."""
        return Path(self.path).is_file() and os.access(self.path, os.X_OK)


def way(options: EmailOptions) -> Server | Program:
    """Return by which server or program mail goes. Raises ConfigError: options contradict."""
    if options.host is None:
        return Program(_program(options))
    if options.sendmail is not None:
        raise _wrong("host and sendmail are both set; set only one of them")
    if (options.username is None) != (options.password is None):
        missing = "password" if options.password is None else "username"
        raise _wrong(f"{missing} is missing; a login needs both username and password")
    unencrypted = options.security == "none" and not is_loopback(options.host)
    if unencrypted and not options.allow_unencrypted:
        raise _wrong(
            f'security = "none" would send your reminders readable by all to {options.host}; '
            'set "tls" or "starttls", or allow_unencrypted = true if you mean it'
        )
    return Server(
        host=options.host,
        port=options.port or PORTS[options.security],
        security=options.security,
        username=options.username,
        password=options.password,
        ca_file=_ca_file(options),
        step_s=options.timeout,
    )


def _program(options: EmailOptions) -> str:
    for name in ("username", "password", "port", "ca_file"):
        if getattr(options, name) is not None:
            raise _wrong(f"{name} is set, but host is not; set host, the name of the mail server")
    if options.sendmail is None:
        if not Program(SENDMAIL).there:
            raise _wrong(f"host is missing, and there is no {SENDMAIL}; set host or sendmail")
        return SENDMAIL
    path = Path(options.sendmail).expanduser()
    if not path.is_absolute():
        raise _wrong('sendmail must be a full path, such as "/usr/sbin/sendmail"')
    return str(path)


def _ca_file(options: EmailOptions) -> Path | None:
    if options.ca_file is None:
        return None
    path = Path(options.ca_file).expanduser()
    if not path.is_absolute():
        raise _wrong('ca_file must be a full path, such as "/etc/ssl/my-ca.pem"')
    if not path.is_file():
        raise _wrong(f"ca_file: there is no file {path}; set one with certificates (PEM)")
    return path


def _wrong(sentence: str) -> ConfigError:
    return ConfigError(f"channel.email: {sentence}")
