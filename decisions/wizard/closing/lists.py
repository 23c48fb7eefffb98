"""A person's own drafts that left their list of "my decisions": closed, or handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.closing.state import KEPT, can_come_back, open_now
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import User
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class Gone:
    """A draft that was this person's and is a colleague's now. It says nothing about the case."""

    started_at: datetime
    team: str
    to: str
    by: str
    at: datetime
    reason: str


def closed_drafts(person: Person) -> list[Draft]:
    """The drafts of theirs that have closed and can be brought back, the newest first."""
    closed = _own(person).filter(Q(record__isnull=True, purged_at__isnull=True) & ~open_now())
    return [draft for draft in closed.order_by("-saved_at") if can_come_back(draft)]


def handed_over(person: Person) -> Sequence[Gone]:
    """The drafts that were handed over from them within the last two weeks, the newest first."""
    events = (
        DraftEvent.objects.filter(
            kind=DraftEvent.HANDED_OVER,
            details__from=str(person.pk),
            at__gt=clock.now() - KEPT,
        )
        .select_related("actor", "draft__team")
        .order_by("-id")
    )
    colleagues = {
        str(one.pk): one.name
        for one in User.objects.filter(pk__in=[event.details["to"] for event in events])
    }
    return [
        Gone(
            started_at=event.draft.started_at,
            team=event.draft.team.name,
            to=colleagues[event.details["to"]],
            by=event.actor.name if event.actor else "",
            at=event.at,
            reason=event.details["reason"],
        )
        for event in events
    ]


def _own(person: Person) -> QuerySet[Draft]:
    own = Draft.objects.filter(policy.visible(person, policy.Action.WORK_ON_DRAFT))
    return own.select_related("team", "organisation", "record")
