"""Read sealed decisions again, stretch by stretch, from their column of gate answers.

`manage.py verify_ledger` holds that column, the outcome and the rule equal to the sealed bytes.
Nothing of a case is read here but gate answers. PostgreSQL puts equal decisions together, so each
kind of decision is worked out once a stretch, and memory does not grow with their number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from decisions.records.models import Record
from guidance import stored
from guidance.rulebook.again import difference
from guidance.stored import AlteredEditionError

A_STRETCH = 50_000  # decisions, and those sealed in the same moment as the last
MOST_NAMED = 200  # references of decisions that differ, in a report

Report = Callable[["Found"], None]
ALIKE = ("edition_id", "gate_answers", "outcome", "rule")


@dataclass(slots=True)
class Found:
    """How many decisions were run again, and which of them came out otherwise."""

    total: int = 0
    different: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)  # reference, and what differs


def run_again(records: QuerySet[Record], *, report: Report = lambda found: None) -> Found:
    """What came of these decisions, the oldest first; `report` hears of it after each stretch.

    Nothing is locked, so it may be run while people work.
    """
    found = Found()
    for stretch in _stretches(records):
        _read(stretch, found)
        report(found)
    return found


def _read(stretch: QuerySet[Record], found: Found) -> None:
    for *alike, number in stretch.values_list(*ALIKE).annotate(number=Count("id")).order_by():
        found.total += number
        if wrong := _difference(*alike):
            found.different += number
            same = stretch.filter(**dict(zip(ALIKE, alike, strict=True)))
            names = same.order_by("sealed_at", "id").values_list("reference", flat=True)
            left = MOST_NAMED - len(found.named)
            found.named += [(reference, wrong) for reference in names[:left]]


def _stretches(records: QuerySet[Record]) -> Iterator[QuerySet[Record]]:
    moments = records.order_by("sealed_at").values_list("sealed_at", flat=True)
    start = moments.first()
    while start is not None:
        end = _end(moments.filter(sealed_at__gte=start), start)
        rest = records.filter(sealed_at__gte=start)
        yield rest.filter(sealed_at__lt=end) if end else rest
        start = end


def _end(moments: QuerySet[Record, datetime], start: datetime) -> datetime | None:
    """The moment that the next stretch starts with; None when this is the last."""
    end = moments[A_STRETCH : A_STRETCH + 1].first()
    return moments.filter(sealed_at__gt=start).first() if end == start else end


def _difference(digest: str, answers: dict[str, str], outcome: str, rule: str) -> str:
    try:
        return difference(stored.edition(digest), answers, outcome, rule)
    except AlteredEditionError as error:
        return str(error)
