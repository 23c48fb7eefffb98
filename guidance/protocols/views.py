"""Pages of the register: everybody of an organisation reads it, its lead keeps it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guidance.protocols.access import led, protocol_for
from guidance.protocols.changes import changes, history
from guidance.protocols.forms import FindForm, ProtocolForm, setting_words
from guidance.protocols.models import Protocol, ProtocolVersion
from guidance.protocols.register import due_for, entry, found, readable
from guidance.protocols.terms import GROUPS, KINDS, TERMS
from guidance.protocols.writers import StaleProtocol, change_protocol, enter_protocol
from infoshare.people import policy
from infoshare.people.models import User

A_PAGE = 25
CONFLICT = 409
SAVED = "The protocol is saved."
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def index(request: HttpRequest) -> HttpResponse:
    """The register; a POST looks for words, so that they stand in no address."""
    if not policy.can(request.user, policy.Action.READ_PROTOCOLS):
        raise PermissionDenied("Only people of an organisation read its register")
    find = FindForm(request.POST if request.method == "POST" else None)
    words = find.cleaned_data["words"].strip() if find.is_bound and find.is_valid() else ""
    rows = found(request.user, words) if words else readable(request.user)
    given = request.POST if request.method == "POST" else request.GET
    page = Paginator(rows, A_PAGE).get_page(given.get("page"))
    context = {
        "find": find,
        "searched": words,
        "page": page,
        "entries": [entry(one) for one in page],
        "led": led(request.user),
        "protocols_due": due_for(request.user),
    }
    return TemplateResponse(request, "protocols/register.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The protocols that this person should review, the longest due first."""
    if not policy.can(request.user, policy.Action.READ_PROTOCOLS):
        raise PermissionDenied("Only people of an organisation read its register")
    context = {"entries": due_for(request.user)}
    return TemplateResponse(request, "protocols/due.html", context)


@get_or_post
def new(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """The page on which a lead enters a protocol. `go=fill` only fills in what was sent."""
    person = request.user
    organisation = next((one for one in led(person) if one.pk == organisation_id), None)
    if organisation is None or not isinstance(person, User):
        raise Http404
    is_filled = request.POST.get("go") == "fill"
    is_sent = request.method == "POST" and not is_filled
    filled = {
        "owner": str(person.pk),
        "parties": request.POST.get("parties", ""),
        "about": request.POST.get("about", ""),
    }
    form = ProtocolForm(
        request.POST if is_sent else None, organisation=organisation, initial=filled
    )
    if form.is_valid():
        page = _uuid(request.POST.get("page", ""))
        protocol = enter_protocol(
            organisation=organisation, person=person, page=page, words=form.words()
        )
        messages.success(request, SAVED)
        return _on_from(request, protocol)
    context = {
        "organisation": organisation,
        "page": _uuid(request.POST.get("page", "")),
        "is_first": True,
    }
    return _form(request, form, context)


@require_safe
def protocol(request: HttpRequest, protocol_id: uuid.UUID) -> HttpResponse:
    """One protocol as it stands now, and its earlier versions."""
    person, found = protocol_for(request, protocol_id, policy.Action.READ_PROTOCOLS)
    version = readable(person).filter(protocol=found).get()
    context = {
        "history": history(found),
        "successors": readable(person).filter(supersedes=found),
        "may_edit": policy.can(person, policy.Action.EDIT_PROTOCOLS, found),
        **_shown(version),
    }
    return TemplateResponse(request, "protocols/protocol.html", context)


@require_safe
def version(request: HttpRequest, protocol_id: uuid.UUID, number: int) -> HttpResponse:
    """One version of a protocol, as it was saved."""
    _, found = protocol_for(request, protocol_id, policy.Action.READ_PROTOCOLS)
    kept = found.versions.select_related("protocol", "owner", "document", "saved_by")
    chosen = kept.filter(number=number).first() if number < 2**31 else None
    if chosen is None:
        raise Http404
    return TemplateResponse(request, "protocols/version.html", _shown(chosen))


@get_or_post
def change(request: HttpRequest, protocol_id: uuid.UUID) -> HttpResponse:
    """The page on which a lead changes a protocol; each save is a version of its own."""
    person, found = protocol_for(request, protocol_id, policy.Action.EDIT_PROTOCOLS)
    now = readable(person).filter(protocol=found).get()
    form = ProtocolForm(
        request.POST if request.method == "POST" else None,
        organisation=found.organisation,
        version=now,
    )
    context: dict[str, Any] = {"organisation": found.organisation, "now": now, "seen": now.number}
    if request.method == "POST":
        context["seen"] = seen_in(request)
    if not form.is_valid():
        return _form(request, form, context)
    try:
        change_protocol(protocol=found, person=person, seen=context["seen"], words=form.words())
    except StaleProtocol as stale:
        newer = {"seen": stale.now.number, "differs": changes(stale.now, form.words())}
        return _form(request, form, context | newer, CONFLICT)
    messages.success(request, SAVED)
    return _on_from(request, found)


def seen_in(request: HttpRequest) -> int:
    """The version that the sender's page was made from; 0, which none is, for anything else."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def to(name: str, **kwargs: Any) -> HttpResponse:
    """303 to a page of the register."""
    return HttpResponseRedirect(reverse(f"protocols:{name}", kwargs=kwargs), status=303)


def _on_from(request: HttpRequest, saved: Protocol) -> HttpResponse:
    page = "attach" if request.POST.get("go") == "attach" else "protocol"
    return to(page, protocol_id=saved.pk)


def _form(
    request: HttpRequest, form: ProtocolForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"form": form, **context}
    return TemplateResponse(request, "protocols/form.html", context, status=status)


def _shown(version: ProtocolVersion) -> dict[str, Any]:
    words = setting_words()
    return {
        "entry": entry(version),
        "version": version,
        "groups": GROUPS,
        "terms": TERMS,
        "kinds": KINDS,
        "about": [words.get(one, one) for one in version.about],
    }


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()
