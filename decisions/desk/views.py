"""The pages of the auditor's desk."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from decisions.desk import taken as files
from decisions.desk.changes import MOST, Change, edition_changes, setting_changes
from decisions.desk.exports import exports as exports_of
from decisions.desk.forms import ReadsForm
from decisions.desk.reads import reads_in, reads_of
from decisions.desk.stated import Page, lists_taken, role_changes
from decisions.records.models import Record
from infoshare.people import policy


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an auditor may look at, one line each."""
    _organisations(request)
    return TemplateResponse(request, "decisions/desk/desk.html", {})


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who was given which role, and who lost it."""
    return _stated(request, role_changes, "Changes of roles")


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
    return _stated(request, lists_taken, "Lists taken away")


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Which exports were made and downloaded, by whom, and why."""
    before = _number(request)
    page = exports_of(_organisations(request), before)
    context = {"page": page, **_beside(page.older_than, before)}
    return TemplateResponse(request, "decisions/desk/exports.html", context)


@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    """Who read which records, narrowed by person and period."""
    organisations = _organisations(request)
    form = ReadsForm(request.GET, organisations)
    before = request.GET.get("before", "")
    page = reads_in(organisations, form.asked, before) if form.is_valid() else None
    carried = urlencode([*form.pairs(), ("before", "")]) if page else ""
    context = {"form": form, "page": page, "carried": carried}
    return TemplateResponse(request, "decisions/desk/reads.html", context)


@require_safe
def record_reads(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Who read one record, without an end."""
    record = Record.objects.filter(pk=record_id).first()
    if record is None or not policy.can(request.user, policy.Action.SEE_DESK, record):
        raise Http404
    page = reads_of(record, request.GET.get("before", ""))
    context = {"record": record, "page": page, "carried": "before="}
    return TemplateResponse(request, "decisions/desk/reads.html", context)


@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """What was taken away, by whom."""
    before = _number(request)
    rows = files.taken(_organisations(request), before=before)
    older_than = rows[-1].number if len(rows) == files.A_PAGE else None
    context = {"rows": rows, **_beside(older_than, before)}
    return TemplateResponse(request, "decisions/desk/taken.html", context)


def _changes(
    request: HttpRequest, find: Callable[[Collection[UUID]], list[Change]], heading: str
) -> HttpResponse:
    found = find(_organisations(request))
    context = {"changes": found, "heading": heading, "most": MOST if len(found) == MOST else 0}
    return _list(request, {**context, **_beside(None, None)})


def _stated(
    request: HttpRequest,
    find: Callable[[Collection[UUID], int | None], Page],
    heading: str,
) -> HttpResponse:
    before = _number(request)
    found = find(_organisations(request), before)
    context = {"changes": found.changes, "heading": heading, "most": 0}
    return _list(request, {**context, **_beside(found.older_than, before)})


def _list(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "decisions/desk/changes.html", context)


def _beside(older_than: int | None, before: int | None) -> dict[str, Any]:
    return {"older_than": older_than, "is_first": before is None}


def _number(request: HttpRequest) -> int | None:
    """The number before which the page begins; None for the newest, and for anything else."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _organisations(request: HttpRequest) -> Collection[UUID]:
    reach = policy.reach_of(request.user, policy.Action.SEE_DESK)
    if not reach.organisations:
        raise PermissionDenied("Only auditors have a desk")
    return sorted(reach.organisations)
