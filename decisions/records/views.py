"""A sealed record: its page. The view is noted before anything is shown."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from decisions import snapshot
from decisions.afterwards.presentation import afterwards
from decisions.copies import WHEREABOUTS
from decisions.doubts.standing import open_titles
from decisions.findings.standing import on_record as findings
from decisions.full_copy.taking import has_more
from decisions.needs_you.sources import to_look_at
from decisions.records import whereabouts
from decisions.records.access import record_for
from decisions.records.events import note_viewed
from decisions.records.models import Event, Record
from decisions.records.procedures import procedures_named
from decisions.review.shown import on_record
from decisions.wizard.advice.sealed import advice_entries
from decisions.wizard.gate_changes import SHOWN, changed_entries
from decisions.wizard.labels import TOLD_LABELS
from decisions.wizard.linked import linked_to
from decisions.wizard.urgent.following import follow_up_context
from infoshare.people import policy
from infoshare.people.models import User


@require_GET
def show(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The record's page, read from its sealed bytes."""
    person, record = record_for(request, record_id, policy.Action.READ_RECORD)
    note_viewed(record=record, person=person)
    return TemplateResponse(request, "decisions/record.html", page_context(person, record))


def page_context(person: User, record: Record) -> dict[str, Any]:
    """What the page of a record shows to this person, whose view was noted before."""
    sections = _readable(person, record)
    return {
        "record": record,
        "sections": sections,
        "told_labels": TOLD_LABELS,
        "own_procedures": [
            (title, one, date.fromisoformat(one["in_force_from"]))
            for title, one in procedures_named(sections)
        ],
        "advice": advice_entries(sections),
        "handed_over": [
            datetime.fromisoformat(one["at"]) for one in sections["people"].get("handed_over", ())
        ],
        "changed": changed_entries(sections),
        "changes_shown": SHOWN,
        "readers": _readers(person, record),
        "sees_all_readers": policy.can(person, policy.Action.SEE_DESK, record),
        "may_take_full_copy": policy.can(person, policy.Action.DOWNLOAD_FULL_COPY, record)
        and has_more(record),
        **afterwards(person, record),
        "linked": linked_to(record.draft, person),
        "open_doubts": open_titles(record),
        "to_look_at": to_look_at(person, record),
        **follow_up_context(person, record),
        **on_record(person, record),
        **findings(person, record),
    }


def _readable(person: User, record: Record) -> dict[str, Any]:
    """The sections as the page may show them to this person."""
    contents = snapshot.read(bytes(record.snapshot.body))
    if not policy.can(person, policy.Action.READ_WHEREABOUTS, record):
        contents.pop(WHEREABOUTS, None)
    return whereabouts.joined(contents)


def _readers(person: User, record: Record) -> list[Event]:
    """Who has read or taken the record, newest first, for those who may see it."""
    if not policy.can(person, policy.Action.SEE_READERS, record):
        return []
    seen = record.events.filter(kind__in=[Event.VIEWED, Event.EXPORTED])
    return list(seen.select_related("actor").order_by("-id")[:50])
