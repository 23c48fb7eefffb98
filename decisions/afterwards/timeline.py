"""What happened to a record since it was sealed, as plain data, oldest first."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from decisions.afterwards import kinds
from decisions.afterwards.rules import Happened, Situation, readable, to_tell
from decisions.doubts.standing import SETTLED
from decisions.records.models import Event, Record
from decisions.review.standing import ANSWERED, REVIEWED
from decisions.wizard.closing.state import open_now
from decisions.wizard.models import Draft
from infoshare import clock

# The kinds of events that are told after the seal.
LATER = (*kinds.KINDS, SETTLED, REVIEWED, ANSWERED)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who must be told that consent was withdrawn, and when they were."""

    key: str
    recipient: str
    told_on: str  # such as "3 March 2026"; "" while they do not know


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: when, who, what in a sentence, and its details in the order of its kind."""

    id: int
    kind: str
    at: datetime
    who: str
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()  # what it is called, text as typed
    to_tell: tuple[ToTell, ...] = ()
    new_draft: uuid.UUID | None = None
    new_record: uuid.UUID | None = None
    new_reference: str = ""


def situation(record: Record) -> Situation:
    """How the record stands at this moment."""
    return Situation(
        decision=record.decision,
        rule=record.rule,
        gates=record.gate_answers,
        decided_on=timezone.localdate(record.sealed_at),
        today=timezone.localdate(clock.now()),
        happened=tuple(map(_happened, _events(record))),
        is_being_decided_anew=open_draft(record) is not None,
    )


def open_draft(record: Record) -> Draft | None:
    """The draft, not sealed or closed, in which this record's case is decided anew."""
    return record.followed_by.filter(open_now()).first()


def timeline(record: Record) -> list[Entry]:
    """The record's events from its seal on, oldest first. Views and exports are not among them."""
    events = _events(record)
    told = {
        one.details["recipient"]: _day(one.details["on"])
        for one in events
        if one.kind == kinds.TOLD
    }
    drafts = {str(one.pk): one for one in record.followed_by.select_related("record")}
    sealed = record.events.filter(kind=Event.SEALED).select_related("actor")
    entries = [
        Entry(one.pk, one.kind, one.at, one.who, "The decision was sealed.") for one in sealed
    ]
    entries += [_entry(one, events, told, drafts) for one in events]
    entries += [*_settled(record), *_reviewed(record)]
    return sorted(entries, key=lambda one: one.id)


def _settled(record: Record) -> list[Entry]:
    """Doubts that the lead has settled; they are no practitioner's to add, so no kind of theirs."""
    settled = record.events.filter(kind=SETTLED).select_related("actor")
    return [
        Entry(
            id=one.pk,
            kind=one.kind,
            at=one.at,
            who=one.who,
            sentence=f"The lead settled a question that was left unsure: {one.details['title']}",
            facts=(("The answer", one.details["words"]),),
        )
        for one in settled
    ]


def _reviewed(record: Record) -> list[Entry]:
    """What was said in reviews, as each event says of itself: `sentence` and `facts`.

    `facts` are pairs of a name and a text; both may be left out.
    """
    reviews = (
        record.events.filter(kind__in=[REVIEWED, ANSWERED]).select_related("actor").order_by("id")
    )
    return [
        Entry(
            id=one.pk,
            kind=one.kind,
            at=one.at,
            who=one.who,
            sentence=one.details.get("sentence") or "The decision was reviewed.",
            facts=tuple((name, text) for name, text in one.details.get("facts", ())),
        )
        for one in reviews
    ]


def _events(record: Record) -> list[Event]:
    known = record.events.filter(kind__in=list(kinds.KINDS))
    return list(known.select_related("actor").order_by("id"))


def _happened(event: Event) -> Happened:
    return Happened(event.pk, event.kind, event.details)


def _entry(
    event: Event, events: list[Event], told: dict[str, str], drafts: dict[str, Draft]
) -> Entry:
    draft = drafts.get(event.details.get("draft", ""))
    record = getattr(draft, "record", None)
    waiting = to_tell(_happened(event)) if event.kind == kinds.WITHDRAWN else {}
    return Entry(
        id=event.pk,
        kind=event.kind,
        at=event.at,
        who=event.who,
        sentence=kinds.KINDS[event.kind].sentence,
        facts=tuple(_facts(event, events)),
        to_tell=tuple(ToTell(key, name, told.get(key, "")) for key, name in waiting.items()),
        new_draft=draft.pk if draft else None,
        new_record=record.pk if record else None,
        new_reference=record.reference if record else "",
    )


def _facts(event: Event, events: list[Event]) -> Iterator[tuple[str, str]]:
    for detail in kinds.KINDS[event.kind].details:
        value = event.details.get(detail.name, "")
        if value and not (event.kind == kinds.WITHDRAWN and detail.name == "tell"):
            yield detail.shown, _words(detail, value, events)


def _words(detail: kinds.Detail, value: str, events: list[Event]) -> str:
    if detail.ask is kinds.Ask.DATE:
        return _day(value)
    if detail.ask is kinds.Ask.ONE_OF_RECORD:
        withdrawals = (one for one in events if one.kind == kinds.WITHDRAWN)
        return next(to_tell(_happened(one))[value] for one in withdrawals)
    return {option: label for option, label, _ in detail.options}.get(value, value)


def _day(text: str) -> str:
    return readable(date.fromisoformat(text))
