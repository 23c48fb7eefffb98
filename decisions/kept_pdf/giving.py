"""Hand a kept document out; or have its reader wait for it, for a few seconds at most."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from decisions.kept_pdf import keeping
from decisions.kept_pdf.keeping import Kept, Paper, PdfNotMadeError
from decisions.records.events import note_exported
from decisions.records.models import Record
from infoshare.jobs.standing import standing
from infoshare.people.models import User

# Seconds that a reader leaves it to the worker. After them it is made for whoever asks.
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that somebody who may have it asks for."""

    person: User
    records: Sequence[Record]  # each is noted as taken away; the page is about the last one
    paper: Paper
    what: str  # as it is noted
    title: str
    file_name: str
    address: str
    wait_address: str
    leave: Callable[[], bool]  # leaves the job that makes it


def give(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The document as a file, noted as taken; or 303 to the page that waits for it."""
    found = wanted.paper.find()
    if found is None:
        if standing().alive:
            wanted.leave()
            return _wait(wanted)
        try:
            found = keeping.try_to_make(wanted.paper)
        except PdfNotMadeError:
            return _page(request, wanted, failed=True)
    return _file(wanted, found) if found else _wait(wanted)


def wait(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """Whether it is made by now. Who has waited long enough has it made here."""
    since = _since(request)
    try:
        is_kept = wanted.paper.find() or (
            time.time() - since >= PATIENCE and keeping.try_to_make(wanted.paper)
        )
    except PdfNotMadeError:
        return _page(request, wanted, failed=True)
    return _page(request, wanted, is_kept=bool(is_kept), again=_again(wanted, since))


def _file(wanted: Wanted, kept: Kept) -> HttpResponse:
    for one in wanted.records:
        note_exported(record=one, person=wanted.person, file_hash=kept.sha256, what=wanted.what)
    return HttpResponse(
        bytes(kept.body),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{wanted.file_name}"'},
    )


def _page(
    request: HttpRequest,
    wanted: Wanted,
    *,
    failed: bool = False,
    is_kept: bool = False,
    again: str = "",
) -> HttpResponse:
    context = {
        "record": wanted.records[-1],
        "title": wanted.title,
        "address": wanted.address,
        "failed": failed,
        "is_kept": is_kept,
        "again": again,
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    return TemplateResponse(request, "decisions/pdf.html", context, status=status)


def _wait(wanted: Wanted) -> HttpResponse:
    return HttpResponseRedirect(_again(wanted, int(time.time())), status=303)


def _again(wanted: Wanted, since: int) -> str:
    return f"{wanted.wait_address}?{urlencode({'since': since})}"


def _since(request: HttpRequest) -> int:
    """The second in which the wait began; now, when the address does not say."""
    text = request.GET.get("since", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else int(time.time())
