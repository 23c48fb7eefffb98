"""Add to a sealed record what happened afterwards, and take all of it away as a PDF."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from decisions import snapshot
from decisions.afterwards import kinds, rules, writers
from decisions.afterwards.addendum import Addendum, addendum_pdf
from decisions.afterwards.forms import EventForm
from decisions.afterwards.timeline import open_draft, situation, timeline
from decisions.records.access import record_for, team_for_draft
from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Event, Record
from decisions.wizard.labels import DECISION_LABELS
from guidance.adoption.words import sealed_review, sentence, short
from guidance.local import entries
from guidance.local.models import ContactKind
from guidance.rulebook.schema import Outcome
from infoshare import clock
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


@require_GET
def afterwards_pdf(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """All that happened so far as a PDF file that names the record; taking it is noted."""
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    document = addendum_pdf(_addendum(record))
    file_hash = hashlib.sha256(document).hexdigest()
    note_exported(record=record, person=person, file_hash=file_hash, what="afterwards")
    name = f"{record.reference}-afterwards.pdf"
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _addendum(record: Record) -> Addendum:
    return Addendum(
        reference=record.reference,
        case_reference=record.snapshot.case_reference,
        decision=DECISION_LABELS[Outcome(record.decision)],
        organisation=record.organisation.name,
        commitment=record.commitment,
        edition=_edition_words(record),
        sealed_at=record.sealed_at,
        made_at=clock.now(),
        entries=timeline(record),
    )


def _edition_words(record: Record) -> str:
    sealed = snapshot.read(bytes(record.snapshot.body))["context"]["edition"]
    review = sentence(sealed_review(sealed, record.organisation.name))
    return f"{sealed['title']} ({sealed['status']}). {review} Digest {short(sealed['digest'])}."


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
