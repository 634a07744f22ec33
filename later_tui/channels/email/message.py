"""The mail itself: headers that nothing can break out of, a text part and an HTML part.

Built with the standard library's `email` package (RFC 5322, MIME). It is 7-bit throughout, so that
any server takes it, unless an address has letters beyond ASCII before its @ (RFC 6531).
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from later_tui.channels.base import Notification
from later_tui.channels.email.header import AddressHeader, PlainHeader
from later_tui.channels.email.page import html
from later_tui.channels.email.words import Sent, letter, plain

_NAME = "later"
"""What mail programs show as the sender."""
_DOT_ATOM = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to be sent, and its envelope."""

    sender: str
    to: str
    content: bytes
    """Lines end with CR LF."""

    @property
    def utf8(self) -> bool:
        """Whether it needs a server that takes addresses beyond ASCII."""
        return not (self.sender.isascii() and self.to.isascii())


def compose(notification: Notification, sender: str, to: str, sent: Sent) -> Mail:
    """Return the mail of a notification, between two checked addresses.

    The same notification, tried again, makes a mail with the same Message-ID.
    """
    content = letter(notification, sent)
    mail = Mail(sender, to, b"")
    policy = SMTP.clone(cte_type="7bit", utf8=mail.utf8)
    message = EmailMessage(policy)
    message["From"] = AddressHeader.of("From", f"{_NAME} <{sender}>")
    message["To"] = AddressHeader.of("To", to)
    message["Subject"] = PlainHeader.of("Subject", content.subject)
    message["Date"] = PlainHeader.of("Date", _date(sent))
    for name, value in _headers(notification, sender).items():
        message[name] = PlainHeader.of(name, value)
    message.set_content(plain(content))
    message.add_alternative(html(content), subtype="html")
    return Mail(sender, to, message.as_bytes(policy=policy))


def _headers(notification: Notification, sender: str) -> dict[str, str]:
    domain = sender.rpartition("@")[2]
    own, first = _own_id(notification), _first_id(notification)
    headers = {
        "Message-ID": f"<{own}@{domain}>",
        # RFC 3834: no holiday notice answers it; the second is the same for Exchange.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if first != own:
        headers["In-Reply-To"] = headers["References"] = f"<{first}@{domain}>"
    return headers


def _own_id(notification: Notification) -> str:
    """Return the part of the Message-ID before the @."""
    name = notification.message_id
    if notification.count > 1:
        name = f"{name}.{notification.count}"  # a digest told again, with more in it
    elif notification.nag and name == _name(notification):
        name = f"{name}.{notification.nag}"  # the same would be taken for a copy, and dropped
    return _atom(name)


def _first_id(notification: Notification) -> str:
    """Return the same of the mail that this one comes after, or its own."""
    if notification.count > 1 or not notification.nag:
        return _own_id(notification)
    return _atom(_name(notification))


def _name(notification: Notification) -> str:
    return f"{notification.reminder_id}.{notification.round}"


def _atom(name: str) -> str:
    if len(name) <= 100 and _DOT_ATOM.fullmatch(name):
        return name
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()[:32]


def _date(sent: Sent) -> str:
    """Return the moment of sending: by the due one, a late mail would be sorted far down."""
    return format_datetime(datetime.fromtimestamp(sent.now // 1000, sent.zone))
