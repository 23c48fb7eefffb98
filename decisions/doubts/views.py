"""Doubts to settle: the pages of the information governance lead. No text of a case is on them."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.doubts.standing import doubts_of, open_doubts
from decisions.doubts.writers import AlreadySettled, settle_doubt, settled_by
from decisions.records.access import record_for
from decisions.records.models import Event, Record
from decisions.wizard.replies import CONFLICT, see_other
from guidance import stored
from guidance.local import entries
from guidance.local.models import ContactKind
from infoshare.fields import LongTextField
from infoshare.people import policy

LONGEST = 2_000
# Whom a lead may want to ask before answering.
WHO_KNOWS = (
    ContactKind.SAFEGUARDING,
    ContactKind.CALDICOTT,
    ContactKind.PROTECTION,
    ContactKind.OTHER,
)


class AnswerForm(forms.Form):
    """The lead's answer, in words."""

    words = LongTextField(
        label="Your answer",
        help_text="The practitioner and everybody who may read the record will see it.",
        max_length=LONGEST,
        error_messages={"required": "Write your answer: it settles the question"},
    )


@require_GET
def doubts(request: HttpRequest) -> HttpResponse:
    """The doubts that wait for this lead, the longest waiting first."""
    if not policy.can(request.user, policy.Action.SETTLE_DOUBTS):
        raise PermissionDenied("Only an information governance lead settles doubts")
    context = {"doubts": open_doubts(request.user)}
    return TemplateResponse(request, "decisions/doubts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, record_id: uuid.UUID, question: str) -> HttpResponse:
    """The page of one doubt; a POST settles it, for the one lead whose answer comes first."""
    person, record = record_for(request, record_id, policy.Action.SETTLE_DOUBTS)
    if question not in doubts_of(record):
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, record, question, form, settled_by(record, question))
    words = form.cleaned_data["words"]
    try:
        settle_doubt(record=record, question=question, person=person, words=words)
    except AlreadySettled as earlier:
        return _page(request, record, question, form, earlier.event, status=CONFLICT)
    messages.success(request, "The question is settled. The practitioner sees your answer.")
    return see_other("decisions:doubts")


def _page(
    request: HttpRequest,
    record: Record,
    question: str,
    form: AnswerForm,
    settled: Event | None,
    status: int = 200,
) -> HttpResponse:
    edition = stored.edition(record.edition_id)
    context = {
        "record": record,
        "edition": edition,
        "guide": edition.question(question).guide,
        "form": form,
        "settled": settled,
        "contacts": entries.contacts(record.organisation_id, *WHO_KNOWS),
    }
    return TemplateResponse(request, "decisions/doubts/settle.html", context, status=status)
