"""How a case system proves that a request is its own: HMAC-SHA256 over time, nonce and body.

A key's secret is worked out from SECRET_KEY and the key's id. So a copy of the database alone
forges nothing, and nothing has to be decrypted; the price is that a new SECRET_KEY needs new
keys for the case systems.
"""

import hashlib
import hmac
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import constant_time_compare, salted_hmac

SECONDS = 300
"""How far the sender's clock may be from ours, either way."""

KEY, TIME = "InfoShare-Key", "InfoShare-Time"
NONCE, SIGNATURE = "InfoShare-Nonce", "InfoShare-Signature"
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signed:
    """The four headers of a request, each in its right form."""

    key_id: uuid.UUID
    time: int
    nonce: str
    signature: str

    def is_by(self, secret: str, body: bytes) -> bool:
        """Whether whoever holds this secret signed this body."""
        return constant_time_compare(self.signature, sign(secret, self.time, self.nonce, body))

    def is_fresh(self, now: float) -> bool:
        """Whether it was signed at most five minutes from now."""
        return abs(now - self.time) <= SECONDS


def secret_of(key_id: uuid.UUID) -> str:
    """The secret of a key, 64 hexadecimal digits.

    Raises `ImproperlyConfigured` without a lasting SECRET_KEY: the server would know another.
    """
    if not settings.SECRET_KEY_IS_LASTING:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set here, so the server would not know this key. Run this with the "
            "server's SECRET_KEY (or SECRET_KEY_FILE)."
        )
    salt = "decisions.wizard.case_system"
    return salted_hmac(salt, str(key_id), algorithm="sha256").hexdigest()


def sign(secret: str, time: int, nonce: str, body: bytes) -> str:
    """The signature, 64 hexadecimal digits: over the time, the nonce and the body, a line each."""
    signed = f"{time}\n{nonce}\n".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def read_headers(headers: Mapping[str, str]) -> Signed | None:
    """The headers, or None when one is missing or has no right form."""
    time, nonce = headers.get(TIME, ""), headers.get(NONCE, "")
    if not (_TIME.fullmatch(time) and _NONCE.fullmatch(nonce)):
        return None
    try:
        key_id = uuid.UUID(headers.get(KEY, ""))
    except ValueError:
        return None
    return Signed(key_id, int(time), nonce, headers.get(SIGNATURE, "").lower())
