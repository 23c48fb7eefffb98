"""Make the PDF of a record, once; and keep it."""

import hashlib
import logging
import uuid

from django.db import connection, transaction

from decisions.check_record.address import check_page
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.proof import covering, proof_file
from decisions.kept_pdf.models import RecordPdf
from decisions.kept_pdf.organisation_seal import SealError, sealed
from decisions.records.events import note_document
from decisions.records.models import Record
from infoshare.jobs.failing import place
from infoshare.ledger import checkpoints

logger = logging.getLogger(__name__)

# Locks that PostgreSQL keeps for programs have two numbers: this is the one of PDFs.
PDFS = 0x504446


class PdfNotMadeError(Exception):
    """A PDF could not be made. Says which record and which fault, never in words of the case."""


def kept_pdf(record_id: uuid.UUID) -> RecordPdf | None:
    """The PDF of this record, if it was made already."""
    return RecordPdf.objects.filter(pk=record_id).first()


def make_pdf(record_id: uuid.UUID) -> RecordPdf:
    """The record's PDF, made now unless it is there. It waits while another process makes it.

    Raises `PdfNotMadeError`.
    """
    _cover(record_id)
    return _make_alone(record_id)


def try_to_make_pdf(record_id: uuid.UUID) -> RecordPdf | None:
    """The same, but None at once while another process makes it."""
    _cover(record_id)
    return _make_unless_another_does(record_id)


@transaction.atomic
def _make_alone(record_id: uuid.UUID) -> RecordPdf:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PDFS, str(record_id)])
    return kept_pdf(record_id) or _make(record_id)


@transaction.atomic
def _make_unless_another_does(record_id: uuid.UUID) -> RecordPdf | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [PDFS, str(record_id)])
        (is_ours,) = cursor.fetchone()
    return kept_pdf(record_id) or (_make(record_id) if is_ours else None)


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


def _cover(record_id: uuid.UUID) -> None:
    """Have a checkpoint cover the record's leaf, so that its PDF can prove it.

    Where that cannot be, the PDF carries no proof: nothing keeps it from its readers. A proof can
    be taken apart from it later.
    """
    if kept_pdf(record_id) or covering(record_id) or not checkpoints.can_sign():
        return
    try:
        checkpoints.seal()
    except Exception as error:
        logger.error("No checkpoint for the PDF of record %s: %s", record_id, place(error))


def _make(record_id: uuid.UUID) -> RecordPdf:
    record = Record.objects.select_related("snapshot").get(pk=record_id)
    return store_pdf(record=record, document=signed_if_it_can_be(record, _drawn(record)))


def _drawn(record: Record) -> bytes:
    try:
        proof = proof_file(record) if covering(record.pk) else None
        return record_pdf(bytes(record.snapshot.body), proof, check_page())
    except Exception as error:
        # Whatever it was, its own words may be words of the case.
        found = f"The PDF of record {record.pk} could not be made: {place(error)}"
        logger.error(found)
        raise PdfNotMadeError(found) from None


def signed_if_it_can_be(record: Record, document: bytes) -> bytes:
    """The PDF with the organisation's seal; as it is where a fault keeps it from being signed."""
    try:
        return sealed(document)
    except Exception as error:
        # Only a SealError's words are ours; others may hold words of the case.
        why = str(error) if isinstance(error, SealError) else place(error)
        logger.error("The PDF of record %s is kept unsigned: %s", record.pk, why)
        return document
