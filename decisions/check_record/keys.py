"""The keys by which this server's ledger is known, for everybody who checks a record."""

from typing import Any

from django.core import checks

from infoshare.ledger import checkpoints
from infoshare.ledger.keys import KeyFileError
from infoshare.verifier.infoshare_verify import Key, read_key


def published_keys() -> list[str]:
    """Every verifier key of this server's ledger; none without a key, or with a damaged file.

    `check_published_keys` tells the operator of the latter.
    """
    try:
        return [str(key) for key in checkpoints.verifier_keys()]
    except KeyFileError:
        return []


def trusted_keys() -> list[Key]:
    """The same, as the verifier takes them."""
    return [read_key(text) for text in published_keys()]


def check_published_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: an error when the file with the published keys cannot be read."""
    try:
        checkpoints.verifier_keys()
    except KeyFileError as error:
        return [checks.Error(str(error), id="decisions.E010")]
    return []
