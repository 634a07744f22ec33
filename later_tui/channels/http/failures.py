"""Says in words why a request came to nothing."""

import socket
import ssl
from collections.abc import Iterator

import httpx2

from later_tui.channels.http.answer import words


def why_not_sent(error: BaseException) -> str:
    """Return why the connection failed, in words that follow "it could not be reached: "."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({words(cause.verify_message)})"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection was agreed on ({words(cause.reason or 'TLS')})"
        if isinstance(cause, socket.gaierror):
            return "its name was not found"
        if isinstance(cause, ConnectionRefusedError):
            return "it refused the connection"
        if isinstance(cause, httpx2.ProxyError):
            return f"the proxy refused ({words(cause)})"
        if isinstance(cause, httpx2.TimeoutException | TimeoutError):
            return "it did not answer in time"
    said = words(error)
    return said or type(error).__name__


def why_unsure(error: BaseException) -> str:
    """Return what cut the answer off, in words that follow "the request was sent, but "."""
    if isinstance(error, httpx2.TimeoutException | TimeoutError):
        return "no answer came in time"
    if isinstance(error, httpx2.RemoteProtocolError) and "disconnected" not in str(error):
        return "the answer is not HTTP"
    return "the connection broke off before an answer"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that led to it, whichever way they were chained."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)
        waiting.extend(cause for cause in (one.__cause__, one.__context__) if cause is not None)
