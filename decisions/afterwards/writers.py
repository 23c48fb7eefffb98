"""Writers of what happens to a record after it was sealed. Each is one transaction.

Each takes `page`, the number of the page it was sent from: the same words sent again from the
same page, at once or later, give the event that was kept first. Each raises `Refused` when
`rules.wrong` finds something, and then nothing is written.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from decisions.afterwards import kinds, rules
from decisions.afterwards.timeline import situation
from decisions.records.events import add_event
from decisions.records.models import Event, Record
from decisions.register.entering import note_withdrawal
from decisions.wizard.answers import ABOUT, context
from decisions.wizard.drafts import save_step, start_draft
from decisions.wizard.models import Draft
from guidance.adoption.standing import standing_of
from infoshare.people.models import Team, User

Given = Mapping[str, Any]


class Refused(Exception):
    """The event cannot be: `messages` says what is wrong by field (`rules.WHOLE` for none)."""

    def __init__(self, messages: rules.Messages) -> None:
        self.messages = messages
        super().__init__(", ".join(messages.values()))


@transaction.atomic
def note_shared(
    *,
    record: Record,
    person: User,
    page: uuid.UUID,
    on: date,
    recipient: str,
    method: str,
    receipt: str,
) -> Event:
    """The event that the information was shared."""
    given = {"on": on, "recipient": recipient, "method": method, "receipt": receipt}
    return _add(record, person, page, kinds.SHARED, given)


@transaction.atomic
def note_received(*, record: Record, person: User, page: uuid.UUID, on: date, by: str) -> Event:
    """The event that the recipient confirmed that it reached them."""
    return _add(record, person, page, kinds.RECEIVED, {"on": on, "by": by})


@transaction.atomic
def note_not_shared(*, record: Record, person: User, page: uuid.UUID, on: date, why: str) -> Event:
    """The event that the information could not be shared."""
    return _add(record, person, page, kinds.NOT_SHARED, {"on": on, "why": why})


@transaction.atomic
def note_misdirected(
    *,
    record: Record,
    person: User,
    page: uuid.UUID,
    what: str,
    where: str,
    on: date,
    noticed_on: date,
    done: str,
) -> Event:
    """The event that information went to the wrong place."""
    given = {"what": what, "where": where, "on": on, "noticed_on": noticed_on, "done": done}
    return _add(record, person, page, kinds.MISDIRECTED, given)


@transaction.atomic
def withdraw_consent(
    *, record: Record, person: User, page: uuid.UUID, on: date, words: str, tell: str
) -> Event:
    """The event that consent was withdrawn; `tell` names on each line one who must know."""
    given = {"on": on, "words": words, "tell": tell}
    return _add(record, person, page, kinds.WITHDRAWN, given, before=_must_tell)


@transaction.atomic
def note_recipient_told(
    *, record: Record, person: User, page: uuid.UUID, recipient: str, on: date, reply: str
) -> Event:
    """The event that a recipient (a key of `Situation.untold`) knows of the withdrawal."""
    given = {"recipient": recipient, "on": on, "reply": reply}
    return _add(record, person, page, kinds.TOLD, given, before=_is_told)


@transaction.atomic
def note_objection(
    *, record: Record, person: User, page: uuid.UUID, on: date, who: str, words: str, answer: str
) -> Event:
    """The event that somebody objected."""
    given = {"on": on, "who": who, "words": words, "answer": answer}
    return _add(record, person, page, kinds.OBJECTION, given)


@transaction.atomic
def correct(*, record: Record, person: User, page: uuid.UUID, wrong: str, right: str) -> Event:
    """The event that something in the record is wrong. The record stays as it is."""
    return _add(record, person, page, kinds.CORRECTION, {"wrong": wrong, "right": right})


@transaction.atomic
def note_answered(
    *,
    record: Record,
    person: User,
    page: uuid.UUID,
    style: str,
    to: str,
    their_reference: str,
    text: str,
) -> Event:
    """The event that a letter to the requester was written, with all that stands in it."""
    given = {"style": style, "to": to, "their_reference": their_reference, "text": text}
    organisation = record.organisation.name
    signed = "" if style == kinds.NEITHER else person.name
    return _add(
        record, person, page, kinds.ANSWERED, given, organisation=organisation, signed=signed
    )


@transaction.atomic
def reopen(*, record: Record, person: User, page: uuid.UUID, team: Team, news: str) -> Draft:
    """The draft of a new decision that points back to the record.

    It carries what was said about the case, and no answer to any question: consent least of
    all. It runs on the edition in use; for training, on the record's own as it ships today.
    """
    given = {"news": news}
    earlier = _kept(record, page, kinds.REOPENED, given)
    if earlier:
        return Draft.objects.get(pk=earlier.details["draft"])
    _refuse_wrong(record, kinds.REOPENED, given)
    edition = standing_of(team.organisation_id).for_new_draft(record.edition.edition_id)
    draft = start_draft(owner=person, team=team, edition=edition, follows=record)
    about = context(edition, record.draft.answers)
    save_step(draft_id=draft.pk, person=person, step=ABOUT, given=about, based_on=0)
    _keep(record, person, page, kinds.REOPENED, given, draft=str(draft.pk))
    return draft


def _add(
    record: Record,
    person: User,
    page: uuid.UUID,
    kind: str,
    given: Given,
    *,
    before: Callable[[Record, Given], None] | None = None,
    **more: str,
) -> Event:
    earlier = _kept(record, page, kind, given)
    if earlier:
        return earlier
    _refuse_wrong(record, kind, given)
    if before:
        before(record, given)  # the event comes last, with its leaf
    return _keep(record, person, page, kind, given, **more)


def _must_tell(record: Record, given: Given) -> None:
    if rules.lines(given["tell"]):
        note_withdrawal(record=record, is_open=True)


def _is_told(record: Record, given: Given) -> None:
    if not set(situation(record).untold) - {given["recipient"]}:
        note_withdrawal(record=record, is_open=False)


def _kept(record: Record, page: uuid.UUID, kind: str, given: Given) -> Event | None:
    # One at a time from here on. The draft's row is locked, for the record's own is one that
    # nobody may ever update.
    Draft.objects.select_for_update().get(pk=record.draft_id)
    return record.events.filter(once=_once(page, kind, given)).first()


def _refuse_wrong(record: Record, kind: str, given: Given) -> None:
    messages = rules.wrong(situation(record), kind, given)
    if messages:
        raise Refused(messages)


def _keep(
    record: Record, person: User, page: uuid.UUID, kind: str, given: Given, **more: str
) -> Event:
    return add_event(
        record=record,
        kind=kind,
        person=person,
        details={**_as_json(given), **more},
        once=_once(page, kind, given),
    )


def _once(page: uuid.UUID, kind: str, given: Given) -> uuid.UUID:
    # The words count, too: who goes back, changes them and sends them again means both.
    return uuid.uuid5(page, json.dumps([kind, _as_json(given)], sort_keys=True))


def _as_json(given: Given) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
    }
