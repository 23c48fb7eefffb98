"""A stand-in until the export is written in full: the kept PDFs in a ZIP."""

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from decisions.export.models import Export
from decisions.kept_pdf.models import RecordPdf
from infoshare.ledger import checkpoints


class NothingProven(Exception):
    """No checkpoint can be had."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    size: int
    sha256: str
    manifest_sha256: str


def write_export(export: Export, to: Path, *, keep_going: Callable[[int], None]) -> Written:
    """Write it."""
    if not checkpoints.can_sign():
        raise NothingProven
    with zipfile.ZipFile(to, "w") as archive:
        rows = export.chosen_records.order_by("place").values_list("record_id", flat=True)
        for count, record in enumerate(rows, 1):
            kept = RecordPdf.objects.filter(pk=record).first()
            archive.writestr(f"documents/{record}.pdf", bytes(kept.body) if kept else b"")
            if count % 100 == 0:
                keep_going(count)
    whole = to.read_bytes()
    return Written(len(whole), hashlib.sha256(whole).hexdigest(), "0" * 64)
