"""The addendum of a record: what happened since the seal, printed once for each state and kept.

A state is the events that are told, and which new decisions came of them. Who read or took the
record is not among them. An addendum says of itself when it was made; more may have happened
since, and then there is another one.
"""

import hashlib
import uuid
from collections.abc import Sequence

from decisions import snapshot
from decisions.afterwards.addendum import Addendum, FileKept, addendum_pdf
from decisions.afterwards.timeline import Entry, timeline
from decisions.check_record.address import check_page
from decisions.copies import LEFT_OUT
from decisions.evidence.proof import files_kept, proof_file
from decisions.kept_pdf import keeping
from decisions.kept_pdf.keeping import Kept, Paper
from decisions.kept_pdf.models import KeptDocument
from decisions.kept_pdf.others import kept_document, store_document
from decisions.records.models import Event, Record
from decisions.wizard.labels import DECISION_LABELS
from guidance.adoption.words import sealed_review, sentence, short
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.ledger.models import SignedCheckpoint

# All that an addendum needs of the record itself: which case it is.
READABLE = frozenset({"context"})


def make_afterwards(record_id: uuid.UUID) -> Kept:
    """The addendum as things stand now, made unless it is there. Raises `PdfNotMadeError`."""
    return keeping.make(paper(Record.objects.select_related("snapshot").get(pk=record_id)))


def paper(record: Record) -> Paper:
    """The addendum of what has happened up to this moment."""
    entries = timeline(record)
    events = _events(record, entries)
    files = files_kept(record)
    state = _state(entries)
    return Paper(
        name=f"The addendum of record {record.pk}",
        lock=f"afterwards {record.pk}",
        find=lambda: kept_document(record=record, what=KeptDocument.AFTERWARDS, state=state),
        leaves=lambda: [_leaf(one) for one in (*events, *files)],
        draw=lambda covering: _drawn(record, entries, events, files, covering),
        store=lambda document: store_document(
            record=record,
            what=KeptDocument.AFTERWARDS,
            state=state,
            about=[record],
            document=document,
        ),
    )


def _events(record: Record, entries: Sequence[Entry]) -> list[Event]:
    told = record.events.filter(pk__in=[one.id for one in entries])
    return list(told.select_related("ledger_entry__leaf").order_by("pk"))


def _leaf(event: Event) -> int | None:
    entry = getattr(event, "ledger_entry", None)
    return entry.leaf_id if entry else None


def _state(entries: Sequence[Entry]) -> str:
    """64 hexadecimal digits that stand for what the addendum will tell."""
    told = [f"{one.id} {one.new_reference}\n" for one in entries]
    return hashlib.sha256("".join(told).encode()).hexdigest()


def _drawn(
    record: Record,
    entries: Sequence[Entry],
    events: Sequence[Event],
    files: Sequence[Event],
    covering: SignedCheckpoint | None,
) -> bytes:
    # The seal is proven by the record's own leaf.
    later = [*(one for one in events if one.kind != Event.SEALED), *files]
    others = (snapshot.read(bytes(record.snapshot.body)).keys() - READABLE) | LEFT_OUT
    proof = proof_file(record, events=later, without=others) if covering else None
    addendum = Addendum(
        reference=record.reference,
        case_reference=record.snapshot.case_reference,
        decision=DECISION_LABELS[Outcome(record.decision)],
        organisation=record.organisation.name,
        commitment=record.commitment,
        edition=_edition_words(record),
        sealed_at=record.sealed_at,
        made_at=clock.now(),
        entries=entries,
        places={one.pk: place for one in events if (place := _leaf(one)) is not None},
        files=[FileKept(one.details["what"], one.details["sha256"], one.at) for one in files],
    )
    return addendum_pdf(addendum, proof, check_page())


def _edition_words(record: Record) -> str:
    sealed = snapshot.read(bytes(record.snapshot.body))["context"]["edition"]
    review = sentence(sealed_review(sealed, record.organisation.name))
    return f"{sealed['title']} ({sealed['status']}). {review} Digest {short(sealed['digest'])}."
