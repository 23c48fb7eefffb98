"""Add to a sealed record what happened afterwards."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions import snapshot
from decisions.afterwards import kinds, rules, writers
from decisions.afterwards.forms import EventForm
from decisions.afterwards.timeline import open_draft, situation
from decisions.records.access import record_for, team_for_draft
from decisions.records.events import note_viewed
from decisions.records.models import Event, Record
from guidance.local import entries
from guidance.local.models import ContactKind
from infoshare.people import policy
from infoshare.people.models import User

WRITERS: Mapping[str, Callable[..., Event]] = {
    kinds.SHARED: writers.note_shared,
    kinds.RECEIVED: writers.note_received,
    kinds.NOT_SHARED: writers.note_not_shared,
    kinds.MISDIRECTED: writers.note_misdirected,
    kinds.WITHDRAWN: writers.withdraw_consent,
    kinds.TOLD: writers.note_recipient_told,
    kinds.OBJECTION: writers.note_objection,
    kinds.CORRECTION: writers.correct,
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, record_id: uuid.UUID, kind: str) -> HttpResponse:
    """The page of one kind of event; a POST keeps the event and goes back to the record."""
    person, record = record_for(request, record_id, policy.Action.ADD_TO_RECORD)
    if kind not in WRITERS and kind != kinds.REOPENED:
        raise Http404
    now = situation(record)
    if request.method != "POST":
        note_viewed(record=record, person=person)
        initial = _initial(record, now, kind, request.GET.get("recipient", ""))
        return _page(request, record, now, kind, EventForm(kind=kind, now=now, initial=initial))
    form = EventForm(request.POST, kind=kind, now=now)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_write(person, record, kind, form.given()), status=303)
        except writers.Refused as refused:
            form.refuse(refused.messages)
    return _page(request, record, now, kind, form)


def to_event(record: Record, event: Event) -> str:
    """The address of an event on the record's page."""
    return f"{reverse('decisions:record', kwargs={'record_id': record.pk})}#event-{event.pk}"


def _write(person: User, record: Record, kind: str, given: dict[str, Any]) -> str:
    if kind == kinds.REOPENED:
        team = team_for_draft(person, record)
        draft = writers.reopen(record=record, person=person, team=team, **given)
        return reverse("decisions:resume", kwargs={"draft_id": draft.pk})
    return to_event(record, WRITERS[kind](record=record, person=person, **given))


def _page(
    request: HttpRequest, record: Record, now: rules.Situation, kind: str, form: EventForm
) -> HttpResponse:
    context = {
        "record": record,
        "kind": kind,
        "words": kinds.KINDS[kind],
        "barred": rules.barred(now, kind),
        "open_draft": open_draft(record) if kind == kinds.REOPENED else None,
        "contacts": entries.contacts(record.organisation_id, ContactKind.BREACH)
        if kind == kinds.MISDIRECTED
        else [],
        "form": form,
    }
    return TemplateResponse(request, "decisions/afterwards/add.html", context)


def _initial(record: Record, now: rules.Situation, kind: str, recipient: str) -> dict[str, str]:
    """What the record itself says already, for the person to check."""
    planned = snapshot.read(bytes(record.snapshot.body))["sharing"]
    if kind == kinds.SHARED:
        return {name: " ".join(planned.get(name, "").split()) for name in ("recipient", "method")}
    if kind == kinds.WITHDRAWN:
        shared = [one.details["recipient"] for one in now.happened if one.kind == kinds.SHARED]
        return {"tell": "\n".join(dict.fromkeys(shared or [planned.get("recipient", "")]))}
    return {"recipient": recipient} if kind == kinds.TOLD else {}
