"""Act first: the page to act from, its short record, and the follow-up of a sealed one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from decisions.records.access import record_for, team_for_draft
from decisions.records.sealing import Changed, NotReady, seal
from decisions.wizard.access import draft_for
from decisions.wizard.answers import text
from decisions.wizard.autosave import (
    AUTOSAVE,
    ELSEWHERE,
    SEALED,
    UNPROCESSABLE,
    not_saved,
    reasons,
    saved_by_itself,
)
from decisions.wizard.drafts import AlreadySealed, Saved
from decisions.wizard.models import Draft
from decisions.wizard.replies import hand_back, see_other
from decisions.wizard.revisions import Page
from decisions.wizard.sent import read_sent
from decisions.wizard.urgent.conflict import show_both_texts
from decisions.wizard.urgent.forms import PLACES, UrgentForm
from decisions.wizard.urgent.page import act_first_page, again_page
from decisions.wizard.urgent.writers import (
    NotUrgent,
    StaleSteps,
    keep_urgent,
    start_again,
    start_follow_up,
)
from guidance import stored
from infoshare.people import policy
from infoshare.people.models import User

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def act_first(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """What to do now and the short record of it; a POST keeps it and seals at once.

    A follow-up was acted on already: its page leads to a new urgent draft.
    """
    draft, person = draft_for(request, draft_id), request.user
    if not isinstance(person, User):
        raise Http404
    is_post = request.method == "POST"
    if draft.acted_on:
        return _act_again(request, draft, person)
    if is_post:
        return _keep_and_go(request, draft, person)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    edition = stored.edition(draft.edition_id)
    return act_first_page(
        request, draft, UrgentForm.showing(edition, draft.answers), draft.revision
    )


@get_or_post
def follow_up(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """A POST starts the follow-up of an urgent record, or goes to the one there is."""
    person, record = record_for(request, record_id, policy.Action.ADD_TO_RECORD)
    here = see_other("decisions:record", record_id=record.pk)
    if request.method != "POST":
        return here
    try:
        draft = start_follow_up(record=record, person=person, team=team_for_draft(person, record))
    except NotUrgent:
        messages.error(
            request,
            "This record does not say that you acted first, so it has nothing to follow up. "
            "If there is something new, decide again.",
        )
        return here
    if hasattr(draft, "record"):
        messages.info(request, "You have answered the seven questions already. This is the record.")
        return see_other("decisions:record", record_id=draft.record.pk)
    if draft.owner_id != person.pk:
        messages.info(request, f"{draft.owner.name} is answering the seven questions.")
        return here
    return see_other("decisions:resume", draft_id=draft.pk)


def _act_again(request: HttpRequest, draft: Draft, person: User) -> HttpResponse:
    if request.method != "POST":
        return again_page(request, draft)
    new = start_again(draft=draft, person=person)
    return see_other("decisions:act-first", draft_id=new.pk)


def _keep_and_go(request: HttpRequest, draft: Draft, person: User) -> HttpResponse:
    form, go = UrgentForm(request.POST), request.POST.get("go", "")
    sent = read_sent(request.POST, draft.revision)
    page, based_on = Page(sent.page, sent.turn, go == AUTOSAVE), sent.based_on
    if go == AUTOSAVE:
        return _autosave(draft, person, form, based_on, page)
    if not form.can_be_kept():
        return act_first_page(request, draft, form, based_on)
    seals = go == "seal" and form.is_valid()
    try:
        saved = keep_urgent(
            draft=draft,
            person=person,
            typed=form.typed(),
            based_on=based_on,
            is_urgent=go != "back",
            is_decided=seals,
            page=page,
        )
    except StaleSteps as stale:
        return show_both_texts(request, draft, form, stale)
    except AlreadySealed as sealed:
        return _too_late(request, draft, form, sealed)
    if go != "seal":
        return _leave(request, draft, go)
    if not seals:
        return act_first_page(request, draft, form, saved.revision)
    return _seal(request, draft, person, form, saved)


def _autosave(
    draft: Draft, person: User, form: UrgentForm, based_on: int, page: Page
) -> HttpResponse:
    """Keep the words and decide nothing by them, not even that it is urgent."""
    if not form.can_be_kept():
        return not_saved(reasons(form, form.lacking), UNPROCESSABLE)
    try:
        saved = keep_urgent(
            draft=draft,
            person=person,
            typed=form.typed(),
            based_on=based_on,
            is_urgent=False,
            is_decided=False,
            page=page,
        )
    except StaleSteps:
        return not_saved(ELSEWHERE)
    except AlreadySealed:
        return not_saved(SEALED)
    return saved_by_itself(saved.revision, saved.saved_at)


def _seal(
    request: HttpRequest, draft: Draft, person: User, form: UrgentForm, saved: Saved
) -> HttpResponse:
    try:
        record = seal(draft_id=draft.pk, person=person, seen_revision=saved.revision)
    except Changed:
        draft.refresh_from_db(fields=["answers", "revision"])
        return act_first_page(request, draft, form, saved.revision, changed_since=True)
    except NotReady as lacking:
        messages.info(request, "What you wrote is kept. This is still needed to seal it.")
        return see_other("decisions:step", draft_id=draft.pk, step=lacking.step)
    messages.success(request, "Sealed. Now answer the seven questions, or do it later.")
    return see_other("decisions:record", record_id=record.pk)


def _leave(request: HttpRequest, draft: Draft, go: str) -> HttpResponse:
    if go == "back":
        return see_other("decisions:step", draft_id=draft.pk, step="urgent")
    if go == "leave":
        messages.success(request, "Saved. You can carry on from any device.")
        return see_other("home")
    return see_other("decisions:act-first", draft_id=draft.pk)


def _too_late(
    request: HttpRequest, draft: Draft, form: UrgentForm, sealed: AlreadySealed
) -> HttpResponse:
    """To the record that the same words became; other words are handed back."""
    draft.refresh_from_db(fields=["answers"])
    typed = form.typed()
    rows = [
        {"label": str(form[name].label), "typed": typed[name]}
        for name, place in PLACES.items()
        if typed[name] and typed[name] != text(draft.answers, *place)
    ]
    if not rows:
        return see_other("decisions:record", record_id=sealed.record_id)
    return hand_back(request, rows, record_id=sealed.record_id)
