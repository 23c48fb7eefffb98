"""Whose local layer is this, and may this person change or read it?"""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from infoshare.people import policy
from infoshare.people.models import Organisation, User


def lead_of(request: HttpRequest, action: policy.Action) -> tuple[User, list[Organisation]]:
    """The lead and the organisations they lead, by name; `PermissionDenied` for anybody else."""
    person = request.user
    reach = policy.reach_of(person, action)
    if not isinstance(person, User) or not reach:
        raise PermissionDenied("Only an information governance lead changes this")
    return person, list(Organisation.objects.filter(pk__in=reach.organisations).order_by("name"))


def led_by(
    request: HttpRequest, action: policy.Action, organisation_id: uuid.UUID
) -> tuple[User, Organisation]:
    """The lead and this organisation; `Http404` when it is not theirs to lead."""
    person = request.user
    reach = policy.reach_of(person, action)
    found = Organisation.objects.filter(pk=organisation_id).first()
    if not isinstance(person, User) or found is None or found.pk not in reach.organisations:
        raise Http404
    return person, found


def see_other(name: str, *args: Any) -> HttpResponse:
    """303 to a named address: whatever was sent, the next request is a GET."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def number(typed: str | None) -> int:
    """The version number that a page sent along; 0 for what cannot be one."""
    text = typed or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
