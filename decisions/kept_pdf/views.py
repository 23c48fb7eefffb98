"""Take the PDF of a record away, what happened to it afterwards, or a pair of records."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from decisions.jobs import want_afterwards, want_pdf, want_together
from decisions.kept_pdf import afterwards, making, together
from decisions.kept_pdf.giving import Wanted, give
from decisions.kept_pdf.giving import wait as wait_for
from decisions.kept_pdf.models import KeptDocument
from decisions.records.access import record_for
from decisions.wizard.urgent.following import both_of
from infoshare.people import policy


@require_GET
def pdf(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The record as a PDF file, the same bytes each time; or 303 to the page that waits for it."""
    return give(request, _record(request, record_id))


@require_GET
def wait(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Whether the record's PDF is made by now."""
    return wait_for(request, _record(request, record_id))


@require_GET
def afterwards_pdf(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """All that happened so far as a PDF file, the same bytes until more happens; or 303."""
    return give(request, _afterwards(request, record_id))


@require_GET
def afterwards_wait(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Whether the PDF of what happened is made by now."""
    return wait_for(request, _afterwards(request, record_id))


@require_GET
def together_pdf(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """An urgent record and its follow-up in one PDF file, for whoever may have both; or 303."""
    return give(request, _together(request, record_id))


@require_GET
def together_wait(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Whether the PDF of both is made by now."""
    return wait_for(request, _together(request, record_id))


def _record(request: HttpRequest, record_id: uuid.UUID) -> Wanted:
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    return Wanted(
        person=person,
        records=[record],
        paper=making.paper(record.pk),
        what="record",
        title="The PDF of this record",
        file_name=f"{record.reference}.pdf",
        address=reverse("decisions:record-pdf", args=[record.pk]),
        wait_address=reverse("decisions:record-pdf-wait", args=[record.pk]),
        leave=lambda: want_pdf(record.pk),
    )


def _afterwards(request: HttpRequest, record_id: uuid.UUID) -> Wanted:
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    return Wanted(
        person=person,
        records=[record],
        paper=afterwards.paper(record),
        what=KeptDocument.AFTERWARDS,
        title="What happened afterwards, as a PDF",
        file_name=f"{record.reference}-afterwards.pdf",
        address=reverse("decisions:afterwards-pdf", args=[record.pk]),
        wait_address=reverse("decisions:afterwards-pdf-wait", args=[record.pk]),
        leave=lambda: want_afterwards(record.pk),
    )


def _together(request: HttpRequest, record_id: uuid.UUID) -> Wanted:
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    pair = both_of(record)
    if pair is None:
        raise Http404("This record has no other half")
    first, second = (record_for(request, one.pk, policy.Action.DOWNLOAD_RECORD)[1] for one in pair)
    return Wanted(
        person=person,
        records=[first, second],
        paper=together.paper(first, second),
        what=KeptDocument.TOGETHER,
        title="Both records in one PDF",
        file_name=f"{first.reference}-and-{second.reference}.pdf",
        address=reverse("decisions:together-pdf", args=[record.pk]),
        wait_address=reverse("decisions:together-pdf-wait", args=[record.pk]),
        leave=lambda: want_together(second.pk),
    )
