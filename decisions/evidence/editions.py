"""The stored editions, which records name by digest: their files still give it."""

from collections.abc import Iterator

from guidance.models import StoredEdition
from guidance.rulebook.loader import digest
from infoshare.ledger.following import Finding


def altered() -> Iterator[Finding]:
    """Stored editions whose files are no longer those that were stored."""
    for row in StoredEdition.objects.order_by("stored_at").prefetch_related("files"):
        if digest({file.name: bytes(file.content) for file in row.files.all()}) != row.digest:
            yield Finding(None, f"the stored files of edition {row} were changed")
