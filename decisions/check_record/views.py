"""Check a record: a PDF or proof file is held against itself and this server's published keys.

It is open to anybody: the code on a PDF leads a court or another agency here. The page runs the
same file that people can take away and run themselves. It looks nothing up in the database, keeps
nothing of what was sent and notes nothing about it. Only how often an address asked is counted.
"""

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from decisions.check_record.forms import TOO_LARGE, TOO_OFTEN, FileForm, ReferenceForm
from decisions.check_record.keys import published_keys, trusted_keys
from decisions.check_record.uploads import InMemory, is_too_large
from infoshare.middleware import read_on, reads_own_body
from infoshare.verifier import infoshare_verify as verifier

PROGRAM = Path(verifier.__file__)


@login_not_required
@reads_own_body  # the file is no text, and may be longer than a page of it
@csrf_exempt  # only until the upload's handler is in its place: `_check` asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
def check_record(request: HttpRequest) -> HttpResponse:
    """The page; a POST checks a file and says what was found, on the same page."""
    asked = ReferenceForm(request.GET if "reference" in request.GET else None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="check_record"):
            read_on(request)
            form = FileForm({}, problem=TOO_OFTEN)
            return _page(request, asked, form, status=HTTPStatus.TOO_MANY_REQUESTS)
        if is_too_large(request):
            return _page(request, asked, FileForm({}, problem=TOO_LARGE))
        request.upload_handlers = [InMemory(request)]
        return _check(request, asked)
    return _page(request, asked, FileForm())


@csrf_protect
def _check(request: HttpRequest, asked: ReferenceForm) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, asked, form)
    file = form.cleaned_data["file"]
    trust = verifier.Trust(trusted_keys())
    report = verifier.check_bytes(file.read(), file.name or "", trust)
    return _page(request, asked, FileForm(), report)


@login_not_required
@require_GET
def program(request: HttpRequest) -> HttpResponse:
    """The verifier itself, to check records without this server."""
    return HttpResponse(
        program_bytes(),
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{PROGRAM.name}"'},
    )


@cache
def program_bytes() -> bytes:
    """The verifier's file as it is handed out."""
    return PROGRAM.read_bytes()


def _page(
    request: HttpRequest,
    asked: ReferenceForm,
    form: FileForm,
    report: verifier.Report | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    wanted = asked.cleaned_data.get("reference", "") if asked.is_valid() else ""
    context = {
        "asked": asked,
        "form": form,
        "report": report,
        "wanted": wanted,
        "is_another": bool(
            report and wanted and report.references and wanted not in report.references
        ),
        "keys": published_keys(),
        "program": PROGRAM.name,
        "program_hash": hashlib.sha256(program_bytes()).hexdigest(),
    }
    return TemplateResponse(request, "decisions/check_record/page.html", context, status=status)
