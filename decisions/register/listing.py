"""What one page of the register says of each entry, in words."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from decisions.records.models import Record
from decisions.register import terms
from decisions.register.models import Entry

Cell = str | date | datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the record's own rows, and is read for the entries of a page only."""

    case_reference: str
    practitioner: str
    team: str
    edition: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the columns that were asked for, each under its name."""

    record_id: uuid.UUID
    reference: str
    departs_from: str  # the outcome in words; "" when the decision follows it
    cells: Mapping[str, str]


def lines(
    entries: Sequence[Entry], columns: Collection[str], say: Callable[[Cell], str]
) -> list[Line]:
    """The entries with these columns (of `terms.COLUMNS`); one statement for all of them."""
    beside = _beside([one.pk for one in entries])
    return [
        Line(
            one.pk,
            one.reference,
            _label(terms.outcomes(), one.outcome) if one.is_departure else "",
            {
                name: say(CELLS[name](one, beside[one.pk]))
                for name in terms.COLUMNS
                if name in columns
            },
        )
        for one in entries
    ]


def for_people(cell: Cell) -> str:
    """Days and times as people here read them, such as "3 March 2026 at 14:05"."""
    if isinstance(cell, datetime):
        cell = timezone.localtime(cell)
        return f"{cell.day} {cell:%B %Y} at {cell:%H:%M}"
    return f"{cell.day} {cell:%B %Y}" if isinstance(cell, date) else cell


def for_programs(cell: Cell) -> str:
    """Days and times in an order that can be sorted, in the time of the United Kingdom."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(" ", "minutes")[:16]
    return cell.isoformat() if isinstance(cell, date) else cell


def _beside(records: Sequence[uuid.UUID]) -> dict[uuid.UUID, Beside]:
    # Not joined to the list itself, which may have to sort many before it shows a few. The words
    # of a record may be gone; then there is no case reference either.
    rows = Record.objects.filter(pk__in=records).values_list(
        "pk", "snapshot__case_reference", "owner__name", "team__name", "edition__edition_id"
    )
    return {pk: Beside(case or "", *others) for pk, case, *others in rows}


def _label(known: Mapping[str, str], value: str) -> str:
    return known.get(value, value)


CELLS: Mapping[str, Callable[[Entry, Beside], Cell]] = {
    terms.CASE: lambda one, beside: beside.case_reference,
    "decision": lambda one, beside: _label(terms.decisions(), one.decision),
    "outcome": lambda one, beside: _label(terms.outcomes(), one.outcome),
    "rule": lambda one, beside: _label(terms.rules(), one.rule),
    "departure": lambda one, beside: "Yes" if one.is_departure else "No",
    "practitioner": lambda one, beside: beside.practitioner,
    "team": lambda one, beside: beside.team,
    "setting": lambda one, beside: _label(terms.answers_to("setting"), one.setting),
    "basis": lambda one, beside: _label(terms.answers_to("lawful-basis"), one.lawful_basis),
    "recipient": lambda one, beside: one.recipient,
    "state": lambda one, beside: _label(terms.REVIEW_STATES, one.review_state or terms.NO_REVIEW),
    "review_due": lambda one, beside: one.review_due or "",
    "edition": lambda one, beside: beside.edition,
    "started": lambda one, beside: one.started_at,
    "sealed": lambda one, beside: one.sealed_at,
}
