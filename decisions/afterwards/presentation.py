"""What a record's page says about everything that happened since."""

from typing import Any

from django.urls import reverse

from decisions.afterwards import kinds, rules
from decisions.afterwards.timeline import open_draft, situation, timeline
from decisions.records.models import Record
from infoshare.people import policy
from infoshare.people.models import User


def afterwards(person: User, record: Record) -> dict[str, Any]:
    """The timeline, what must not be forgotten now, and what this person may add."""
    now = situation(record)
    may_add = policy.can(person, policy.Action.ADD_TO_RECORD, record)
    return {
        "timeline": timeline(record),
        "must_stop": now.must_stop,
        "withdrawn_on": rules.readable(now.withdrawn_on) if now.withdrawn_on else "",
        "untold": list(now.untold.values()),
        "may_add": may_add,
        "offers": _offers(record, now) if may_add else [],
        "being_decided_anew": open_draft(record) if may_add else None,
    }


def address(record: Record, kind: str) -> str:
    """Where an event of this kind is added to the record."""
    if kind == kinds.ANSWERED:
        return reverse("decisions:letter", kwargs={"record_id": record.pk})
    return reverse("decisions:add", kwargs={"record_id": record.pk, "kind": kind})


def _offers(record: Record, now: rules.Situation) -> list[dict[str, str]]:
    return [
        {"text": kind.offer, "address": address(record, name)}
        for name, kind in kinds.KINDS.items()
        if not rules.barred(now, name)
    ]
