"""The keys by which this server's ledger is known, for everybody who checks a record."""

from typing import Any

from django.conf import settings
from django.core import checks

from infoshare.verifier.infoshare_verify import Key, Unclear, read_key


def published_keys() -> list[str]:
    """The verifier keys of this server's ledger as they are published; none when there are none."""
    return list(settings.LEDGER_VERIFIER_KEYS)


def trusted_keys() -> list[Key]:
    """The same, read; a damaged one is left out (`check_published_keys` tells the operator)."""
    return [key for key in map(_read, published_keys()) if isinstance(key, Key)]


def check_published_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: an error for each published key that cannot be read."""
    found = [_read(text) for text in published_keys()]
    hint = "Publish each key as it was given: name+8 hex digits+base64."
    return [
        checks.Error(one, hint=hint, id="decisions.E010") for one in found if isinstance(one, str)
    ]


def _read(text: str) -> Key | str:
    try:
        return read_key(text)
    except Unclear as damaged:
        return f"LEDGER_VERIFIER_KEYS: {damaged}"
