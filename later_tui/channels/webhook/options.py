"""The table `[channel.webhook]` of the configuration."""

from dataclasses import dataclass, field
from typing import Annotated

from later_tui.channels.http.urls import web_url
from later_tui.channels.options import Check
from later_tui.channels.secret import Secret


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookOptions:
    """Where to, and how the receiver knows that it comes from here."""

    url: Annotated[str, Check(web_url)] = field(repr=False)
    """Where it is posted to. Whoever knows some services' URLs may post there, so it is shown
    nowhere; keep the file at mode 0600."""
    secret: Secret | None = None
    """What it is signed with: "whsec_" and base64, or any text. Several of the first form, with
    blanks between them, sign each, while the receiver changes from one to the next."""
    authorization: Secret | None = None
    """The header `Authorization`, such as "Bearer …"."""
    allow_private: bool = False
    """Whether it may go to this machine and to private networks, and there over plain http."""
    ca_file: str | None = None
    """A PEM file of authorities to trust besides the system's."""
