"""The pages of exports: what was planned, how far it is, what came of it, and its file."""

import uuid
from http import HTTPStatus
from typing import Any, BinaryIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from decisions.export.access import export_of, organisations_of
from decisions.export.foretelling import foretell
from decisions.export.models import Export, State
from decisions.export.planning import CannotSign, TooMany, plan_again
from decisions.export.working import (
    AT_ONCE,
    Busy,
    NotNow,
    begin_again,
    begin_export,
    cancel_export,
    file_of,
    note_taken,
    progress,
)
from decisions.wizard.replies import see_other
from infoshare.jobs.standing import standing
from infoshare.people.sign_in import reauthenticated

MOST_LISTED = 50
ZIP = "application/zip"
BUSY = (
    f"{AT_ONCE} exports of your organisation are being made already. Wait until one of them is "
    "ready, then press the button again. Nothing that you chose is lost."
)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """The person's own exports, newest first, and how many others made."""
    person, organisations = organisations_of(request.user)
    made = Export.objects.filter(organisation__in=organisations)
    own = made.filter(asked_by=person).select_related("organisation").order_by("-planned_at")
    context = {
        "exports": own[:MOST_LISTED],
        "several": len(organisations) > 1,
        "others": made.exclude(asked_by=person).exclude(confirmed_at=None).count(),
    }
    return TemplateResponse(request, "decisions/export/list.html", context)


@require_safe
def export(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """What is planned, how far it is, or what came of it."""
    return _page(request, export_of(request.user, export_id))


@get_or_post
def begin(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """Begin the export, once the person has said who they are. A GET leads to its page."""
    chosen = export_of(request.user, export_id)
    if request.method == "POST" and chosen.state is State.PLANNED:
        return reauthenticated(_begin, request, chosen)
    return see_other("decisions:export", export_id=chosen.pk)


@get_or_post
def again(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """Begin it again after it was cancelled or failed; plan it again when its file is gone."""
    chosen = export_of(request.user, export_id)
    if request.method == "POST":
        if chosen.state in {State.CANCELLED, State.FAILED}:
            return reauthenticated(_begin_again, request, chosen)
        if chosen.state is State.EXPIRED:
            return _plan_again(request, chosen)
    return see_other("decisions:export", export_id=chosen.pk)


@require_POST
def cancel(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """Stop it. Whatever was written goes."""
    chosen = export_of(request.user, export_id)
    try:
        cancel_export(export=chosen)
    except NotNow:
        messages.info(request, "There was nothing to stop any more.")
    return see_other("decisions:export", export_id=chosen.pk)


@require_GET
def file(request: HttpRequest, export_id: uuid.UUID) -> HttpResponseBase:
    """The file, noted as taken before its first byte leaves; or a page that says why not."""
    chosen = export_of(request.user, export_id)
    if chosen.state not in {State.READY, State.EXPIRED}:
        return see_other("decisions:export", export_id=chosen.pk)
    opened = _opened(chosen)
    if opened is None:
        context = {"export": chosen}
        return TemplateResponse(
            request, "decisions/export/gone.html", context, status=HTTPStatus.GONE
        )
    note_taken(export=chosen, person=chosen.asked_by)
    return FileResponse(opened, as_attachment=True, filename=_file_name(chosen), content_type=ZIP)


def _begin(request: HttpRequest, chosen: Export) -> HttpResponse:
    try:
        begin_export(export=chosen)
    except Busy:
        messages.error(request, BUSY)
    except NotNow:
        messages.info(request, "It had begun already.")
    return see_other("decisions:export", export_id=chosen.pk)


def _begin_again(request: HttpRequest, chosen: Export) -> HttpResponse:
    try:
        begin_again(export=chosen)
    except Busy:
        messages.error(request, BUSY)
    except NotNow:
        messages.info(request, "It had begun already.")
    return see_other("decisions:export", export_id=chosen.pk)


def _opened(chosen: Export) -> BinaryIO | None:
    """The file, unless it is gone; it may go while somebody asks for it."""
    path = file_of(chosen)
    try:
        return path.open("rb") if path else None
    except FileNotFoundError:
        return None


def _plan_again(request: HttpRequest, chosen: Export) -> HttpResponse:
    try:
        planned = plan_again(export=chosen)
    except CannotSign:
        words = "It cannot be made again now: InfoShare has no signing key."
    except TooMany as refused:
        words = f"It cannot be made again: one export may have {refused.most:,} records by now."
    else:
        return see_other("decisions:export", export_id=planned.pk)
    messages.error(request, words)
    return see_other("decisions:export", export_id=chosen.pk)


def _page(request: HttpRequest, chosen: Export) -> HttpResponse:
    state = chosen.state
    context: dict[str, Any] = {
        "export": chosen,
        "state": state.value,
        "here": reverse("decisions:export", args=[chosen.pk]),
    }
    if state is State.PLANNED:
        context["foretold"] = foretell(chosen)
    elif state is State.WORKING:
        context |= {"progress": progress(chosen), "no_worker": not standing().alive}
    elif state is State.READY:
        context |= {"size": filesizeformat(chosen.size), "file_name": _file_name(chosen)}
    return TemplateResponse(request, "decisions/export/export.html", context)


def _file_name(chosen: Export) -> str:
    day = timezone.localtime(chosen.ready_at)
    return f"infoshare-export-{day:%Y-%m-%d}-{chosen.reference}.zip"
