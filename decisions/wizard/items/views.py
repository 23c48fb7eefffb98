"""The page on which the items to share are listed one by one."""

import secrets
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions.wizard.access import draft_for
from decisions.wizard.answers import DECIDE, ITEMS, RIGHT_WAY, StepAnswers
from decisions.wizard.autosave import (
    AUTOSAVE,
    ELSEWHERE,
    SEALED,
    UNPROCESSABLE,
    not_saved,
    reasons,
    saved_by_itself,
)
from decisions.wizard.completeness import missing
from decisions.wizard.drafts import AlreadySealed, Saved, Stale, save_step
from decisions.wizard.items.choice import may_list_items
from decisions.wizard.items.forms import ItemsForm, as_sent
from decisions.wizard.items.listed import kept, without
from decisions.wizard.items.replies import show_both_lists, show_too_late
from decisions.wizard.items.rules import TOO_MANY
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.presentation import progress
from decisions.wizard.replies import see_other
from decisions.wizard.revisions import Page
from decisions.wizard.sent import Sent, read_sent
from decisions.wizard.standing import journey_of
from guidance.rulebook.schema import ItemList
from infoshare.people.models import User

ADD, REMOVE = "add", "remove-"
KEEPING = (ADD, "back", "leave", "urgent")  # what was typed is kept, ready or not


@dataclass(frozen=True, slots=True)
class _Page:
    """A person at the list of one draft."""

    request: HttpRequest
    person: User
    draft: Draft
    journey: Journey
    words: ItemList

    @property
    def held(self) -> StepAnswers:
        """The list as the draft holds it."""
        held: StepAnswers = self.draft.answers.get(ITEMS, {})
        return held


@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The list of one draft; a POST saves it, adds to it, takes from it or goes on."""
    page = _page_of(request, draft_id)
    if request.method == "POST":
        return _save(page)
    if hasattr(page.draft, "record"):
        return see_other("decisions:record", record_id=page.draft.record.pk)
    if not may_list_items(page.journey):
        return see_other("decisions:resume", draft_id=draft_id)
    return _show(page, ItemsForm(page.words, page.held, adding="add" in request.GET))


def _page_of(request: HttpRequest, draft_id: uuid.UUID) -> _Page:
    draft = draft_for(request, draft_id)
    journey = journey_of(draft)
    if journey.edition.items is None or not isinstance(request.user, User):
        raise Http404
    return _Page(request, request.user, draft, journey, journey.edition.items)


def _show(page: _Page, form: ItemsForm, sent: Sent | None = None) -> HttpResponse:
    context = {
        "draft": page.draft,
        "edition": page.journey.edition,
        "guide": page.words.guide,
        "words": page.words,
        "form": form,
        "based_on": sent.based_on if sent else page.draft.revision,
        "page": (sent and sent.page) or uuid.uuid4(),
        "turn": sent.turn if sent else 0,
        "returns": _returns(page),
        "progress": progress(page.journey, RIGHT_WAY),
    }
    return TemplateResponse(page.request, "decisions/items.html", context)


# --- Saving -------------------------------------------------------------------------------------


def _save(page: _Page) -> HttpResponse:
    typed, sent = as_sent(page.request.POST), read_sent(page.request.POST, page.draft.revision)
    number = sent.go.removeprefix(REMOVE)
    is_removal = sent.go.startswith(REMOVE) and number.isdecimal()
    if is_removal:
        typed = without(typed, number)
    form = ItemsForm(page.words, page.held, typed)
    if sent.go == AUTOSAVE:
        return _autosave(page, form, typed, sent)
    keeping = is_removal or sent.go in KEEPING
    if not form.can_be_kept() or (form.errors and not keeping):
        return _show(page, form, sent)
    if sent.go == ADD and not form.room:
        form.refuse_more()
        return _show(page, form, sent)
    given = kept(typed, page.held)
    try:
        _write(page, given, sent)
    except Stale as stale:
        return show_both_lists(page.request, page.draft, page.words, stale, given)
    except AlreadySealed as sealed:
        return show_too_late(page.request, page.words, sealed, given)
    return _on(page, sent.go, given)


def _autosave(page: _Page, form: ItemsForm, typed: StepAnswers, sent: Sent) -> HttpResponse:
    """Keep what was typed, ready or not, and say when; or why not."""
    if not form.can_be_kept():
        return not_saved(reasons(form, form.lacking) or TOO_MANY, UNPROCESSABLE)
    try:
        saved = _write(page, kept(typed, page.held), sent)
    except Stale:
        return not_saved(ELSEWHERE)
    except AlreadySealed:
        return not_saved(SEALED)
    return saved_by_itself(saved.revision, saved.saved_at)


def _write(page: _Page, given: StepAnswers, sent: Sent) -> Saved:
    return save_step(
        draft_id=page.draft.pk,
        person=page.person,
        step=ITEMS,
        given=given,
        based_on=sent.based_on,
        page=Page(sent.page, sent.turn, sent.go == AUTOSAVE),
    )


def _on(page: _Page, go: str, given: StepAnswers) -> HttpResponse:
    """Where the button leads, now that everything is saved."""
    asked = {"return": DECIDE} if _returns(page) else {}
    if go == ADD:
        # Never the same address twice: a script that is led to its own page only scrolls.
        asked["add"] = secrets.token_hex(3)
        to = reverse("decisions:items", kwargs={"draft_id": page.draft.pk})
        return HttpResponseRedirect(f"{to}?{urlencode(asked)}#new-item", status=303)
    if go.startswith(REMOVE):
        messages.success(page.request, "The item is removed. The other items are kept.")
        return see_other("decisions:items", asked, draft_id=page.draft.pk)
    if go == "urgent":
        return see_other("decisions:act-first", draft_id=page.draft.pk)
    if go == "leave":
        messages.success(page.request, "Saved. You can carry on from any device.")
        return see_other("home")
    if not may_list_items(page.journey):
        messages.info(page.request, "Your list is kept in this draft. Nothing is shared by it now.")
        return see_other("decisions:resume", draft_id=page.draft.pk)
    return see_other("decisions:step", draft_id=page.draft.pk, step=_next_step(page, go))


def _next_step(page: _Page, go: str) -> str:
    if _returns(page):
        return DECIDE
    held: Any = page.draft.answers.get(RIGHT_WAY, {})
    if go == "back" or missing(page.journey, RIGHT_WAY, held):
        return RIGHT_WAY
    return DECIDE


def _returns(page: _Page) -> bool:
    """Whether the person came from the page of the decision."""
    asked = page.request.POST.get("return") or page.request.GET.get("return")
    return bool(asked == DECIDE)
