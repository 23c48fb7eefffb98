"""Seal a draft: one transaction writes record, snapshot, entry, first event and leaf, or nothing.

The job that makes its PDF is left in the same transaction.
"""

import dataclasses
import secrets
import uuid
from datetime import datetime

from django.db import transaction

from decisions import snapshot
from decisions.jobs import want_pdf
from decisions.records import contents, reference
from decisions.records.models import Event, LedgerEntry, Record, Snapshot
from decisions.register.entering import enter
from decisions.review.calling import call_for_review
from decisions.telling.kinds import Kind
from decisions.telling.writers import tell_managers
from decisions.wizard import gate_changes
from decisions.wizard.answers import ABOUT, text
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.completeness import missing
from decisions.wizard.drafts import AlreadySealed, lock_for
from decisions.wizard.golden_rules import sealed_check, self_check
from decisions.wizard.journey import Journey
from decisions.wizard.linked import how_many
from decisions.wizard.models import Draft
from decisions.wizard.own_procedures import procedures_held
from decisions.wizard.standing import journey_of
from decisions.wizard.urgent.due import due_on
from guidance.adoption.words import as_sealed
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import User


class NotReady(Exception):
    """The draft cannot be sealed: a step on its path lacks something, or nothing was decided."""

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(f"step {step!r} is not complete")


class Changed(Exception):
    """The draft was saved since the person looked at it, so they must look again."""


def seal(*, draft_id: uuid.UUID, person: User, seen_revision: int) -> Record:
    """The sealed record of this draft; the record it already became when it was sealed before.

    Every step on the path is checked again inside the transaction. Raises `Changed` when the
    draft is no longer at `seen_revision`, and `NotReady` when a step lacks something.
    """
    try:
        with transaction.atomic(durable=True):
            draft = lock_for(draft_id, person)
            if draft.revision != seen_revision:
                raise Changed
            journey = journey_of(draft)
            _refuse_unready(journey)
            return _write(draft, person, journey)
    except AlreadySealed as earlier:
        return Record.objects.get(pk=earlier.record_id)


def _refuse_unready(journey: Journey) -> None:
    for step in journey.steps:
        if missing(journey, step, journey.answers.get(step, {})):
            raise NotReady(step)
    if journey.conclusion.outcome is Outcome.INCOMPLETE:
        raise NotReady(journey.first_open)


def _write(draft: Draft, person: User, journey: Journey) -> Record:
    around = _circumstances(draft, person, journey)
    advice = _advice(draft)
    sections = contents.sections(
        journey,
        around,
        advice,
        golden_rules=sealed_check(self_check(journey, [one.question for one in advice])),
        changes=gate_changes.changes(journey.edition, draft.answer_saves()),
        procedures=procedures_held(draft, journey),
    )
    salts = {name: secrets.token_bytes(snapshot.SALT_BYTES) for name in sections}
    sealed = snapshot.write(sections, salts)
    record = Record.objects.create(
        id=uuid.UUID(around.record_id),
        reference=around.reference,
        draft=draft,
        owner=draft.owner,
        team=draft.team,
        organisation=draft.organisation,
        edition_id=draft.edition_id,
        gate_answers=dict(journey.conclusion.path.answers),
        outcome=journey.conclusion.outcome,
        rule=sections["outcome"]["rule"],
        decision=contents.decision(journey),
        is_departure=sections["decision"]["departure"],
        started_at=around.started_at,
        sealed_at=around.sealed_at,
        commitment=sealed.commitment,
        follow_up_due=around.follow_up_due,
    )
    Snapshot.objects.create(
        record=record,
        case_reference=text(journey.answers, ABOUT, "case_reference"),
        body=sealed.body,
    )
    event = Event.objects.create(
        record=record, kind=Event.SEALED, actor=person, at=around.sealed_at
    )
    enter(record=record, sections=sections)
    if journey.is_urgent:
        tell_managers(kind=Kind.URGENT_SEALED, record=record)
    call_for_review(record=record)
    want_pdf(record.pk)
    # Last, because the ledger is locked from here until the transaction ends.
    appended = ledger.append(
        type=Type.SEALED,
        record=record.pk,
        commitment=sealed.commitment,
        actor=person.pseudonym,
        at=around.sealed_at,
    )
    LedgerEntry.objects.create(event=event, leaf_id=appended.seq)
    return record


def _advice(draft: Draft) -> list[contents.AdviceTaken]:
    names = [each.name for each in dataclasses.fields(contents.AdviceTaken)]
    return [contents.AdviceTaken(**row) for row in draft.advice.values(*names)]


def _handed_over(draft: Draft) -> tuple[datetime, ...]:
    events = draft.events.filter(kind=DraftEvent.HANDED_OVER).order_by("id")
    return tuple(events.values_list("at", flat=True))


def _circumstances(draft: Draft, person: User, journey: Journey) -> contents.Circumstances:
    team, organisation, now = draft.team, draft.organisation, clock.now()
    return contents.Circumstances(
        record_id=str(uuid.uuid4()),
        reference=reference.new(),
        practitioner=(str(person.pk), person.name),
        team=(str(team.pk), team.name),
        organisation=(str(organisation.pk), organisation.name, organisation.sector),
        started_at=draft.started_at,
        sealed_at=now,
        follows=draft.follows.reference if draft.follows else None,
        handed_over=_handed_over(draft),
        linked=how_many(draft),
        adopted=as_sealed(draft.standing.adopted(journey.edition)),
        follow_up_due=due_on(now, organisation.follow_up_days) if journey.is_urgent else None,
    )
