"""Sealed records with all their words, their PDFs and their leaves, in any number.

Their words are those of a typical record, with its own ids; each PDF is that of the first record
with a line of its own at its end. The rows are as sealing and making a PDF leave them.
"""

import hashlib
import json
import uuid
from datetime import timedelta

from django.db import transaction

from decisions import snapshot
from decisions.kept_pdf import making
from decisions.kept_pdf.models import RecordPdf
from decisions.records.event_bytes import commitment
from decisions.records.models import Event, LedgerEntry, Record, Snapshot
from decisions.register.entering import enter
from decisions.wizard.models import Draft
from guidance import stored
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger import commitments
from infoshare.ledger.leaf import Type
from tests.cast import Cast
from tests.decisions.documents import real

AT_ONCE = 500


def seal_many_with_words(cast: Cast, number: int) -> None:
    """So many records of Priya's, the oldest first, each with its PDF; a minute apart."""
    pdf = bytes(making.make_pdf(_sealed(cast, 0).pk).body)  # with its proof, and signed
    for start in range(1, number, AT_ONCE):
        with transaction.atomic():
            records = [_sealed(cast, one) for one in range(start, min(start + AT_ONCE, number))]
            _keep(records, pdf)


def _sealed(cast: Cast, number: int) -> Record:
    edition = catalogue.shipped()[catalogue.DEFAULT]
    place = {
        "owner": cast.priya,
        "team": cast.early_help,
        "organisation": cast.northmoor,
        "edition": stored.store(edition),
    }
    at = clock.now() - timedelta(days=400) + timedelta(minutes=number)
    record_id, reference = uuid.uuid4(), f"R{number:07}"
    body = _body(record_id, reference, cast, commitments.utc(at), edition.digest)
    sections = snapshot.read(body)
    context, outcome = sections["context"], sections["outcome"]
    record = Record.objects.create(
        **place,
        id=record_id,
        reference=reference,
        draft=Draft.objects.create(**place),
        gate_answers={gate: sections[f"question:{gate}"]["answer"] for gate in context["path"]},
        outcome=outcome["outcome"],
        rule=outcome["rule"],
        decision=sections["decision"]["decision"],
        is_departure=sections["decision"]["departure"],
        started_at=at,
        sealed_at=at,
        commitment=snapshot.commitment(body),
    )
    Snapshot.objects.create(record=record, case_reference=context["case_reference"], body=body)
    event = Event.objects.create(record=record, kind=Event.SEALED, actor=cast.priya, at=at)
    enter(record=record, sections=sections)
    with transaction.atomic():
        _enter(event, Type.SEALED, record.commitment)
    return record


def _body(record_id: uuid.UUID, reference: str, cast: Cast, at: str, digest: str) -> bytes:
    document = json.loads(real.record(real.TYPICAL, "share-in-part"))["sections"]
    contents = {name: section["content"] for name, section in document.items()}
    contents["context"] |= {"record": str(record_id), "reference": reference}
    contents["context"]["edition"]["digest"] = digest
    contents["people"] |= {
        "practitioner": {"id": str(cast.priya.pk), "name": cast.priya.name},
        "team": {"id": str(cast.early_help.pk), "name": cast.early_help.name},
        "started_at": at,
        "sealed_at": at,
    }
    salts = {name: commitments.new_salt() for name in contents}
    return snapshot.write(contents, salts).body


def _keep(records: list[Record], pdf: bytes) -> None:
    for record in records:
        body = pdf + f"% {record.pk}\n".encode()
        kept = RecordPdf(
            record=record, sha256=hashlib.sha256(body).hexdigest(), size=len(body), body=body
        )
        kept.save(force_insert=True)
        event = Event.objects.create(
            record=record,
            kind=Event.DOCUMENT,
            at=record.sealed_at,
            details={"sha256": kept.sha256, "what": "record"},
        )
        _enter(event, Type.DOCUMENT, commitment(event))


def _enter(event: Event, kind: Type, committed: str) -> None:
    appended = ledger.append(
        type=kind, record=event.record_id, commitment=committed, actor=None, at=event.at
    )
    LedgerEntry.objects.create(event=event, leaf_id=appended.seq)
