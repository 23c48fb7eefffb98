"""Enter a sealed record into the register, and keep up what changes there later."""

import dataclasses
from typing import Any

from django.db.models import Value

from decisions.records.models import Record
from decisions.register.facts import Sections, facts, words
from decisions.register.models import Entry, Searched
from decisions.register.searchable import of_organisation, of_team

SAME = (
    *("organisation_id", "team_id", "owner_id", "edition_id", "reference", "sealed_at"),
    *("started_at", "decision", "outcome", "rule", "is_departure", "follow_up_due"),
)
"""The columns that stand in the record's own row, too."""


def enter(*, record: Record, sections: Sections) -> Entry:
    """The record's entry. Within the transaction that seals it, before its leaf is appended."""
    return Entry.objects.create(**columns(record, sections))


def columns(record: Any, sections: Sections) -> dict[str, Any]:
    """The entry of a record by column; sections are empty once its text was disposed of."""
    said = words(record.reference, sections)
    marks = (of_organisation(record.organisation_id), of_team(record.team_id))
    found = facts(record.gate_answers, record.decision, sections)
    return {
        "record_id": record.pk,
        **{name: getattr(record, name) for name in SAME},
        **dataclasses.asdict(found),
        "search": Searched(*map(Value, (said.references, said.recipient, said.reasons, *marks))),
    }


def note_withdrawal(*, record: Record, is_open: bool) -> None:
    """That consent was withdrawn and somebody must still be told, or that all of them know."""
    Entry.objects.filter(pk=record.pk).update(withdrawal_open=is_open)
