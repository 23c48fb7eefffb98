"""The review of one record, its practitioner's answer, and what waits for a reviewer."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from decisions.records.access import record_for
from decisions.records.events import note_viewed
from decisions.records.models import Record
from decisions.records.views import page_context
from decisions.review import words
from decisions.review.forms import ReviewForm, WordsForm
from decisions.review.results import Result, State
from decisions.review.shown import conversation, who_may
from decisions.review.standing import Reviewed, reviewed
from decisions.review.writers import Changed, Closed, Refused, answer_question, review
from decisions.wizard.replies import CONFLICT, see_other
from decisions.wizard.urgent.due import readable
from infoshare.people import policy
from infoshare.people.models import User

FORBIDDEN = 403


@require_http_methods(["GET", "HEAD", "POST"])
def review_record(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The record with what a reviewer can say; a POST says it and leads to the record."""
    person, record = record_for(request, record_id, policy.Action.READ_RECORD)
    if record.owner_id == person.pk:
        return _own(request, record)
    if not policy.can(person, policy.Action.REVIEW_RECORD, record):
        raise Http404
    now = reviewed(record)
    if request.method != "POST":
        form = ReviewForm(record=record, standing=now.standing, seen=now.seen)
        return _page(request, person, record, now, form)
    form = ReviewForm(request.POST, record=record, standing=now.standing, seen=now.seen)
    if not form.is_valid():
        return _page(request, person, record, now, form)
    given = form.cleaned_data
    result = Result(given.pop("result"))
    try:
        review(record=record, person=person, result=result, **given)
    except Closed as closed:
        return _page(request, person, record, closed.now, form, is_late=True)
    except Changed as changed:
        return _page(request, person, record, changed.now, form, is_changed=True)
    except Refused as refused:
        form.refuse(refused.messages)
        return _page(request, person, record, now, form)
    messages.success(request, words.DONE[result])
    return see_other("decisions:record", record_id=record.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The page on which a practitioner answers the reviewer's question."""
    person, record = record_for(request, record_id, policy.Action.ANSWER_REVIEW)
    now = reviewed(record)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label="Your answer",
        hint="It is added to the record, which stays as it is. Everybody who may read the record "
        "will see it.",
        missing=words.MISSING[Result.ANSWERED],
    )
    if form.is_valid():
        try:
            answer_question(record=record, person=person, **form.cleaned_data)
        except Closed as closed:
            return _answer_page(request, person, record, closed.now, form, is_late=True)
        messages.success(request, "Your answer is added to the record. Your reviewer sees it.")
        return see_other("decisions:record", record_id=record.pk)
    return _answer_page(request, person, record, now, form)


def _page(
    request: HttpRequest,
    person: User,
    record: Record,
    now: Reviewed,
    form: ReviewForm,
    *,
    is_late: bool = False,
    is_changed: bool = False,
) -> HttpResponse:
    note_viewed(record=record, person=person)
    if is_changed or is_late:
        form.show_seen(now.seen)
    call = now.open_call
    # All of it under one name: the record's page has names of its own.
    reviewing: dict[str, Any] = {
        "is_late": is_late,
        "is_changed": is_changed,
        "is_closed": now.standing.is_closed,
        "is_sample": call is not None and call.kind == call.SAMPLE,
        "end": now.end,
        "last": now.last or now.end,
        "conversation": conversation(now),
        "reasons": words.reasons(call.reasons) if call else [],
        "due": readable(call.due_on) if call else "",
        "chosen": {value: label for value, label, _ in words.CHOICES},
    }
    context = {**page_context(person, record), "form": form, "now": reviewing}
    status = CONFLICT if is_late or is_changed else 200
    return TemplateResponse(request, "decisions/review/review.html", context, status=status)


def _answer_page(
    request: HttpRequest,
    person: User,
    record: Record,
    now: Reviewed,
    form: WordsForm,
    *,
    is_late: bool = False,
) -> HttpResponse:
    note_viewed(record=record, person=person)
    is_asked = now.standing.state is State.ASKED
    context = {
        "record": record,
        "form": form,
        "asked": now.last if is_asked else None,
        "is_late": is_late,
        "conversation": conversation(now),
    }
    status = CONFLICT if is_late else 200
    return TemplateResponse(request, "decisions/review/answer.html", context, status=status)


def _own(request: HttpRequest, record: Record) -> HttpResponse:
    context = {
        "record": record,
        "who_may": who_may(record),
        "typed": request.POST.get("words", ""),
        "may_name_cover": policy.can(request.user, policy.Action.NAME_COVER, record),
    }
    return TemplateResponse(request, "decisions/review/own.html", context, status=FORBIDDEN)
