"""Writers of advice: a brief, a note of advice, a contact. Each is one transaction."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from decisions.wizard.advice.models import Advice, AdviceContact, Brief
from decisions.wizard.drafts import lock_for
from infoshare import clock
from infoshare.people.models import Organisation, User


class StaleBrief(Exception):
    """The brief was saved with other words since the page was made; nothing was saved."""

    def __init__(self, newest: Brief) -> None:
        self.newest = newest
        super().__init__("the brief was saved in between")


class StaleContact(Exception):
    """The contact was changed since the page was made; nothing was saved."""


class SameContact(Exception):
    """The organisation's list has this role with this way to reach it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One piece of advice as it was noted."""

    role: str
    asked_at: datetime
    how: str
    advised: str
    is_legal: bool
    anonymous: bool


@transaction.atomic
def save_brief(
    *, draft_id: uuid.UUID, person: User, question: str, text: str, seen: int
) -> Brief | None:
    """The brief with these words; None when it has them already, or is new and empty.

    `seen` is the key of the brief that the sender's page showed (0 for none). Raises
    `StaleBrief` when another was saved since, `AlreadySealed` when the draft is a record.
    """
    draft = lock_for(draft_id, person)
    newest = draft.briefs.filter(question=question).order_by("-id").first()
    if newest and newest.text == text:
        return None
    if newest and newest.pk != seen:
        raise StaleBrief(newest)
    draft.saved_at = clock.now()
    draft.save(update_fields=["saved_at"])
    return Brief.objects.create(
        draft=draft, question=question, text=text, by=person, at=draft.saved_at
    )


@transaction.atomic
def keep_in_brief(*, draft_id: uuid.UUID, person: User, question: str, text: str) -> None:
    """Add words to the end of a question's brief, unless they stand there already.

    Raises `AlreadySealed` when the draft is a record.
    """
    draft = lock_for(draft_id, person)
    newest = draft.briefs.filter(question=question).order_by("-id").first()
    held = newest.text if newest else ""
    if text not in held:
        words = f"{held}\n\n{text}" if held else text
        Brief.objects.create(draft=draft, question=question, text=words, by=person, at=clock.now())


@transaction.atomic
def note_advice(
    *, draft_id: uuid.UUID, person: User, question: str, given: Given, token: uuid.UUID
) -> Advice:
    """The entry; the one that this form with these words made already, when it was sent twice.

    Raises `AlreadySealed` when the draft is a record.
    """
    draft = lock_for(draft_id, person)
    words = [question, given.role, given.asked_at.isoformat(), given.how, given.advised]
    marks = [given.is_legal, given.anonymous]
    draft.saved_at = clock.now()
    entry, is_new = Advice.objects.get_or_create(
        draft=draft,
        form=uuid.uuid5(token, json.dumps([*words, *marks])),
        defaults={
            "question": question,
            "role": given.role,
            "asked_at": given.asked_at,
            "how": given.how,
            "advised": given.advised,
            "is_legal": given.is_legal,
            "anonymous": given.anonymous,
            "by": person,
            "at": draft.saved_at,
        },
    )
    if is_new:
        draft.save(update_fields=["saved_at"])
    return entry


@transaction.atomic
def add_contact(
    *, organisation: Organisation, person: User, words: Mapping[str, str]
) -> AdviceContact:
    """The new contact; the one that is there already when the same was sent twice.

    Raises `SameContact` when it is there with other hours.
    """
    # Adding to one list is one at a time, so that two sends cannot both miss the other.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = _same(organisation.pk, words).first()
    if held and held.hours != words["hours"]:
        raise SameContact
    return held or AdviceContact.objects.create(
        organisation=organisation, changed_by=person, changed_at=clock.now(), **words
    )


@transaction.atomic
def change_contact(
    *, contact_id: uuid.UUID, person: User, words: Mapping[str, str], seen: int
) -> AdviceContact:
    """The contact with these words.

    Raises `StaleContact` when somebody changed it since version `seen` or took it off the list,
    and `SameContact` when another entry says the same.
    """
    contact = AdviceContact.objects.get(pk=contact_id)
    Organisation.objects.select_for_update().get(pk=contact.organisation_id)
    contact.refresh_from_db()
    if all(getattr(contact, name) == text for name, text in words.items()):
        return contact
    if contact.version != seen or contact.removed_at:
        raise StaleContact
    if _same(contact.organisation_id, words).exclude(pk=contact.pk).exists():
        raise SameContact
    for name, text in words.items():
        setattr(contact, name, text)
    return _changed(contact, person)


@transaction.atomic
def remove_contact(*, contact_id: uuid.UUID, person: User) -> AdviceContact:
    """The contact, off the list; its row is kept."""
    contact = AdviceContact.objects.select_for_update().get(pk=contact_id)
    if contact.removed_at is None:
        contact.removed_at = clock.now()
        _changed(contact, person)
    return contact


def _changed(contact: AdviceContact, person: User) -> AdviceContact:
    contact.version += 1
    contact.changed_by, contact.changed_at = person, clock.now()
    contact.save()
    return contact


def _same(organisation_id: uuid.UUID, words: Mapping[str, str]) -> QuerySet[AdviceContact]:
    return AdviceContact.objects.filter(
        organisation_id=organisation_id,
        role=words["role"],
        reach=words["reach"],
        removed_at__isnull=True,
    )
