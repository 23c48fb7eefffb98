"""The advice page of a question, where advice is noted, and the page of a draft that waits."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.wizard.access import draft_for
from decisions.wizard.advice.forms import AdviceForm, BriefForm, token_of
from decisions.wizard.advice.page import advice_page, draft_context, question_to_ask_again
from decisions.wizard.advice.writers import (
    Given,
    StaleBrief,
    keep_in_brief,
    note_advice,
    save_brief,
)
from decisions.wizard.drafts import AlreadySealed
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.replies import hand_back, see_other
from decisions.wizard.standing import journey_of
from decisions.working_days import ENGLAND
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.people.models import User

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def waiting(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The page of a parked draft: what to do, whom to ask, and the way back to the question."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    journey = _journey(draft)
    if not journey.is_parked:
        return see_other("decisions:step", draft_id=draft.pk, step=journey.first_open)
    question = question_to_ask_again(journey)
    if journey.conclusion.outcome is Outcome.SEEK_ADVICE:
        return advice_page(request, draft, journey, question)
    context = {
        **draft_context(draft, journey, question),
        "rule": journey.conclusion.rule,
        "reasons": journey.conclusion.reasons,
    }
    return TemplateResponse(request, "decisions/waiting.html", context)


@get_or_post
def advice(request: HttpRequest, draft_id: uuid.UUID, question: str) -> HttpResponse:
    """The advice page of a gate that can be opened; a POST saves the brief.

    Words for a gate that is not asked any more are kept all the same.
    """
    draft, journey = _at_gate(request, draft_id, question)
    if request.method != "POST":
        return _turned_away(draft, journey, question) or advice_page(
            request, draft, journey, question
        )
    form = BriefForm(request.POST)
    if not form.is_valid():
        return advice_page(request, draft, journey, question, form)
    try:
        save_brief(
            draft_id=draft.pk,
            person=_person(request),
            question=question,
            text=form.cleaned_data["text"],
            seen=_number(request.POST.get("seen", "")),
        )
    except StaleBrief as stale:
        return advice_page(request, draft, journey, question, form, stale.newest)
    except AlreadySealed as sealed:
        return _too_late(request, sealed, form)
    if _is_urgent(request):
        return see_other("decisions:act-first", draft_id=draft.pk)
    messages.success(request, "Your brief is saved and checked. It was not sent to anyone.")
    return see_other("decisions:advice", draft_id=draft.pk, question=question)


@get_or_post
def note(request: HttpRequest, draft_id: uuid.UUID, question: str) -> HttpResponse:
    """The page on which advice is noted; a POST keeps it and returns to the question."""
    draft, journey = _at_gate(request, draft_id, question)
    is_post = request.method == "POST"
    away = None if is_post else _turned_away(draft, journey, question)
    form = AdviceForm(request.POST) if is_post else AdviceForm(initial=_just_now())
    token = token_of(request.POST.get("token"))
    if _is_urgent(request) and not form.is_valid():
        return _keep_unfinished(request, draft, question, form)
    if away or not form.is_valid():
        return away or _note_page(request, draft, journey, question, form, token)
    try:
        note_advice(
            draft_id=draft.pk,
            person=_person(request),
            question=question,
            given=_given(form),
            token=token,
        )
    except AlreadySealed as sealed:
        return _too_late(request, sealed, form)
    if _is_urgent(request):
        return see_other("decisions:act-first", draft_id=draft.pk)
    messages.success(
        request, "Your note of the advice is kept in this draft. Now answer the question again."
    )
    if not journey.is_reachable(question):
        return see_other("decisions:resume", draft_id=draft.pk)
    return see_other("decisions:step", draft_id=draft.pk, step=question)


# --- Which draft and gate ---------------------------------------------------------------------


def _at_gate(request: HttpRequest, draft_id: uuid.UUID, question: str) -> tuple[Draft, Journey]:
    """The draft with its journey; 404 for a foreign draft and for what is no gate of its own."""
    draft = draft_for(request, draft_id)
    journey = _journey(draft)
    if question not in {gate.id for gate in journey.edition.questions}:
        raise Http404
    return draft, journey


def _journey(draft: Draft) -> Journey:
    return journey_of(draft)


def _turned_away(draft: Draft, journey: Journey, question: str) -> HttpResponse | None:
    """On to the record or the open question, when there is nothing to ask about here."""
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    if not journey.is_reachable(question):
        return see_other("decisions:resume", draft_id=draft.pk)
    return None


def _is_urgent(request: HttpRequest) -> bool:
    """Whether the person said that somebody is at risk now."""
    return request.method == "POST" and request.POST.get("go") == "urgent"


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


# --- Replies ----------------------------------------------------------------------------------


def _note_page(
    request: HttpRequest,
    draft: Draft,
    journey: Journey,
    question: str,
    form: AdviceForm,
    token: uuid.UUID,
) -> HttpResponse:
    context = {**draft_context(draft, journey, question), "form": form, "token": token}
    return TemplateResponse(request, "decisions/advice/note.html", context)


def _too_late(
    request: HttpRequest, sealed: AlreadySealed, form: BriefForm | AdviceForm
) -> HttpResponse:
    """Hand the words back: the draft became a record before they came."""
    rows = [{"label": label, "typed": words} for label, words in _typed(form)]
    return hand_back(request, rows, record_id=sealed.record_id)


def _keep_unfinished(
    request: HttpRequest, draft: Draft, question: str, form: AdviceForm
) -> HttpResponse:
    """On to acting first at once; what was typed so far is kept in the question's brief."""
    begun = "\n".join(f"{label} {words}" for label, words in _typed(form))
    try:
        keep_in_brief(draft_id=draft.pk, person=_person(request), question=question, text=begun)
    except AlreadySealed as sealed:
        return _too_late(request, sealed, form)
    messages.info(request, "The note that you began is kept with the brief for that question.")
    return see_other("decisions:act-first", draft_id=draft.pk)


def _typed(form: BriefForm | AdviceForm) -> list[tuple[str, str]]:
    """Label and text of each field that was typed into."""
    return [
        (str(bound.label), bound.data)
        for bound in form
        if isinstance(bound.data, str) and bound.data
    ]


# --- Values -------------------------------------------------------------------------------------


def _just_now() -> dict[str, Any]:
    """Date and time of this moment, for whoever notes advice right after the call."""
    here = clock.now().astimezone(ENGLAND)
    return {"date": here.date(), "time": f"{here:%H:%M}"}


def _given(form: AdviceForm) -> Given:
    sent = form.cleaned_data
    return Given(
        role=sent["role"],
        asked_at=sent["asked_at"],
        how=sent["how"],
        advised=sent["advised"],
        is_legal=sent["is_legal"] == "yes",
        anonymous=sent["anonymous"] == "yes",
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
