"""The login: one attempt, by the first way that both sides know."""

import base64

from aiosmtplib import SMTP, SMTPAuthenticationError

from later_tui.channels.email.faults import ServerRefusedError
from later_tui.channels.email.hold import LOGIN_S

_NOT_KNOWN = frozenset({500, 502, 504})
"""The server offers a way and does not know it: no login was refused."""


async def log_in(smtp: SMTP, via: str, username: str, password: str) -> None:
    """Log in. Passwords go as PLAIN or LOGIN, inside the encryption; CRAM-MD5 comes last.

    The library's own login tries every way with a wrong password, and servers count. Raises
    SMTPAuthenticationError: it was refused. ServerRefusedError: the server knows no way.
    """
    ways = (
        ("plain", smtp.auth_plain),
        ("login", smtp.auth_login),
        ("cram-md5", smtp.auth_crammd5),
    )
    offered = smtp.server_auth_methods
    refused: SMTPAuthenticationError | None = None
    for name, way in ways:
        if name not in offered:
            continue
        try:
            await way(username.encode(), password.encode())
        except SMTPAuthenticationError as error:
            if error.code not in _NOT_KNOWN:
                raise
            refused = error
        else:
            return
    if refused is not None:
        raise refused
    what = f"only {', '.join(offered)}" if offered else "no login at all"
    raise ServerRefusedError(f"{via} offers {what}; expected plain or login", LOGIN_S)


def traces(username: str, password: str) -> tuple[str, ...]:
    """Return the forms in which a password goes to the server, which may repeat them."""
    plain = f"\0{username}\0{password}"
    forms = [password, *(base64.b64encode(text.encode()).decode() for text in (plain, password))]
    return tuple(forms)
