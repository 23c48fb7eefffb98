"""Make the PDF of a record, once; and keep it."""

import hashlib
import logging
import uuid

from django.db import connection, transaction

from decisions.documents.record_pdf import record_pdf
from decisions.kept_pdf.models import RecordPdf
from decisions.records.models import Record
from infoshare.jobs.failing import place

logger = logging.getLogger(__name__)

# Locks that PostgreSQL keeps for programs have two numbers: this is the one of PDFs.
PDFS = 0x504446


class PdfNotMadeError(Exception):
    """A PDF could not be made. Says which record and which fault, never in words of the case."""


def kept_pdf(record_id: uuid.UUID) -> RecordPdf | None:
    """The PDF of this record, if it was made already."""
    return RecordPdf.objects.filter(pk=record_id).first()


@transaction.atomic
def make_pdf(record_id: uuid.UUID) -> RecordPdf:
    """The record's PDF, made now unless it is there. It waits while another process makes it.

    Raises `PdfNotMadeError`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PDFS, str(record_id)])
    return kept_pdf(record_id) or _make(record_id)


@transaction.atomic
def try_to_make_pdf(record_id: uuid.UUID) -> RecordPdf | None:
    """The same, but None at once while another process makes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [PDFS, str(record_id)])
        (is_ours,) = cursor.fetchone()
    return kept_pdf(record_id) or (_make(record_id) if is_ours else None)


@transaction.atomic
def store_pdf(*, record: Record, document: bytes) -> RecordPdf:
    """The PDF that is kept of this record: this document, or the one that was stored before it."""
    known = {
        "sha256": hashlib.sha256(document).hexdigest(),
        "size": len(document),
        "body": document,
    }
    return RecordPdf.objects.get_or_create(record=record, defaults=known)[0]


def _make(record_id: uuid.UUID) -> RecordPdf:
    record = Record.objects.select_related("snapshot").get(pk=record_id)
    return store_pdf(record=record, document=_drawn(record))


def _drawn(record: Record) -> bytes:
    try:
        return record_pdf(bytes(record.snapshot.body))
    except Exception as error:
        # Whatever it was, its own words may be words of the case.
        found = f"The PDF of record {record.pk} could not be made: {place(error)}"
        logger.error(found)
        raise PdfNotMadeError(found) from None
