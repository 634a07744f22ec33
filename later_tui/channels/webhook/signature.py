"""Signs a webhook as the Standard Webhooks specification 1.0.0 says.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import binascii
import hashlib
import hmac
import re
from base64 import b64decode, b64encode

from later_tui.domain.errors import UnavailableError

_PREFIX = "whsec_"


def webhook_id(message_id: str) -> str:
    """Return the id as it is signed: without a dot, which separates what is signed."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", message_id)


def signature(secret: str, name: str, at_s: int, body: bytes) -> str:
    """Return the header `webhook-signature`: HMAC-SHA256 over id.timestamp.body, with each key.

    `at_s` is in seconds, UTC. Raises UnavailableError: what follows "whsec_" is not base64.
    """
    signed = f"{name}.{at_s}.".encode() + body
    return " ".join(f"v1,{_mac(_key(one), signed)}" for one in secrets_in(secret))


def secrets_in(secret: str) -> list[str]:
    """Return the secrets that sign each: several of the form "whsec_…", or else the whole text."""
    return secret.split() if secret.startswith(_PREFIX) else [secret]


def _key(secret: str) -> bytes:
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not key:
        # The cause would show a part of the secret.
        raise UnavailableError(
            'channel.webhook.secret begins with "whsec_", but what follows is not base64; copy it '
            "again from the receiver"
        ) from None
    return key


def _mac(key: bytes, signed: bytes) -> str:
    return b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
