"""Writers of advice: a brief, a note of advice. Each is one transaction."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from decisions.wizard.advice.models import Advice, Brief
from decisions.wizard.drafts import lock_for
from infoshare import clock
from infoshare.people.models import User


class StaleBrief(Exception):
    """The brief was saved with other words since the page was made; nothing was saved."""

    def __init__(self, newest: Brief) -> None:
        self.newest = newest
        super().__init__("the brief was saved in between")


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
