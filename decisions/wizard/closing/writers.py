"""Writers that close a draft, bring it back, or remove its text. Each is one transaction."""

import uuid
from typing import Any

from django.db import transaction

from decisions.afterwards.timeline import open_draft
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.closing.state import KEPT, can_come_back, is_closed
from decisions.wizard.drafts import HandedOver, lock_for, lock_open_or_not
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import User


class TooLate(Exception):
    """The draft was closed too long ago to be brought back."""


class DecidedElsewhere(Exception):
    """The record that the draft decides anew has another open draft by now."""

    def __init__(self, other: Draft) -> None:
        self.other = other
        super().__init__(f"draft {other.pk} is open")


@transaction.atomic
def discard(*, draft_id: uuid.UUID, person: User, reason: str) -> Draft:
    """The draft, closed by its owner; `reason` is one of `reasons.REASONS`, or "".

    Raises what `lock_for` raises: a draft is discarded once, and never when it is sealed.
    """
    draft = lock_for(draft_id, person)
    _close(draft, DraftEvent.DISCARDED, person, {"reason": reason})
    return draft


@transaction.atomic
def bring_back(*, draft_id: uuid.UUID, person: User) -> Draft:
    """The draft, open again and with its full time; an open one as it is.

    Raises `AlreadySealed`, `HandedOver`, `TooLate`, and `DecidedElsewhere` when somebody began
    to decide the same record anew in between.
    """
    _lock_what_it_follows(draft_id)
    draft = lock_open_or_not(draft_id)
    if draft.owner_id != person.pk:
        raise HandedOver(draft)
    if not is_closed(draft):
        return draft
    if not can_come_back(draft):
        raise TooLate
    _refuse_second_draft(draft)
    if draft.closed_at is None:
        _note(draft, DraftEvent.EXPIRED, None, {"days": draft.organisation.draft_days})
    draft.closed_at, draft.renewed_at = None, clock.now()
    draft.save(update_fields=["closed_at", "renewed_at"])
    _note(draft, DraftEvent.BROUGHT_BACK, person, {})
    return draft


@transaction.atomic
def expire(*, draft_id: uuid.UUID) -> bool:
    """Whether the draft's time had run out, and it is written down now that it has closed."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("organisation")
    found = draft.get(pk=draft_id)
    if found.closed_at is not None or not is_closed(found):
        return False
    _close(found, DraftEvent.EXPIRED, None, {"days": found.organisation.draft_days})
    return True


@transaction.atomic
def purge(*, draft_id: uuid.UUID) -> bool:
    """Whether the draft was closed long enough, and all text of it is removed now.

    What stays: the row with its team and owner, when each revision was saved, and the events.
    """
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    closed_at = draft.closed_at
    if hasattr(draft, "record") or draft.purged_at or closed_at is None:
        return False
    if clock.now() < closed_at + KEPT:
        return False
    draft.revisions.update(content={})
    draft.briefs.all().delete()
    draft.advice.all().delete()
    draft.answers, draft.purged_at = {}, clock.now()
    draft.save(update_fields=["answers", "purged_at"])
    _note(draft, DraftEvent.PURGED, None, {})
    return True


def _close(draft: Draft, kind: str, person: User | None, details: dict[str, Any]) -> None:
    draft.closed_at = clock.now()
    draft.save(update_fields=["closed_at"])
    _note(draft, kind, person, details)


def _note(draft: Draft, kind: str, person: User | None, details: dict[str, Any]) -> None:
    DraftEvent.objects.create(draft=draft, kind=kind, actor=person, at=clock.now(), details=details)


def _lock_what_it_follows(draft_id: uuid.UUID) -> None:
    """Wait for whoever is opening the same record again: they lock its draft's row, too."""
    follows = Draft.objects.filter(pk=draft_id).values_list("follows__draft_id", flat=True).first()
    if follows:
        Draft.objects.select_for_update().get(pk=follows)


def _refuse_second_draft(draft: Draft) -> None:
    other = open_draft(draft.follows) if draft.follows else None
    if other:
        raise DecidedElsewhere(other)
