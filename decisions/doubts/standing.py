"""Doubts that stand: questions answered "not sure" on the path of a record that went ahead.

A doubt about a label must not hold up protection, so the record is sealed and the doubt becomes
a task for the information governance lead. It needs no table: it stands in the record's gate
answers, and an event of the kind `SETTLED` settles it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Count,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from decisions.records.models import Event, Record
from decisions.working_days import count_since
from guidance import stored
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.people import policy
from infoshare.people.policy import Person

SETTLED = "doubt-settled"
NOT_SURE = "not-sure"


class _HasNotSure(Func):
    # The same words as in the partial index `record_in_doubt`, or it would not be used.
    template = "jsonb_path_exists(%(expressions)s, '$.* ? (@ == \"not-sure\")')"
    output_field = BooleanField()


class _HowManyNotSure(Func):
    template = (
        "jsonb_array_length(jsonb_path_query_array(%(expressions)s, '$.* ? (@ == \"not-sure\")'))"
    )
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question that its practitioner was not sure about, without any text of the case."""

    record_id: uuid.UUID
    reference: str
    question: str
    title: str
    team: str
    organisation: str
    sealed_at: datetime
    working_days: int  # since it was sealed


def doubts_of(record: Record) -> tuple[str, ...]:
    """The questions of a record that were left in doubt, settled or not."""
    if record.outcome == Outcome.SEEK_ADVICE:
        return ()
    return tuple(gate for gate, answer in record.gate_answers.items() if answer == NOT_SURE)


def open_doubts(person: Person) -> list[Doubt]:
    """The doubts that this lead has to settle, the longest waiting first; nobody else has any."""
    records = (
        with_open_doubts(person)
        .select_related("team", "organisation")
        .prefetch_related(Prefetch("events", Event.objects.filter(kind=SETTLED)))
        .order_by("sealed_at")
    )
    today = timezone.localdate(clock.now())
    return [
        _doubt(record, question, today)
        for record in records
        for question in open_in(record, record.events.all())
    ]


def waiting(person: Person) -> QuerySet[Record, tuple[int]] | None:
    """How many doubts of each record this lead has to settle; None for anyone else."""
    if not policy.can(person, policy.Action.SETTLE_DOUBTS):
        return None
    rows = with_open_doubts(person).annotate(left=F("asked") - F("settled")).order_by()
    return rows.values_list("left")


def open_in(record: Record, events: Iterable[Event]) -> list[str]:
    """The questions of a record that nobody has settled by one of these events."""
    settled = {one.details["question"] for one in events if one.kind == SETTLED}
    return [question for question in doubts_of(record) if question not in settled]


def open_titles(record: Record) -> list[str]:
    """The questions that still wait for the lead, as the record's edition asks them."""
    if not doubts_of(record):
        return []
    waiting = open_in(record, record.events.filter(kind=SETTLED))
    return [question_title(record, question) for question in waiting]


def question_title(record: Record, question: str) -> str:
    """The question as the record's edition asks it."""
    return stored.edition(record.edition_id).question(question).guide.title


def _in_doubt() -> QuerySet[Record]:
    """Records with a doubt that held nothing up; its conditions are those of `record_in_doubt`."""
    return Record.objects.filter(_HasNotSure("gate_answers")).exclude(outcome=Outcome.SEEK_ADVICE)


def with_open_doubts(person: Person) -> QuerySet[Record]:
    """This lead's records with a doubt: how many were `asked` and how many are `settled`."""
    within_reach = policy.visible(person, policy.Action.SETTLE_DOUBTS)
    return (
        _in_doubt()
        .filter(within_reach)
        .annotate(
            asked=_HowManyNotSure("gate_answers"),
            # Joined by the index `event_settled`: views of a record are many.
            settling=FilteredRelation("events", condition=Q(events__kind=SETTLED)),
            settled=Count("settling"),
        )
        .filter(settled__lt=F("asked"))
    )


def _doubt(record: Record, question: str, today: date) -> Doubt:
    return Doubt(
        record_id=record.pk,
        reference=record.reference,
        question=question,
        title=question_title(record, question),
        team=record.team.name,
        organisation=record.organisation.name,
        sealed_at=record.sealed_at,
        working_days=count_since(timezone.localdate(record.sealed_at), today),
    )
