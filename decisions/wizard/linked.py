"""Decisions on one matter about several people: how many, and which of them somebody may see."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from decisions.wizard.closing.state import open_now
from decisions.wizard.models import Draft
from infoshare.people import policy
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class LinkedOne:
    """Another decision on the matter, by its case reference."""

    case_reference: str
    draft_id: uuid.UUID
    record_id: uuid.UUID | None  # None while it is not sealed


@dataclass(frozen=True, slots=True)
class Linked:
    """How many decisions there are on a matter, and those that the reader may see."""

    count: int
    seen: tuple[LinkedOne, ...]

    @property
    def next_open(self) -> LinkedOne | None:
        """The first other decision that the reader can still work on."""
        return next((one for one in self.seen if one.record_id is None), None)


def how_many(draft: Draft) -> int | None:
    """How many decisions there are on the draft's matter; None when it stands alone.

    Drafts that were discarded, or whose time ran out, are not among them.
    """
    if draft.group is None:
        return None
    there = Draft.objects.filter(Q(record__isnull=False) | open_now(), group=draft.group)
    count = there.count()
    return count if count > 1 else None


def linked_to(draft: Draft, person: Person) -> Linked | None:
    """The other decisions on the draft's matter for this reader; None when it stands alone.

    No statement for a draft that stands alone, two for one that does not.
    """
    count = how_many(draft)
    if count is None:
        return None
    may_read = policy.visible(person, policy.Action.READ_RECORD)
    may_work = policy.visible(person, policy.Action.WORK_ON_DRAFT)
    may_see = (Q(record__isnull=False) & may_read) | (open_now() & may_work)
    others = Draft.objects.filter(may_see, group=draft.group).exclude(pk=draft.pk)
    rows = others.order_by("started_at", "pk").values_list(
        "answers__about__case_reference", "pk", "record"
    )
    return Linked(count, tuple(LinkedOne(*row) for row in rows))
