"""The pages of the auditor's desk."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from decisions.desk import taken as files
from decisions.desk.changes import (
    MOST,
    Change,
    edition_changes,
    lists_taken,
    role_changes,
    setting_changes,
)
from infoshare.people import policy


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an auditor may look at, one line each."""
    _organisations(request)
    return TemplateResponse(request, "decisions/desk/desk.html", {})


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who was given which role, and who lost it."""
    return _changes(request, role_changes, "Changes of roles")


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """What leads changed in the organisation's settings."""
    return _changes(request, setting_changes, "Changes of settings")


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Which editions were adopted, by whom, and with what legal review."""
    return _changes(request, edition_changes, "Editions adopted")


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Which lists of decisions were taken away, by whom."""
    return _changes(request, lists_taken, "Lists taken away")


@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """What was taken away, by whom."""
    organisations = _organisations(request)
    text = request.GET.get("before", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    rows = files.taken(organisations, before=int(text) if is_number else None)
    older_than = rows[-1].number if len(rows) == files.A_PAGE else None
    context = {"rows": rows, "older_than": older_than, "is_first": not is_number}
    return TemplateResponse(request, "decisions/desk/taken.html", context)


def _changes(
    request: HttpRequest, find: Callable[[Collection[UUID]], list[Change]], heading: str
) -> HttpResponse:
    found = find(_organisations(request))
    context = {"changes": found, "heading": heading, "most": MOST if len(found) == MOST else 0}
    return TemplateResponse(request, "decisions/desk/changes.html", context)


def _organisations(request: HttpRequest) -> Collection[UUID]:
    reach = policy.reach_of(request.user, policy.Action.SEE_DESK)
    if not reach.organisations:
        raise PermissionDenied("Only auditors have a desk")
    return sorted(reach.organisations)
