"""Follow-ups that are due: of one record, of a practitioner, of a manager's teams."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from decisions.records.models import Record
from decisions.wizard.answers import SHARING, URGENT
from decisions.wizard.models import Draft
from decisions.wizard.urgent import due
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import User
from infoshare.people.policy import Person

BEFORE_IT_WAS_KEPT = 2
"""Working days for records that were sealed before a due date was kept with them."""


@dataclass(frozen=True, slots=True)
class Due:
    """An urgent record whose seven questions are not answered and sealed yet."""

    record: Record
    on: date
    is_overdue: bool
    words: str
    draft: Draft | None  # the follow-up, once it is started


def due_follow_ups(person: User) -> list[Due]:
    """The person's own urgent records that wait for their follow-up, the longest due first."""
    return _waiting(policy.visible(person, policy.Action.LIST_OWN_DECISIONS))


def overdue_follow_ups(person: Person) -> list[Due]:
    """Those of a manager's teams that are late, the longest due first; nobody else gets any."""
    if not policy.can(person, policy.Action.SEE_OVERDUE_FOLLOW_UPS):
        return []
    late = Q(follow_up_due__lt=_today()) | Q(follow_up_due__isnull=True)
    visible = policy.visible(person, policy.Action.SEE_OVERDUE_FOLLOW_UPS)
    return [one for one in _waiting(visible & late) if one.is_overdue]


def due_by(day: date) -> QuerySet[Record]:
    """Every urgent record whose follow-up is due on this day, or was before, and is not sealed."""
    return Record.objects.filter(
        ~Exists(Draft.objects.filter(acted_on=OuterRef("pk"), record__isnull=False)),
        entry__follow_up_due__lte=day,
    )


def follow_up_context(person: User, record: Record) -> dict[str, Any]:
    """What a record's page says about acting first and what came after."""
    draft = _follow_up(record)
    sealed = getattr(draft, "record", None)
    acted_on = record.draft.acted_on
    is_sharing = record.decision in SHARING and record.outcome in SHARING
    return {
        "due": None if sealed or record.rule != URGENT else _due(record, draft),
        "may_follow_up": policy.can(person, policy.Action.ADD_TO_RECORD, record),
        "followed_up_by": sealed,
        "acted_on": acted_on,
        "must_stop_after_acting": acted_on is not None and not is_sharing,
    }


def both_of(record: Record) -> tuple[Record, Record] | None:
    """An urgent record and its sealed follow-up, whichever of them is given; None without both."""
    if record.draft.acted_on is not None:
        return record.draft.acted_on, record
    sealed = getattr(_follow_up(record), "record", None)
    return None if sealed is None else (record, sealed)


def _waiting(which: Q) -> list[Due]:
    records: QuerySet[Record] = (
        Record.objects.filter(which, rule=URGENT)
        .exclude(follow_ups__record__isnull=False)
        .select_related("owner", "team", "snapshot")
        .defer("snapshot__body")
        .prefetch_related("follow_ups")
    )
    found = [_due(record, _follow_up(record)) for record in records]
    return sorted(found, key=lambda one: (one.on, one.record.sealed_at))


def _due(record: Record, draft: Draft | None) -> Due:
    on, today = due_date(record), _today()
    return Due(record, on, on < today, due.words(on, today), draft)


def due_date(record: Record) -> date:
    """Until when the seven questions about an urgent record are due."""
    return record.follow_up_due or due.due_on(record.sealed_at, BEFORE_IT_WAS_KEPT)


def _follow_up(record: Record) -> Draft | None:
    return next((one for one in record.follow_ups.all() if one.purged_at is None), None)


def _today() -> date:
    return timezone.localdate(clock.now())
