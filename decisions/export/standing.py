"""How an export stands, and whether what a job was left for is still wanted."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from decisions.export import storing
from decisions.export.lacking import count_lacking
from decisions.export.models import Export, State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotNow(Exception):
    """What was asked for does not fit how the export stands."""


class NotWantedError(Exception):
    """The export was cancelled, has failed, or began again: who works on it stops."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: PDFs that are there, of those it needs; records in the file, of all."""

    pdfs_done: int
    pdfs_total: int
    written: int
    total: int


def progress(export: Export) -> Progress:
    """How far it is now. A record counts once its PDF and its addendum are there, or cannot be."""
    pdfs = export.total if export.needs_pdfs else 0
    # A file that has begun, or is whole, has them all behind it.
    lacking = 0 if not pdfs or export.written or export.ready_at else count_lacking(export.pk)
    return Progress(pdfs - lacking, pdfs, export.written, export.total)


def file_of(export: Export) -> Path | None:
    """The export's file, if it is there and may be downloaded."""
    if export.state is not State.READY:
        return None
    path = storing.path(export.stored_as)
    return path if path.is_file() else None


def attempt(export: Export) -> int:
    """The number of its beginning, by which jobs of an earlier one are known. It is in no hurry
    to repeat: microseconds of when it began."""
    if export.confirmed_at is None:
        raise NotNow(f"{export} has not begun")
    return (export.confirmed_at - EPOCH) // timedelta(microseconds=1)


def locked(export_id: uuid.UUID) -> Export:
    """The export as it stands, held until the transaction ends. Raises `Export.DoesNotExist`."""
    return Export.objects.select_for_update().get(pk=export_id)


def wanted(export_id: uuid.UUID, number: int) -> QuerySet[Export]:
    """The export, as long as it is worked on in the attempt of this number; else nothing."""
    began = EPOCH + timedelta(microseconds=number)
    return Export.objects.filter(
        pk=export_id, confirmed_at=began, cancelled_at=None, failed_at=None, ready_at=None
    )


def working_on(organisation_id: uuid.UUID) -> QuerySet[Export]:
    """The organisation's exports that were begun and are not done yet."""
    begun = Export.objects.filter(organisation=organisation_id, confirmed_at__isnull=False)
    return begun.filter(cancelled_at=None, failed_at=None, ready_at=None)
