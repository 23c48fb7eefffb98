"""Keeping editions in the database, so that a changed file never strands what used it."""

from functools import lru_cache

from django.db import transaction

from guidance.models import StoredEdition, StoredFile
from guidance.rulebook.loader import load_edition
from guidance.rulebook.schema import Edition


@transaction.atomic
def store(edition: Edition) -> StoredEdition:
    """The stored copy of this edition, made if there was none.

    Two processes may store the same edition at once: the second waits for the first and then
    finds everything there.
    """
    known = StoredEdition.objects.filter(digest=edition.digest).first()
    if known is not None:
        return known
    row = StoredEdition(digest=edition.digest, edition_id=edition.id)
    StoredEdition.objects.bulk_create([row], ignore_conflicts=True)
    StoredFile.objects.bulk_create(
        (
            StoredFile(edition=row, name=name, content=content)
            for name, content in edition.files.items()
        ),
        ignore_conflicts=True,
    )
    return StoredEdition.objects.get(digest=edition.digest)


@lru_cache(maxsize=32)
def edition(digest: str) -> Edition:
    """The edition with this digest, read from its stored files and then kept in memory.

    Raises `StoredEdition.DoesNotExist` for an unknown digest, and `AlteredEditionError` when the
    stored files are no longer the ones that were stored.
    """
    row = StoredEdition.objects.get(digest=digest)
    loaded = load_edition({file.name: bytes(file.content) for file in row.files.all()})
    if loaded.digest != digest:
        raise AlteredEditionError(digest, loaded.digest)
    return loaded


class AlteredEditionError(Exception):
    """The stored files of an edition were changed behind our back."""

    def __init__(self, digest: str, found: str) -> None:
        super().__init__(f"the stored files of edition {digest} now have the digest {found}")
