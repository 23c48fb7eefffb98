"""The letter to the requester: choose, read over and change, keep; then its PDF."""

import hashlib
import uuid
from datetime import UTC

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions import snapshot
from decisions.afterwards import kinds, letters, rules, writers
from decisions.afterwards.forms import LetterChoices, LetterWords, PageForm
from decisions.afterwards.timeline import situation
from decisions.afterwards.views import to_event
from decisions.records.access import record_for
from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Event, Record
from infoshare.people import policy
from infoshare.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """First the choices, then the words; keeping them makes the event and so the letter."""
    person, record = record_for(request, record_id, policy.Action.ADD_TO_RECORD)
    now = situation(record)
    if request.method != "POST":
        note_viewed(record=record, person=person)
        return _page(request, record, now, LetterChoices(now=now, reasons=_reasons(record)))
    if request.POST.get("go") == "keep":
        return _keep(request, person, record, now)
    choices = LetterChoices(request.POST, now=now, reasons=_reasons(record))
    if not choices.is_valid():
        return _page(request, record, now, choices)
    return _page(request, record, now, _words(record, now, choices))


@require_GET
def letter_pdf(request: HttpRequest, record_id: uuid.UUID, event_id: int) -> HttpResponse:
    """A letter that was kept, as a PDF file, the same bytes each time."""
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    event = record.events.filter(pk=event_id, kind=kinds.ANSWERED).first()
    if event is None:
        raise Http404
    document = letters.letter_pdf(_letter(event))
    file_hash = hashlib.sha256(document).hexdigest()
    note_exported(record=record, person=person, file_hash=file_hash, what="letter")
    return HttpResponse(
        document,
        content_type="application/pdf",
        # Not the record's reference: the file may be sent on under this name.
        headers={"Content-Disposition": 'attachment; filename="letter.pdf"'},
    )


def _letter(event: Event) -> letters.Letter:
    details = event.details
    return letters.Letter(
        organisation=details["organisation"],
        signed=details["signed"],
        to=details["to"],
        their_reference=details["their_reference"],
        text=details["text"],
        written_at=event.at.astimezone(UTC),
    )


def _reasons(record: Record) -> dict[str, str]:
    """Sentences that may go into the letter, by key: general ones, then the record's own."""
    outcome = snapshot.read(bytes(record.snapshot.body))["outcome"]
    own = {f"record-{one['question']}": one["text"] for one in outcome["reasons"]}
    return {**letters.GENERAL_REASONS, **own}


def _words(record: Record, now: rules.Situation, choices: LetterChoices) -> LetterWords:
    chosen = choices.cleaned_data
    reasons = _reasons(record)
    text = letters.compose(
        [reasons[key] for key in chosen["reasons"]], in_part=now.decision == "share-in-part"
    )
    is_fixed = chosen["style"] == kinds.NEITHER
    return LetterWords(now=now, is_fixed=is_fixed, initial={**chosen, "text": text})


def _keep(request: HttpRequest, person: User, record: Record, now: rules.Situation) -> HttpResponse:
    is_fixed = request.POST.get("style") == kinds.NEITHER
    form = LetterWords(request.POST, now=now, is_fixed=is_fixed)
    if form.is_valid():
        given = {"text": letters.NEITHER_TEXT} | form.cleaned_data
        try:
            event = writers.note_answered(record=record, person=person, **given)
            return HttpResponseRedirect(to_event(record, event), status=303)
        except writers.Refused as refused:
            form.refuse(refused.messages)
    return _page(request, record, now, form)


def _page(
    request: HttpRequest, record: Record, now: rules.Situation, form: PageForm
) -> HttpResponse:
    context = {
        "record": record,
        "words": kinds.KINDS[kinds.ANSWERED],
        "barred": rules.barred(now, kinds.ANSWERED),
        "neither": letters.NEITHER_TEXT,
        "is_last": isinstance(form, LetterWords),
        "form": form,
    }
    return TemplateResponse(request, "decisions/afterwards/letter.html", context)
