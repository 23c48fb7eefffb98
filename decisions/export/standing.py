"""How far an export is, and where its file is."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from decisions.export.models import Export


class NotNow(Exception):
    """The export's state does not allow it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many PDFs of its records are made, and how many records are in the file."""

    pdfs_done: int
    pdfs_total: int
    written: int
    total: int


def progress(export: Export) -> Progress:
    """How far the export is."""
    return Progress(export.total, export.total, export.written, export.total)


def file_of(export: Export) -> Path | None:
    """The export's file, where it is still there."""
    path = settings.EXPORTS_FOLDER / export.stored_as
    return path if export.stored_as and path.is_file() else None
