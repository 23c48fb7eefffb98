"""Sealed decisions run through another edition, row by row from their gate answers.

Nothing is written, and no text of a case is read: only references, editions and gate answers.
Rows come through a server-side cursor, so memory does not grow with their number.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from decisions.records.models import Record
from guidance import stored
from guidance.rulebook.impact import Finding, Kind, impact
from guidance.rulebook.schema import Edition
from guidance.stored import AlteredEditionError

AT_ONCE = 2_000  # rows from the server
MOST_KEPT = 5_000  # findings in memory; an edition has fewer complete paths


@dataclass(slots=True)
class Report:
    """Counts of a comparison, with one page of what was looked for."""

    counts: Counter[Kind] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # why decisions cannot be compared
    shown: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many decisions were read."""
        return sum(self.counts.values())

    def add(self, finding: Finding) -> None:
        """Count one decision."""
        self.counts[finding.kind] += 1
        if finding.kind is Kind.CANNOT:
            self.reasons[finding.why] += 1


def compared(records: QuerySet[Record], after: Edition) -> Iterator[tuple[str, Finding]]:
    """Each record's reference with what `after` makes of it, newest first.

    Equal answers under equal editions are worked out once. PostgreSQL writes equal `jsonb`
    as equal text, so the text is the key and is seldom parsed. Must run in a transaction, or
    the server would copy all rows before the first.
    """
    find = lru_cache(MOST_KEPT)(lambda digest, text: _finding(digest, text, after))
    rows = (
        records.order_by("-sealed_at", "-id")
        .annotate(gates=Cast("gate_answers", TextField()))
        .values_list("reference", "edition_id", "gates")
    )
    for reference, digest, gates in rows.iterator(chunk_size=AT_ONCE):
        yield reference, find(digest, gates)


@transaction.atomic
def report(
    records: QuerySet[Record], after: Edition, *, kind: Kind, start: int, length: int
) -> Report:
    """All counts, and of the decisions of one kind those from `start` on, at most `length`."""
    made = Report()
    for reference, finding in compared(records, after):
        if finding.kind is kind and start <= made.counts[kind] < start + length:
            made.shown.append((reference, finding))
        made.add(finding)
    return made


def _finding(digest: str, gates: str, after: Edition) -> Finding:
    try:
        before = stored.edition(digest)
    except AlteredEditionError as error:
        return Finding(Kind.CANNOT, why=str(error))
    return impact(before, after, json.loads(gates))
