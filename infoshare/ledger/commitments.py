"""What a leaf commits to, hashed with a salt so that nobody can guess it from the leaf. Pure."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from infoshare.ledger import merkle

SALT_BYTES = 32
_EVENT_TAG = b"infoshare-event/1\0"


def new_salt() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write this as bytes; a `ValueError` when there is none."""
    try:
        return rfc8785.dumps(dict(content))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(f"this cannot be committed to: {error}") from error


def of_event(salt: bytes, content: bytes) -> str:
    """The commitment to an event's canonical content, 64 hexadecimal digits.

    A salt of another length than 32 bytes is a `ValueError`.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return sha256(_EVENT_TAG + salt + content).hexdigest()


def of_batch(commitments: Iterable[str]) -> str:
    """The commitment to a batch of events, in order; each can be proven to be in it."""
    return merkle.root_of(map(bytes.fromhex, commitments)).hex()


def utc(moment: datetime) -> str:
    """The moment as leaves and contents write it, 27 characters."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
