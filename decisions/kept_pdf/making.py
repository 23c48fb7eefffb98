"""Make the PDF of a record, once; and keep it."""

import hashlib
import uuid
from typing import cast

from django.db import transaction

from decisions.check_record.address import check_page
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.proof import proof_file
from decisions.kept_pdf import keeping
from decisions.kept_pdf.keeping import PDFS, Paper, PdfNotMadeError
from decisions.kept_pdf.models import RecordPdf
from decisions.records.events import note_document
from decisions.records.models import Record
from infoshare.ledger import proofs
from infoshare.ledger.models import SignedCheckpoint

__all__ = ["PDFS", "PdfNotMadeError", "kept_pdf", "make_pdf", "paper", "store_pdf"]


def kept_pdf(record_id: uuid.UUID) -> RecordPdf | None:
    """The PDF of this record, if it was made already."""
    return RecordPdf.objects.filter(pk=record_id).first()


def make_pdf(record_id: uuid.UUID) -> RecordPdf:
    """The record's PDF, made now unless it is there. It waits while another process makes it.

    Raises `PdfNotMadeError`.
    """
    return cast(RecordPdf, keeping.make(paper(record_id)))


def paper(record_id: uuid.UUID) -> Paper:
    """The record's PDF as a document to be made."""

    def leaves() -> list[int | None]:
        leaf = proofs.leaf_of(record_id)
        return [leaf[0] if leaf else None]

    return Paper(
        name=f"The PDF of record {record_id}",
        lock=str(record_id),
        find=lambda: kept_pdf(record_id),
        leaves=leaves,
        draw=lambda covering: _drawn(_record(record_id), covering),
        store=lambda document: store_pdf(record=_record(record_id), document=document),
    )


@transaction.atomic
def store_pdf(*, record: Record, document: bytes) -> RecordPdf:
    """The PDF that is kept of this record: this document, or the one that was stored before it.

    Its hash becomes a leaf. Call it last in a transaction: the ledger is locked until its end.
    """
    known = {
        "sha256": hashlib.sha256(document).hexdigest(),
        "size": len(document),
        "body": document,
    }
    kept, is_new = RecordPdf.objects.get_or_create(record=record, defaults=known)
    if is_new:
        note_document(record=record, file_hash=kept.sha256)
    return kept


def _record(record_id: uuid.UUID) -> Record:
    return Record.objects.select_related("snapshot").get(pk=record_id)


def _drawn(record: Record, covering: SignedCheckpoint | None) -> bytes:
    proof = proof_file(record) if covering else None
    return record_pdf(bytes(record.snapshot.body), proof, check_page())
