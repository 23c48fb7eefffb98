"""Say something in a review: one transaction, one row, one event, one leaf.

The draft's row is locked, as for everything that is added to a record: of two reviewers at once
one comes first, and the other is told what happened. The same page sent twice is one review.
"""

import json
import uuid
from typing import Any

from django.db import transaction

from decisions.records.events import add_event
from decisions.records.models import Record
from decisions.register.models import Entry
from decisions.review.calling import due_on
from decisions.review.models import Review, ReviewCall
from decisions.review.results import BY_REVIEWER, ENDS, NEEDS_WORDS, OPEN, Result
from decisions.review.standing import ANSWERED, REVIEWED, Reviewed, reviewed
from decisions.review.words import MISSING, facts, sentence
from decisions.telling.reviews import tell_of_review
from decisions.wizard.models import Draft
from guidance import stored
from infoshare import clock
from infoshare.ledger.leaf import Type
from infoshare.people.covering import reviewers_of
from infoshare.people.models import User
from infoshare.typed_text import is_blank


class OwnDecision(Exception):
    """Nobody reviews their own decision."""


class Closed(Exception):
    """Nothing of the kind can be said now; `now` is how the review stands."""

    def __init__(self, now: Reviewed) -> None:
        self.now = now
        super().__init__("the review does not allow this now")


class Changed(Exception):
    """Something was added to the record since the reviewer's page was made."""

    def __init__(self, now: Reviewed) -> None:
        self.now = now
        super().__init__("the record has something new")


class Refused(Exception):
    """What is wrong, by field."""

    def __init__(self, messages: dict[str, str]) -> None:
        self.messages = messages
        super().__init__(", ".join(messages.values()))


@transaction.atomic
def review(
    *,
    record: Record,
    person: User,
    page: uuid.UUID,
    result: Result,
    words: str,
    seen: int,
    question: str = "",
) -> Review:
    """What this person said about the record in a review, kept.

    `seen` is the last event that their page showed. Raises `OwnDecision`, `Closed`, `Changed` and
    `Refused`; nothing is written then.
    """
    if result not in BY_REVIEWER:
        raise ValueError(f"{result} is not for a reviewer to say")
    return _say(record, person, page, result, words, question, seen=seen)


@transaction.atomic
def answer_question(*, record: Record, person: User, page: uuid.UUID, words: str) -> Review:
    """The practitioner's answer to the reviewer's question, added to the record.

    Raises `Closed` when no question is open, and `Refused`.
    """
    return _say(record, person, page, Result.ANSWERED, words, "")


@transaction.atomic
def advise(*, record: Record, person: User, page: uuid.UUID, words: str) -> Review:
    """The lead's advice to the reviewer. Raises `OwnDecision`, `Closed` and `Refused`."""
    return _say(record, person, page, Result.ADVISED, words, "")


def _say(
    record: Record,
    person: User,
    page: uuid.UUID,
    result: Result,
    words: str,
    question: str,
    *,
    seen: int | None = None,
) -> Review:
    if (record.owner_id == person.pk) != (result is Result.ANSWERED):
        raise OwnDecision
    # One at a time from here on, together with what is added to the record.
    Draft.objects.select_for_update().get(pk=record.draft_id)
    once = uuid.uuid5(page, json.dumps(["review", result, question, words]))
    earlier = Review.objects.filter(record=record, event__once=once).first()
    if earlier is not None:
        return earlier
    now = reviewed(record)
    if not now.standing.allows(result):
        raise Closed(now)
    if seen is not None and seen != now.seen:
        raise Changed(now)
    _refuse_wrong(record, result, words, question)
    if result in ENDS:
        _refuse_the_same(record, person, now)
    return _keep(record, person, now, once, result, words, question)


def _refuse_wrong(record: Record, result: Result, words: str, question: str) -> None:
    messages: dict[str, str] = {}
    if result in NEEDS_WORDS and is_blank(words):
        messages["words"] = MISSING[result]
    if question and question not in record.gate_answers:
        messages["question"] = "Choose a question of this record, or the decision as a whole"
    if messages:
        raise Refused(messages)


def _refuse_the_same(record: Record, person: User, now: Reviewed) -> None:
    """A second look is for another pair of eyes, where there is one."""
    call, end = now.open_call, now.end
    if call is None or call.kind != ReviewCall.SAMPLE or end is None or end.by_id != person.pk:
        return
    others = [
        one.name
        for one in reviewers_of(record.team_id)
        if one.pk not in (person.pk, record.owner_id)
    ]
    if others:
        names = " or ".join(others)
        raise Refused(
            {"result": f"You reviewed this decision already. The second look is for {names}"}
        )


def _keep(
    record: Record,
    person: User,
    now: Reviewed,
    once: uuid.UUID,
    result: Result,
    words: str,
    question: str,
) -> Review:
    call = now.open_call
    last = now.last
    if result is Result.ANSWERED and last is not None:
        question = last.question
    title, kind = _title(record, question), call.kind if call else ""
    details: dict[str, Any] = {
        "result": result,
        "words": words,
        "question": question,
        "title": title,
        "kind": kind,
        "seen": now.seen,
        # What the timeline and the PDF of what happened afterwards tell of it.
        "sentence": sentence(result, kind),
        "facts": facts(result, title, words),
    }
    is_answer = result is Result.ANSWERED
    tell_of_review(record=record, result=result, once=once, before=last.by if last else None)
    _enter(record, now, result)
    event = add_event(
        record=record,
        kind=ANSWERED if is_answer else REVIEWED,
        person=person,
        details=details,
        once=once,
        leaf=Type.ADDED_TO if is_answer else Type.REVIEWED,
    )
    return Review.objects.create(
        event=event,
        record=record,
        call=call,
        result=result,
        question=question,
        seen_id=now.seen,
        by=person,
        at=event.at,
    )


def _enter(record: Record, now: Reviewed, result: Result) -> None:
    """How the record stands after this, in its entry of the register.

    What is open has a day until which it is due and was not reviewed yet: that is what the lists
    look for, by an index.
    """
    after_it = now.with_said(result)
    if after_it.standing.state in OPEN:
        call = after_it.open_call
        due = call.due_on if call else due_on(record, clock.now())
        changes = {"review_due": due, "reviewed_at": None}
    elif result in ENDS:
        changes = {"review_due": None, "reviewed_at": clock.now()}
    else:
        return
    Entry.objects.filter(pk=record.pk).update(review_state=after_it.standing.state, **changes)


def _title(record: Record, question: str) -> str:
    if not question:
        return ""
    return stored.edition(record.edition_id).question(question).guide.title
