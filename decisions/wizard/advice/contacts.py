"""Whom practitioners can ask: the page on which the information governance lead keeps the list."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.wizard.advice.forms import ContactForm
from decisions.wizard.advice.models import AdviceContact
from decisions.wizard.advice.writers import (
    SameContact,
    StaleContact,
    add_contact,
    change_contact,
    remove_contact,
)
from decisions.wizard.replies import CONFLICT, see_other
from infoshare.people import policy
from infoshare.people.models import Organisation, User

SAME = "Your list has this role with this way to reach them already."
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """The contacts of each organisation that this person keeps the list of."""
    organisations = _organisations(_lead(request))
    listed = AdviceContact.objects.filter(organisation__in=organisations, removed_at__isnull=True)
    rows = [
        (organisation, [one for one in listed if one.organisation_id == organisation.pk])
        for organisation in organisations
    ]
    return TemplateResponse(request, "decisions/advice/contacts.html", {"rows": rows})


@get_or_post
def add(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The page that adds a contact to an organisation's list."""
    lead = _lead(request, hidden=True)
    organisation = next((one for one in _organisations(lead) if one.pk == organisation_id), None)
    if organisation is None:
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_contact(organisation=organisation, person=lead, words=form.cleaned_data)
            messages.success(request, "The contact is on the list.")
            return see_other("decisions:contacts")
        except SameContact:
            form.add_error("reach", SAME)
    return _page(request, form, {"organisation": organisation})


@get_or_post
def change(request: HttpRequest, contact_id: uuid.UUID) -> HttpResponse:
    """The page that changes a contact or takes it off the list."""
    lead = _lead(request, hidden=True)
    contact = AdviceContact.objects.select_related("organisation").filter(pk=contact_id).first()
    if contact is None or not policy.can(lead, policy.Action.EDIT_CONTACTS, contact):
        raise Http404
    if request.method != "POST" and contact.removed_at:
        return see_other("decisions:contacts")
    if request.method == "POST" and request.POST.get("go") == "remove":
        remove_contact(contact_id=contact.pk, person=lead)
        messages.success(request, f"“{contact.role}” is off the list.")
        return see_other("decisions:contacts")
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm.showing(contact)
    return (
        _changed(request, contact, form, lead)
        if form.is_valid()
        else _form_of(request, contact, form)
    )


def _changed(
    request: HttpRequest, contact: AdviceContact, form: ContactForm, lead: User
) -> HttpResponse:
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    try:
        change_contact(contact_id=contact.pk, person=lead, words=form.cleaned_data, seen=seen)
    except StaleContact:
        contact.refresh_from_db()
        return _form_of(request, contact, form, newer=contact)
    except SameContact:
        form.add_error("reach", SAME)
        return _form_of(request, contact, form)
    messages.success(request, "The contact is saved.")
    return see_other("decisions:contacts")


def _form_of(
    request: HttpRequest,
    contact: AdviceContact,
    form: ContactForm,
    newer: AdviceContact | None = None,
) -> HttpResponse:
    context = {"organisation": contact.organisation, "contact": contact, "newer": newer}
    return _page(request, form, context, CONFLICT if newer else 200)


def _page(
    request: HttpRequest, form: ContactForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return TemplateResponse(
        request, "decisions/advice/contact.html", {"form": form, **context}, status=status
    )


def _lead(request: HttpRequest, *, hidden: bool = False) -> User:
    """The person, who keeps some organisation's list; else 403, or 404 for a thing's address."""
    person = request.user
    if isinstance(person, User) and policy.can(person, policy.Action.EDIT_CONTACTS):
        return person
    raise Http404 if hidden else PermissionDenied("Only a lead keeps the list of contacts")


def _organisations(lead: User) -> list[Organisation]:
    reach = policy.reach_of(lead, policy.Action.EDIT_CONTACTS)
    return list(Organisation.objects.filter(pk__in=reach.organisations).order_by("name"))
