"""Call a record for review: at its seal, by the rules of its organisation, or by a sample."""

import datetime

from django.db import transaction

from decisions.records.models import Record
from decisions.register.models import Entry
from decisions.review.models import ReviewCall, Sample
from decisions.review.needs import Facts, Why, authorisation_of, needs_review
from decisions.review.results import State
from decisions.review.rules import rules_of
from decisions.wizard.answers import SHARING
from decisions.wizard.models import Draft
from decisions.working_days import ENGLAND, after
from guidance.rulebook.schema import Outcome
from infoshare import clock


def call_for_review(*, record: Record) -> ReviewCall | None:
    """The call that the rules in force make for a record that is being sealed; None without one.

    Within the transaction that seals it, after its entry and before its leaf.
    """
    in_force = rules_of(record.organisation_id)
    facts = facts_of(record)
    why = needs_review(facts, in_force.rules)
    if not why:
        return None
    call = ReviewCall.objects.create(
        record=record,
        kind=ReviewCall.REVIEW,
        reasons=why,
        authorisation=authorisation_of(facts, in_force.rules),
        due_on=due_on(record, record.sealed_at),
        rules=in_force.version,
        at=record.sealed_at,
    )
    _waits(call)
    return call


def facts_of(record: Record) -> Facts:
    """What the rules ask of a record."""
    draft = record.draft
    is_sharing = record.decision in SHARING and record.outcome in SHARING
    return Facts(
        decision=record.decision,
        rule=record.rule,
        gates=record.gate_answers,
        is_departure=record.is_departure,
        took_advice=record.outcome == Outcome.SEEK_ADVICE or _took_advice(draft),
        acted_first=draft.acted_on_id is not None,
        ended_otherwise=draft.acted_on_id is not None and not is_sharing,
    )


@transaction.atomic
def call_sampled(*, record: Record, sample: Sample) -> ReviewCall:
    """The call for a second look at a record that a sample drew."""
    Draft.objects.select_for_update().get(pk=record.draft_id)
    now = clock.now()
    call = ReviewCall.objects.create(
        record=record,
        kind=ReviewCall.SAMPLE,
        reasons=[Why.SAMPLE],
        due_on=due_on(record, now),
        sample=sample,
        at=now,
    )
    entry = Entry.objects.get(pk=record.pk)
    if entry.review_state in (State.NONE, State.AGREED, State.LEARNING, State.DISAGREED):
        _waits(call)
    return call


def _waits(call: ReviewCall) -> None:
    Entry.objects.filter(pk=call.record_id).update(
        review_state=State.WAITING, review_due=call.due_on, reviewed_at=None
    )


def due_on(record: Record, since: datetime.datetime) -> datetime.date:
    """Until when a review that is wanted since then is due: working days, as the lead has set."""
    return after(since.astimezone(ENGLAND).date(), record.organisation.review_days)


def _took_advice(draft: Draft) -> bool:
    """Whether somebody was asked while it was a draft."""
    return draft.advice.exists() or draft.briefs.exists()
