"""For managers: drafts that have waited too long for advice."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from decisions.wizard.advice.same_day import age
from decisions.wizard.closing.state import open_now
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people import policy
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class Overdue:
    """A draft that waits, without any text about the case."""

    practitioner: str
    team: str
    case_reference: str
    since: datetime
    age: str


def waiting_too_long(now: datetime) -> QuerySet[Draft]:
    """Every open draft that has waited too long for advice."""
    return Draft.objects.filter(open_now(), advice_late_from__lte=now)


def overdue_advice(person: Person) -> list[Overdue]:
    """The drafts of the person's teams that wait too long for advice, the oldest first.

    One statement; empty, and no statement, for anyone who is not a manager.
    """
    if not policy.can(person, policy.Action.SEE_OVERDUE_ADVICE):
        return []
    now = clock.now()
    late = (
        waiting_too_long(now)
        .filter(policy.visible(person, policy.Action.SEE_OVERDUE_ADVICE))
        .select_related("owner", "team")
        .order_by("parked_since")
    )
    return [_overdue(draft, now) for draft in late]


def _overdue(draft: Draft, now: datetime) -> Overdue:
    since = draft.parked_since or draft.saved_at
    return Overdue(draft.owner.name, draft.team.name, str(draft), since, age(since, now))
