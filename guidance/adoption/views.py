"""Which edition an organisation uses: the pages of its information governance lead."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guidance import stored
from guidance.adoption.forms import AdoptForm
from guidance.adoption.listing import History, histories
from guidance.adoption.models import Adoption
from guidance.adoption.standing import standing_of
from guidance.adoption.words import day
from guidance.adoption.writers import (
    NotThen,
    Refused,
    adopt_edition,
    end_adoption,
    withdraw_adoption,
)
from guidance.rulebook import catalogue
from guidance.rulebook.compare import compare
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation, User

CONFLICT = 409
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def adoptions(request: HttpRequest) -> HttpResponse:
    """What each organisation that this person leads has adopted: now, to come, and before."""
    found = histories(_lead(request))
    return render(request, "guidance/adoption/adoptions.html", {"histories": found})


@get_or_post
def adopt(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The page on which an edition is adopted for one organisation."""
    lead = _lead(request, hidden=True)
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None or organisation.pk not in _led(lead):
        raise Http404
    form = AdoptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = adopt_edition(organisation=organisation, person=lead, **form.given())
            messages.success(request, f"The edition is adopted from {day(made.begins_on)}.")
            return _to_list()
        except Refused as refused:
            for field, message in refused.messages.items():
                form.add_error(field, message)
    return _adopt_page(request, form, organisation)


@get_or_post
def end(request: HttpRequest, adoption_id: uuid.UUID) -> HttpResponse:
    """The page on which an adoption is withdrawn before it begins, or ended today."""
    lead, adoption = _adoption(request, adoption_id)
    go = request.POST.get("go", "")
    writer = {"withdraw": withdraw_adoption, "end": end_adoption}.get(go)
    if request.method == "POST" and writer is not None:
        try:
            writer(adoption=adoption, person=lead)
        except NotThen:
            return _end_page(request, adoption, is_late=True)
        done = "withdrawn" if go == "withdraw" else "ended. Today is its last day"
        messages.success(request, f"The adoption is {done}.")
        return _to_list()
    return _end_page(request, adoption)


@require_safe
def changes(request: HttpRequest, adoption_id: uuid.UUID) -> HttpResponse:
    """The adopted copy of an edition beside the one that ships today, whatever differs."""
    _, adoption = _adoption(request, adoption_id)
    left = stored.edition(adoption.edition_id)
    right = catalogue.shipped().get(left.id)
    if right is None:
        raise Http404
    context = {
        "left": left,
        "right": right,
        "standings": [standing_of(adoption.organisation_id)],
        "left_name": "Adopted copy",
        "right_name": "As it ships today",
        "other_files": [name for name, held in left.files.items() if right.files[name] != held],
        "comparison": compare(left, right),
        "crosswalks": [],
        "back": reverse("adoption:adoptions"),
    }
    return render(request, "guidance/compare.html", context)


def _lead(request: HttpRequest, *, hidden: bool = False) -> User:
    """The person, who leads some organisation; else 403, or 404 for a thing's address."""
    person = request.user
    if isinstance(person, User) and policy.can(person, policy.Action.ADOPT_EDITION):
        return person
    raise Http404 if hidden else PermissionDenied("Only a lead adopts an edition")


def _led(lead: User) -> frozenset[uuid.UUID]:
    return policy.reach_of(lead, policy.Action.ADOPT_EDITION).organisations


def _adoption(request: HttpRequest, adoption_id: uuid.UUID) -> tuple[User, Adoption]:
    """The lead and an adoption of an organisation that they lead; else 404."""
    lead = _lead(request, hidden=True)
    found = Adoption.objects.select_related("organisation", "edition", "end").filter(pk=adoption_id)
    adoption = found.filter(organisation__in=_led(lead)).first()
    if adoption is None:
        raise Http404
    return lead, adoption


def _to_list() -> HttpResponse:
    return HttpResponseRedirect(reverse("adoption:adoptions"), status=303)


def _adopt_page(request: HttpRequest, form: AdoptForm, organisation: Organisation) -> HttpResponse:
    training = [one for one in catalogue.shipped().values() if one.status == "withdrawn"]
    context = {
        "form": form,
        "history": History.of(organisation),
        "training": training,
        "today": clock.today(),
    }
    return render(request, "guidance/adoption/adopt.html", context)


def _end_page(request: HttpRequest, adoption: Adoption, *, is_late: bool = False) -> HttpResponse:
    history = History.of(adoption.organisation)
    row = next((one for one in history.rows if one.adoption.pk == adoption.pk), None)
    context: dict[str, Any] = {"history": history, "row": row, "is_late": is_late}
    if row is None:
        raise Http404
    status = CONFLICT if is_late else 200
    return render(request, "guidance/adoption/end.html", context, status=status)
