"""The files that InfoShare keeps of records: their bytes are those that the ledger names."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from decisions.kept_pdf.models import KeptDocument, RecordPdf
from decisions.records.models import Event
from infoshare.ledger.following import Finding


def altered() -> Iterator[Finding]:
    """Kept files that were changed, that no entry names, or that are gone."""
    yield from _changed(RecordPdf.objects.order_by("record_id"))
    yield from _changed(KeptDocument.objects.order_by("pk"))
    yield from _gone()


def _names() -> QuerySet[Any, Any]:
    events: QuerySet[Any, Any] = Event.objects.filter(kind=Event.DOCUMENT)
    named: QuerySet[Any, Any] = events.annotate(named=KeyTextTransform("sha256", "details"))
    return named


def _changed(files: QuerySet[Any, Any]) -> Iterator[Finding]:
    entry = _names().filter(record=OuterRef("record"), named=OuterRef("sha256"))
    found = files.annotate(seq=Subquery(entry.values("ledger_entry__leaf_id")[:1]))
    rows = found.values_list("record_id", "sha256", "body", "seq")
    for record, file_hash, body, seq in rows.iterator(chunk_size=20):
        if hashlib.sha256(body).hexdigest() != file_hash:
            yield Finding(seq, f"a kept file of record {record} was changed")
        elif seq is None:
            yield Finding(None, f"a kept file of record {record} is named by no leaf")


def _gone() -> Iterator[Finding]:
    held = (RecordPdf.objects.all(), KeptDocument.objects.all())
    lost = _names().filter(*(~Exists(files.filter(sha256=OuterRef("named"))) for files in held))
    for seq, record in lost.order_by("pk").values_list("ledger_entry__leaf_id", "record_id"):
        yield Finding(seq, f"the file of record {record} that it names is not kept any more")
