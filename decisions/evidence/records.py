"""Sealed records, as what their leaves commit to: every column held against the sealed bytes."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from decisions import snapshot
from decisions.records.models import Event, LedgerEntry, Record
from infoshare.ledger.commitments import utc
from infoshare.ledger.following import Finding, Held
from infoshare.ledger.leaf import Type


class Records:
    """The leaves that say a record was sealed."""

    types = frozenset({Type.SEALED})

    def held(self) -> Iterator[Held]:
        """Each record with its words, by the leaf of its seal."""
        entries = (
            LedgerEntry.objects.filter(event__kind=Event.SEALED)
            .select_related("event__actor", "event__record__snapshot")
            .order_by("leaf_id", "place")
        )
        for entry in entries.iterator(chunk_size=200):
            yield _held(entry)

    def unplaced(self) -> Iterator[Finding]:
        """Records that no leaf speaks of."""
        placed = LedgerEntry.objects.filter(event__kind=Event.SEALED, event__record=OuterRef("pk"))
        lost = Record.objects.filter(~Exists(placed)).order_by("sealed_at")
        for reference in lost.values_list("reference", flat=True)[:10]:
            yield Finding(None, f"record {reference} has no leaf")


def _held(entry: LedgerEntry) -> Held:
    event, record = entry.event, entry.event.record
    body = bytes(record.snapshot.body)
    commitment, wrong = "", None
    try:
        commitment = snapshot.stored_commitment(body)
        if commitment == record.commitment:
            wrong = _disagrees(record, event, body)
        else:
            wrong = "its sealed bytes do not give the commitment of its row"
    except snapshot.SnapshotError as error:
        wrong = f"its sealed bytes cannot be read: {error}"
    return Held(
        seq=entry.leaf_id,
        place=entry.place,
        name=f"record {record.reference}",
        commitment=commitment,
        wrong=wrong,
        record=record.pk,
        actor=event.actor.pseudonym if event.actor else None,
        at=event.at,
    )


def _disagrees(record: Record, event: Event, body: bytes) -> str | None:
    """Which columns are not what the sealed bytes say; None when all are."""
    sections = json.loads(body)["sections"]
    try:
        sealed = _as_sealed({name: section["content"] for name, section in sections.items()})
    except (KeyError, TypeError) as error:
        return f"its sealed bytes do not say {error}"
    stored = {
        "id": str(record.pk),
        "reference": record.reference,
        "case reference": record.snapshot.case_reference,
        "edition": record.edition_id,
        "gate answers": record.gate_answers,
        "outcome": record.outcome,
        "rule": record.rule,
        "decision": record.decision,
        "departure": record.is_departure,
        "practitioner": str(record.owner_id),
        "who sealed it": str(event.actor_id),
        "team": str(record.team_id),
        "organisation": str(record.organisation_id),
        "started at": utc(record.started_at),
        "sealed at": utc(record.sealed_at),
        "time of its first event": utc(event.at),
        "follow-up due": record.follow_up_due and record.follow_up_due.isoformat(),
    }
    names = [name for name, value in stored.items() if value != sealed[name]]
    return f"not what was sealed: {', '.join(names)}" if names else None


def _as_sealed(sections: dict[str, Any]) -> dict[str, Any]:
    context, people = sections["context"], sections["people"]
    return {
        "id": context["record"],
        "reference": context["reference"],
        "case reference": context["case_reference"],
        "edition": context["edition"]["digest"],
        "gate answers": {gate: sections[f"question:{gate}"]["answer"] for gate in context["path"]},
        "outcome": sections["outcome"]["outcome"],
        "rule": sections["outcome"]["rule"],
        "decision": sections["decision"]["decision"],
        "departure": sections["decision"]["departure"],
        "practitioner": people["practitioner"]["id"],
        "who sealed it": people["practitioner"]["id"],
        "team": people["team"]["id"],
        "organisation": people["organisation"]["id"],
        "started at": people["started_at"],
        "sealed at": people["sealed_at"],
        "time of its first event": people["sealed_at"],
        # Records of earlier versions say nothing of it, and have none.
        "follow-up due": context.get("follow_up_due"),
    }
