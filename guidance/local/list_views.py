"""Lists that an information governance lead keeps: contacts, and retention classes."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from guidance.local.access import lead_of, led_by, number, see_other
from guidance.local.entries import (
    SameEntry,
    StaleEntry,
    add_entry,
    change_entry,
    current,
    history,
    in_order,
    remove_entry,
)
from guidance.local.entries import contacts as contacts_of
from guidance.local.forms import ContactForm, RetentionForm
from guidance.local.models import Contact, RetentionClass
from guidance.local.suggestions import CHECK, SUGGESTIONS
from infoshare.people import policy
from infoshare.people.models import Organisation, User

CONFLICT = 409
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Kept:
    """What differs between the lists: rows, form, right, addresses and words."""

    model: Any
    form: Any
    action: policy.Action
    list_name: str
    template: str
    thing: str
    same_at: str  # the field at which "alike" is said
    same: str


CONTACTS = Kept(
    model=Contact,
    form=ContactForm,
    action=policy.Action.EDIT_CONTACTS,
    list_name="local:contacts",
    template="local/contact.html",
    thing="contact",
    same_at="role",
    same="Your list has this role with these ways to reach it already",
)
RETENTION = Kept(
    model=RetentionClass,
    form=RetentionForm,
    action=policy.Action.EDIT_LOCAL,
    list_name="local:retention",
    template="local/retention_class.html",
    thing="class",
    same_at="name",
    same="Your list has a class of this name already",
)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom people can ring, in each organisation that this lead keeps the list of."""
    _, led = lead_of(request, CONTACTS.action)
    found = in_order(current(Contact, [one.pk for one in led]))
    rows = [(place, [one for one in found if one.organisation_id == place.pk]) for place in led]
    return TemplateResponse(request, "local/contacts.html", {"rows": rows})


@require_safe
def ring(request: HttpRequest) -> HttpResponse:
    """Whom to ring, for everybody who works in an organisation."""
    reach = policy.reach_of(request.user, policy.Action.READ_GUIDANCE)
    places = Organisation.objects.filter(pk__in=reach.organisations).order_by("name")
    rows = [(place, contacts_of(place.pk)) for place in places]
    return TemplateResponse(request, "local/ring.html", {"rows": rows})


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The retention classes of each organisation that this lead leads, and suggestions."""
    _, led = lead_of(request, RETENTION.action)
    found = sorted(current(RetentionClass, [one.pk for one in led]), key=lambda one: one.name)
    rows = [
        {
            "organisation": place,
            "classes": (mine := [one for one in found if one.organisation_id == place.pk]),
            "suggestions": _not_taken(mine),
        }
        for place in led
    ]
    return TemplateResponse(request, "local/retention.html", {"rows": rows})


@get_or_post
def add_contact(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The page that adds a contact."""
    return _add(CONTACTS, request, organisation_id, {})


@get_or_post
def contact(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """The page that changes a contact or takes it off the list, with its earlier versions."""
    return _change(CONTACTS, request, entry)


@get_or_post
def add_retention(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The page that adds a retention class, filled in with a suggestion when one is asked for."""
    begun = SUGGESTIONS.get(request.GET.get("from", ""), {})
    return _add(RETENTION, request, organisation_id, begun, check=CHECK if begun else "")


@get_or_post
def retention_class(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """The page that changes a retention class or takes it off, with its earlier versions."""
    return _change(RETENTION, request, entry)


def _add(
    kept: Kept, request: HttpRequest, organisation_id: uuid.UUID, begun: Any, **more: Any
) -> HttpResponse:
    lead, organisation = led_by(request, kept.action, organisation_id)
    form = kept.form(request.POST) if request.method == "POST" else kept.form(initial=begun)
    if form.is_valid():
        words = form.cleaned_data
        try:
            add_entry(kept.model, organisation=organisation, person=lead, words=words)
            messages.success(request, f"The {kept.thing} is on the list.")
            return see_other(kept.list_name)
        except SameEntry:
            form.add_error(kept.same_at, kept.same)
    context = {"form": form, "organisation": organisation, **more}
    return TemplateResponse(request, kept.template, context)


def _change(kept: Kept, request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    newest = history(kept.model, entry).first()
    if newest is None or not policy.can(request.user, kept.action, newest):
        raise Http404
    lead = request.user
    if not isinstance(lead, User):
        raise Http404
    if request.method != "POST":
        form = kept.form.showing(newest)
        return see_other(kept.list_name) if newest.is_removed else _page(kept, request, form, entry)
    if request.POST.get("go") == "remove":
        remove_entry(kept.model, entry=entry, person=lead)
        messages.success(request, f"“{newest}” is off the list. Its versions are kept.")
        return see_other(kept.list_name)
    form = kept.form(request.POST)
    return (
        _save(kept, request, form, entry, lead)
        if form.is_valid()
        else _page(kept, request, form, entry)
    )


def _save(
    kept: Kept, request: HttpRequest, form: forms.Form, entry: uuid.UUID, lead: User
) -> HttpResponse:
    seen, words = number(request.POST.get("seen")), form.cleaned_data
    try:
        change_entry(kept.model, entry=entry, person=lead, words=words, seen=seen)
    except StaleEntry as stale:
        return _page(kept, request, form, entry, newer=stale.newest)
    except SameEntry:
        form.add_error(kept.same_at, kept.same)
        return _page(kept, request, form, entry)
    messages.success(request, f"The {kept.thing} is saved.")
    return see_other(kept.list_name)


def _page(
    kept: Kept, request: HttpRequest, form: forms.Form, entry: uuid.UUID, newer: Any = None
) -> HttpResponse:
    """The page of an entry; the status is 409 when it was changed since it was made."""
    versions = list(history(kept.model, entry))
    is_first = newer is not None or not form.is_bound
    context = {
        "form": form,
        "newer": newer,
        "seen": versions[0].number if is_first else number(request.POST.get("seen")),
        "organisation": versions[0].organisation,
        "versions": versions,
    }
    return TemplateResponse(request, kept.template, context, status=CONFLICT if newer else 200)


def _not_taken(classes: list[RetentionClass]) -> dict[str, dict[str, Any]]:
    """The suggestions whose name no class of the list has."""
    names = {one.name for one in classes}
    return {key: one for key, one in SUGGESTIONS.items() if one["name"] not in names}
