"""What a server's refusal means for a delivery, and its own words in a sentence of ours.

Reply codes: RFC 5321 §4.2, and RFC 4954 §6 for those about the login.
"""

import os
import socket
import ssl
from collections.abc import Iterable
from enum import StrEnum

from aiosmtplib import SMTPResponseException

from later_tui.channels.email.hold import LOGIN_S, SERVER_S
from later_tui.channels.email.words import shorten
from later_tui.domain.errors import (
    DeliveryError,
    PermanentError,
    TransientError,
    UnavailableError,
)
from later_tui.domain.inert import one_line

WORDS_LIMIT = 240
"""The most characters of a server's words that are shown and kept."""

_LOGIN_CODES = frozenset({530, 534, 535, 538})
_MISTAKEN_TLS = ("WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE")


class Step(StrEnum):
    """A step of the conversation; the value is what a refusal of it is called."""

    GREETING = "refused the connection"
    HELLO = "refused the greeting"
    TLS = "refused to encrypt"
    LOGIN = "refused the login"
    SENDER = "refused the sender"
    RECIPIENT = "refused the recipient"
    TEXT = "refused the mail"

    @property
    def about_this_mail(self) -> bool:
        """Whether a refusal is about the one mail, and not about everything that is sent."""
        return self in (Step.SENDER, Step.RECIPIENT, Step.TEXT)


class ServerRefusedError(UnavailableError):
    """The server, or this machine, will refuse every mail for a while."""

    def __init__(self, message: str, hold_s: float) -> None:
        """`hold_s` is how long it is not worth trying again, s."""
        super().__init__(message)
        self.hold_s = hold_s


class ServerSilentError(TransientError):
    """The server did not answer in time, and would not answer others either."""


def refusal(via: str, step: Step, code: int, said: str) -> DeliveryError:
    """Return the error that a reply means; `said` are the server's cleaned words."""
    sentence = f"{via} {step}: {code} {said}".rstrip()
    if code in _LOGIN_CODES:
        return ServerRefusedError(sentence, LOGIN_S)
    if 400 <= code < 500:
        return TransientError(sentence)
    if 500 <= code < 600:
        if step.about_this_mail:
            return PermanentError(sentence)
        return ServerRefusedError(sentence, LOGIN_S)
    said = f": {said}" if said else ""
    return TransientError(f"{via} gave an answer that is not to be understood{said}")


def failure(via: str, step: Step, error: Exception, secrets: Iterable[str]) -> DeliveryError:
    """Return the error of the contract for one of the library's or the system's."""
    if isinstance(error, DeliveryError):
        return error
    if isinstance(error, SMTPResponseException):
        return refusal(via, step, error.code, words(error.message, secrets))
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = words(error.verify_message or "it does not match", secrets)
        return ServerRefusedError(f"the certificate of {via} is not trusted: {reason}", SERVER_S)
    if isinstance(error, ssl.SSLError):
        if error.reason in _MISTAKEN_TLS:
            return ServerRefusedError(
                f"{via} does not speak TLS on this port; check port and security", SERVER_S
            )
        reason = words(error.reason or "the connection was closed", secrets)
        return TransientError(f"{via} did not agree on encryption: {reason}")
    if isinstance(error, socket.gaierror):
        return TransientError(f"{via} cannot be found: {words(error.strerror, secrets).lower()}")
    if isinstance(error, OSError) and error.strerror:
        # asyncio puts its own words, an address among them, in the place of the system's.
        reason = os.strerror(error.errno) if error.errno else words(error.strerror, secrets)
        return TransientError(f"{via} cannot be reached: {reason.lower()}")
    if isinstance(error, OSError):
        return TransientError(f"{via} ended the connection before it had answered")
    return TransientError(f"{via} gave an answer that is not to be understood")


def words(said: str | None, secrets: Iterable[str] = ()) -> str:
    """Return what a server said: inert, in one line, shortened, and none of the secrets in it."""
    line = " ".join(one_line(said or "").split())
    for secret in secrets:
        if secret:
            line = line.replace(secret, "…")
    return shorten(line, WORDS_LIMIT)
