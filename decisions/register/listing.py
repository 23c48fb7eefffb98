"""What one page of the register says of each entry, in words."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils import timezone

from decisions.records.models import Record
from decisions.register import terms
from decisions.register.models import Entry

EMPTY = "–"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the record's own rows, and is read for the entries of a page only."""

    case_reference: str
    practitioner: str
    team: str
    edition: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the columns that were asked for, each with its heading."""

    record_id: uuid.UUID
    reference: str
    cells: Mapping[str, str]


def lines(entries: Sequence[Entry], columns: Collection[str]) -> list[Line]:
    """The entries with these columns (of `terms.COLUMNS`); one statement for all of them."""
    beside = _beside([one.pk for one in entries])
    return [
        Line(
            one.pk,
            one.reference,
            {name: CELLS[name](one, beside[one.pk]) for name in terms.COLUMNS if name in columns},
        )
        for one in entries
    ]


def _beside(records: Sequence[uuid.UUID]) -> dict[uuid.UUID, Beside]:
    # Not joined to the list itself, which may have to sort many before it shows a few. The words
    # of a record may be gone; then there is no case reference either.
    rows = Record.objects.filter(pk__in=records).values_list(
        "pk", "snapshot__case_reference", "owner__name", "team__name", "edition__edition_id"
    )
    return {pk: Beside(case or "", *others) for pk, case, *others in rows}


def _time(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"


def _label(known: Callable[[], Mapping[str, str]], value: str) -> str:
    return known().get(value, value)


@cache
def _settings() -> Mapping[str, str]:
    return terms.answers_to("setting")


@cache
def _bases() -> Mapping[str, str]:
    return terms.answers_to("lawful-basis")


CELLS: Mapping[str, Callable[[Entry, Beside], str]] = {
    terms.CASE: lambda one, beside: beside.case_reference,
    "decision": lambda one, beside: _label(terms.decisions, one.decision),
    "outcome": lambda one, beside: _label(terms.outcomes, one.outcome),
    "rule": lambda one, beside: one.rule,
    "departure": lambda one, beside: "Yes" if one.is_departure else "No",
    "practitioner": lambda one, beside: beside.practitioner,
    "team": lambda one, beside: beside.team,
    "setting": lambda one, beside: _label(_settings, one.setting),
    "basis": lambda one, beside: _label(_bases, one.lawful_basis),
    "recipient": lambda one, beside: one.recipient,
    "state": lambda one, beside: terms.REVIEW_STATES.get(
        one.review_state or terms.NO_REVIEW, one.review_state
    ),
    "review_due": lambda one, beside: one.review_due.isoformat() if one.review_due else "",
    "edition": lambda one, beside: beside.edition,
    "started": lambda one, beside: _time(one.started_at),
    "sealed": lambda one, beside: _time(one.sealed_at),
}
