"""What needs a person, as rows of the same columns from every table where it can stand.

`_found` alone says what is found. The list and the count are both made from it, so they cannot
disagree, and each is one statement.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncDate

from decisions.afterwards.kinds import WITHDRAWN
from decisions.doubts.standing import with_open_doubts
from decisions.needs_you.models import Looked
from decisions.needs_you.words import Why
from decisions.records.models import Event, Record
from decisions.register.models import Entry
from decisions.review.results import State
from decisions.review.standing import escalated_to, questions_for, reviews_due
from decisions.wizard.advice.overdue import waiting_too_long
from decisions.wizard.models import Draft
from guidance.protocols.register import due_protocols
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import User
from infoshare.people.policy import Action, Person

MOST = 500
"""So many are read for a page, the oldest in front."""
COLUMNS = ("why_", "thing_", "named_", "by_", "place_", "on_", "count_")
"""In the order of `Found`; `Source.said` has all but the last."""
OWNER = F("owner__name")
SEALED_ON = TruncDate("sealed_at")
TO_LOOK_AT = (Q(is_departure=True) | Q(consent_overridden=True)) & Q(review_state="")
"""What no rule of review covers; its words are those of the index `entry_to_look_at`."""

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that needs somebody; of a record with doubts, how many."""

    why: Why
    id: uuid.UUID
    named: str
    practitioner: str
    team: str
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one table that need somebody, and what is `said` of each, by its column."""

    rows: Rows
    said: dict[str, Any]
    count: Any

    def listed(self) -> Rows:
        """Every column of `COLUMNS`."""
        listed: Rows = self.rows.annotate(**self.said, count_=self.count)
        return listed.values_list(*COLUMNS)

    def counted(self) -> Rows:
        """The count alone: it stands on every page, so it costs nothing that only a list shows."""
        counted: Rows = self.rows.annotate(count_=self.count)
        return counted.values_list("count_")


def needs(person: User) -> list[Found]:
    """What needs this person, the oldest first, at most `MOST`; one statement."""
    rows = _together([one.listed() for one in _found(person)])
    if rows is None:
        return []
    return [Found(Why(why), *rest) for why, *rest in rows.order_by("on_", "thing_")[:MOST]]


def waiting(person: Person) -> Rows | None:
    """How many each of them counts for; None for those whom nothing can need."""
    if not isinstance(person, User) or not policy.can(person, Action.SEE_NEEDS):
        return None
    return _together([one.counted() for one in _found(person)])


def unlooked(person: User) -> QuerySet[Entry]:
    """The departures and overridden consents of others that this manager should look at."""
    return (
        Entry.objects.filter(TO_LOOK_AT, policy.visible(person, Action.REVIEW_RECORD))
        .filter(~Exists(Looked.objects.filter(record=OuterRef("pk"))))
        .exclude(owner=person)
    )


def to_look_at(person: User, record: Record) -> Entry | None:
    """The record's entry when this person should look at it; no statement but for managers."""
    if not policy.can(person, Action.REVIEW_RECORD, record):
        return None
    return unlooked(person).filter(pk=record.pk).first()


def _together(rows: list[Rows]) -> Rows | None:
    if not rows:
        return None
    return rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]


def _found(person: User) -> Iterator[Source]:
    """The rows of every source that can hold something for this person."""
    if policy.can(person, Action.REVIEW_RECORD):
        yield from _of_manager(person)
    if policy.can(person, Action.LIST_OWN_DECISIONS):
        yield from _of_practitioner(person)
    if policy.can(person, Action.SETTLE_DOUBTS):
        yield from _of_lead(person)
    if policy.can(person, Action.READ_PROTOCOLS):
        yield _rows(
            due_protocols(person),
            Why.PROTOCOL,
            F("review_on"),
            thing=F("protocol_id"),
            named=F("title"),
            by=Coalesce("owner__name", Value("")),
            place=F("protocol__organisation__name"),
        )


def _of_manager(person: User) -> Iterator[Source]:
    entries = Entry.objects.filter(policy.visible(person, Action.REVIEW_RECORD))
    others = entries.exclude(owner=person)
    yield _entries(_unanswered(others), Why.URGENT, F("follow_up_due"))
    theirs = policy.visible(person, Action.SEE_OVERDUE_ADVICE) & ~Q(owner=person)
    yield _drafts(theirs, Why.ADVICE)
    yield _entries(others.filter(withdrawal_open=True), Why.WITHDRAWN, _withdrawn_on())
    due = reviews_due(person).filter(review_state=State.WAITING, review_due__lte=clock.today())
    yield _entries(due, Why.REVIEW, F("review_due"))
    why = Case(
        When(consent_overridden=True, then=Value(Why.OVERRIDDEN)),
        default=Value(Why.DEPARTURE),
        output_field=CharField(),
    )
    yield _entries(unlooked(person), why, SEALED_ON)


def _of_practitioner(person: User) -> Iterator[Source]:
    entries = Entry.objects.filter(policy.visible(person, Action.LIST_OWN_DECISIONS))
    yield _entries(_unanswered(entries), Why.OWN_URGENT, F("follow_up_due"))
    yield _drafts(policy.visible(person, Action.WORK_ON_DRAFT), Why.OWN_ADVICE)
    yield _entries(entries.filter(withdrawal_open=True), Why.OWN_WITHDRAWN, _withdrawn_on())
    yield _entries(questions_for(person), Why.QUESTION, SEALED_ON)


def _of_lead(person: User) -> Iterator[Source]:
    yield _entries(escalated_to(person), Why.ESCALATED, F("review_due"), by=Value(""))
    yield _rows(
        with_open_doubts(person),
        Why.DOUBT,
        SEALED_ON,
        thing=F("pk"),
        named=F("reference"),
        by=Value(""),
        place=F("team__name"),
        count=F("asked") - F("settled"),
    )


def _unanswered(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Urgent records whose seven questions are due today or overdue."""
    answered = Draft.objects.filter(acted_on=OuterRef("pk"), record__isnull=False)
    return entries.filter(~Exists(answered), follow_up_due__lte=clock.today())


def _withdrawn_on() -> Expression | F | Subquery:
    events = Event.objects.filter(record=OuterRef("pk"), kind=WITHDRAWN).order_by("id")
    return Subquery(events.values(day=TruncDate("at"))[:1], output_field=DateField())


def _drafts(which: Q, why: Why) -> Source:
    return _rows(
        waiting_too_long(clock.now()).filter(which),
        why,
        TruncDate("parked_since"),
        thing=F("pk"),
        named=Coalesce(KT("answers__about__case_reference"), Value(""), output_field=TextField()),
        by=OWNER,
        place=F("team__name"),
    )


def _entries(entries: QuerySet[Entry], why: Any, on: Any, by: Any = OWNER) -> Source:
    return _rows(
        entries, why, on, thing=F("pk"), named=F("reference"), by=by, place=F("team__name")
    )


def _rows(
    rows: Rows, why: Any, on: Any, *, thing: Any, named: Any, by: Any, place: Any, count: Any = None
) -> Source:
    reason = Value(why, output_field=CharField()) if isinstance(why, Why) else why
    said = {"why_": reason, "thing_": thing, "named_": named, "by_": by, "place_": place, "on_": on}
    return Source(rows.order_by(), said, Value(1) if count is None else count)
