"""Hand a draft over to a colleague: one transaction."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from decisions.telling.kinds import Kind
from decisions.telling.thing import draft_thing
from decisions.telling.writers import Notice, tell_all
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.drafts import lock
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import Role, Team, User


class NoColleague(Exception):
    """The person chosen is not, or no longer, a practitioner of the draft's team."""


class HandedOverAlready(Exception):
    """The draft is no longer with the person whom the manager saw."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.pk} has another owner")


def colleagues(team: Team, *, besides: uuid.UUID) -> QuerySet[User]:
    """The practitioners of the team, by name, without this one."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__team=team,
            memberships__role=Role.PRACTITIONER,
            memberships__ended_at__isnull=True,
        )
        .exclude(pk=besides)
        .distinct()
        .order_by("name", "email")
    )


@transaction.atomic
def hand_over(
    *, draft_id: uuid.UUID, manager: User, to: User, reason: str, seen_owner: uuid.UUID
) -> Draft:
    """The draft, which is the colleague's from now on and has its full time again.

    `seen_owner` is whose it was when the manager looked. The same hand-over sent twice is one.
    Raises `HandedOverAlready`, `NoColleague`, and what `lock` raises.
    """
    draft = lock(draft_id)
    if draft.owner_id != seen_owner:
        if _is_done(draft, manager, to, seen_owner):
            return draft
        raise HandedOverAlready(draft)
    if not colleagues(draft.team, besides=draft.owner_id).filter(pk=to.pk).exists():
        raise NoColleague
    details = {"from": str(draft.owner_id), "to": str(to.pk), "reason": reason}
    draft.owner, draft.renewed_at = to, clock.now()
    draft.save(update_fields=["owner", "renewed_at"])
    event = DraftEvent.objects.create(
        draft=draft,
        kind=DraftEvent.HANDED_OVER,
        actor=manager,
        at=draft.renewed_at,
        details=details,
    )
    tell_all([
        Notice(to.pk, Kind.HANDED_TO_YOU, draft_thing(draft), str(event.pk)),
        Notice(seen_owner, Kind.HANDED_ON, draft_thing(draft, of=seen_owner), str(event.pk)),
    ])  # fmt: skip
    return draft


def _is_done(draft: Draft, manager: User, to: User, seen_owner: uuid.UUID) -> bool:
    last = draft.hand_over
    if last is None or last.actor_id != manager.pk:
        return False
    return (last.details["from"], last.details["to"]) == (str(seen_owner), str(to.pk))
