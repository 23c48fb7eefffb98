"""Where documents beside the record's own PDF are kept."""

import hashlib
from collections.abc import Iterable

from django.db import transaction

from decisions.kept_pdf.models import KeptDocument
from decisions.records.events import note_document
from decisions.records.models import Record


def kept_document(*, record: Record, what: str, state: str) -> KeptDocument | None:
    """The document of this record in this state, if it was made already."""
    return KeptDocument.objects.filter(record=record, what=what, state=state).first()


@transaction.atomic
def store_document(
    *, record: Record, what: str, state: str, about: Iterable[Record], document: bytes
) -> KeptDocument:
    """The document that is kept: this one, or the one that was stored before it.

    Its hash becomes a leaf of each record it is about. Call it last in a transaction: the ledger
    is locked until its end.
    """
    known = {
        "sha256": hashlib.sha256(document).hexdigest(),
        "size": len(document),
        "body": document,
    }
    kept, is_new = KeptDocument.objects.get_or_create(
        record=record, what=what, state=state, defaults=known
    )
    if is_new:
        for one in about:
            note_document(record=one, file_hash=kept.sha256, what=what)
    return kept
