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
from decisions.wizard.completeness import missing
from decisions.wizard.drafts import AlreadySealed, Stale, save_step
from decisions.wizard.items.choice import may_list_items
from decisions.wizard.items.forms import ItemsForm, as_sent
from decisions.wizard.items.listed import kept, without
from decisions.wizard.items.replies import show_both_lists, show_too_late
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.presentation import progress
from decisions.wizard.replies import see_other
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


def _show(page: _Page, form: ItemsForm) -> HttpResponse:
    context = {
        "draft": page.draft,
        "edition": page.journey.edition,
        "guide": page.words.guide,
        "words": page.words,
        "form": form,
        "based_on": page.request.POST.get("based_on", page.draft.revision),
        "returns": _returns(page),
        "progress": progress(page.journey, RIGHT_WAY),
    }
    return TemplateResponse(page.request, "decisions/items.html", context)


# --- Saving -------------------------------------------------------------------------------------


def _save(page: _Page) -> HttpResponse:
    sent, go = as_sent(page.request.POST), page.request.POST.get("go", "continue")
    number = go.removeprefix(REMOVE)
    is_removal = go.startswith(REMOVE) and number.isdecimal()
    if is_removal:
        sent = without(sent, number)
    form = ItemsForm(page.words, page.held, sent)
    keeping = is_removal or go in KEEPING
    if not form.can_be_kept() or (form.errors and not keeping):
        return _show(page, form)
    if go == ADD and not form.room:
        form.refuse_more()
        return _show(page, form)
    given = kept(sent, page.held)
    try:
        _write(page, given)
    except Stale as stale:
        return show_both_lists(page.request, page.draft, page.words, stale, given)
    except AlreadySealed as sealed:
        return show_too_late(page.request, page.words, sealed, given)
    return _on(page, go, given)


def _write(page: _Page, given: StepAnswers) -> None:
    save_step(
        draft_id=page.draft.pk,
        person=page.person,
        step=ITEMS,
        given=given,
        based_on=_based_on(page),
    )


def _based_on(page: _Page) -> int:
    typed = page.request.POST.get("based_on", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    return min(number, page.draft.revision)


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
