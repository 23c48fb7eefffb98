"""The chosen records of an export, some at a time, with all that their files need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from decisions.evidence.proof import Told
from decisions.export.models import Export, ExportRecord
from decisions.kept_pdf.models import KeptDocument, RecordPdf
from decisions.records.event_bytes import content_of
from decisions.records.models import Event
from infoshare.binary_rows import binary_rows, number, uuid
from infoshare.ledger import proofs
from infoshare.ledger.proofs import Placed

AT_ONCE = 250
COLUMNS = ("record_id", "kind", "at", "actor_id", "details", "salt", "ledger_entry__leaf_id")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event for the table of events: its kind, when, whose account did it, its leaf."""

    kind: str
    at: datetime
    actor: UUID | None
    leaf: int | None


@dataclass(slots=True)
class Chosen:
    """One record: its sealed bytes, its seal's leaf, and what happened to it."""

    place: int
    id: UUID
    reference: str
    body: bytes
    seal: int = -1
    told: list[tuple[str, Told]] = field(default_factory=list)  # by kind, in the ledger's order
    happened: list[Happened] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # the hashes of files that its leaves name


def batches(export: Export, size: int) -> Iterator[list[Chosen]]:
    """The records in the order of their places; leaves from `size` on are not told."""
    last = 0
    while batch := _batch(export, last):
        last = batch[-1].place
        _tell({one.id: one for one in batch}, size)
        yield batch


def places(batch: Sequence[Chosen], size: int) -> dict[int, Placed]:
    """The proof of every leaf that the batch tells, by its place."""
    seqs = [one.seal for one in batch]
    seqs += [told.seq for one in batch for _, told in one.told]
    return proofs.placed(seqs, size)


def documents(batch: Sequence[Chosen]) -> Iterator[tuple[Chosen, str, bytes]]:
    """The kept PDFs of these records, each with the end of its name, and the newest addenda."""
    known = {one.id: one for one in batch}
    made = RecordPdf.objects.filter(pk__in=known).values_list("record_id", "sha256", "body")
    newest = KeptDocument.objects.filter(record__in=known, what=KeptDocument.AFTERWARDS)
    later = newest.order_by("record_id", "-pk").distinct("record_id")
    rows = later.values_list("record_id", "sha256", "body")
    for end, found in (("", made), ("-afterwards", rows)):
        for record, sha256, body in binary_rows(found):
            one = known[uuid(record)]
            # One whose leaf is newer than the checkpoint comes with the next export.
            if sha256.decode() in one.named:
                yield one, end, body


def _batch(export: Export, last: int) -> list[Chosen]:
    rows = ExportRecord.objects.filter(export=export, place__gt=last).order_by("place")
    found = rows.values_list("place", "record_id", "record__reference", "record__snapshot__body")
    return [
        Chosen(number(place), uuid(record), reference.decode(), body)
        for place, record, reference, body in binary_rows(found[:AT_ONCE])
    ]


def _tell(batch: Mapping[UUID, Chosen], size: int) -> None:
    events = Event.objects.filter(record__in=batch).order_by("record_id", "pk")
    for record, kind, at, actor, details, salt, leaf in events.values_list(*COLUMNS):
        one = batch[record]
        one.happened.append(Happened(kind, at, actor, leaf))
        if leaf is None or leaf >= size or kind == Event.VIEWED:
            continue
        if kind == Event.SEALED:
            one.seal = leaf
            continue
        if kind in (Event.DOCUMENT, Event.EXPORTED):
            one.named.add(details["sha256"])
        content = content_of(actor=actor, at=at, details=details, kind=kind, record=record)
        one.told.append((kind, Told(content, bytes(salt), leaf)))
    for one in batch.values():
        one.told.sort(key=lambda told: told[1].seq)


def names_of(batch: Sequence[Chosen]) -> set[UUID]:
    """The accounts that did something to these records."""
    return {event.actor for one in batch for event in one.happened if event.actor}
