"""Take the PDF of a record away; or wait for it, for a few seconds at most."""

import time
import uuid
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from decisions.jobs import want_pdf
from decisions.kept_pdf.making import PdfNotMadeError, kept_pdf, try_to_make_pdf
from decisions.kept_pdf.models import RecordPdf
from decisions.records.access import record_for
from decisions.records.events import note_exported
from decisions.records.models import Record
from infoshare.jobs.standing import standing
from infoshare.people import policy
from infoshare.people.models import User

# Seconds that a reader leaves it to the worker. After them it is made for whoever asks.
PATIENCE = 5


@require_GET
def pdf(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The record as a PDF file, the same bytes each time; or 303 to the page that waits for it."""
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    found = kept_pdf(record.pk)
    if found is None:
        if standing().alive:
            want_pdf(record.pk)
            return _wait(record)
        try:
            found = try_to_make_pdf(record.pk)
        except PdfNotMadeError:
            return _page(request, record, failed=True)
    return _file(record, person, found) if found else _wait(record)


@require_GET
def wait(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Whether the PDF is made by now. Who has waited long enough has it made here."""
    _, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    since = _since(request)
    try:
        is_kept = RecordPdf.objects.filter(pk=record.pk).exists() or (
            time.time() - since >= PATIENCE and try_to_make_pdf(record.pk)
        )
    except PdfNotMadeError:
        return _page(request, record, failed=True)
    return _page(request, record, is_kept=bool(is_kept), again=_address(record, since))


def _file(record: Record, person: User, kept: RecordPdf) -> HttpResponse:
    note_exported(record=record, person=person, file_hash=kept.sha256)
    return HttpResponse(
        bytes(kept.body),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{record.reference}.pdf"'},
    )


def _page(
    request: HttpRequest,
    record: Record,
    *,
    failed: bool = False,
    is_kept: bool = False,
    again: str = "",
) -> HttpResponse:
    context = {"record": record, "failed": failed, "is_kept": is_kept, "again": again}
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    return TemplateResponse(request, "decisions/pdf.html", context, status=status)


def _wait(record: Record) -> HttpResponse:
    return HttpResponseRedirect(_address(record, int(time.time())), status=303)


def _address(record: Record, since: int) -> str:
    return f"{reverse('decisions:record-pdf-wait', args=[record.pk])}?{urlencode({'since': since})}"


def _since(request: HttpRequest) -> int:
    """The second in which the wait began; now, when the address does not say."""
    text = request.GET.get("since", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else int(time.time())
