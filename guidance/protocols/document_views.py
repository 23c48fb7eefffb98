"""The document of a protocol: its lead attaches it, everybody of the organisation downloads it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from guidance.protocols.access import protocol_for
from guidance.protocols.documents import KINDS, too_large
from guidance.protocols.forms import DocumentForm
from guidance.protocols.models import Protocol, ProtocolVersion
from guidance.protocols.upload import OneDocument, is_beyond_reading, length_of
from guidance.protocols.views import CONFLICT, get_or_post, seen_in, to
from guidance.protocols.writers import (
    StaleProtocol,
    attach_document,
    latest,
    take_document_off,
)
from infoshare.middleware import read_on, reads_own_body
from infoshare.people import policy
from infoshare.people.models import User

LONGEST_NAME = 60
TOO_LARGE = 413


@csrf_exempt  # the token is asked for in `_attach`, once the body can be read with limits
@reads_own_body
@get_or_post
def attach(request: HttpRequest, protocol_id: uuid.UUID) -> HttpResponse:
    """The page that attaches a document, or takes it off. It sends a file and no words.

    Who may do this is asked before a byte is read; too large a file is dropped while it comes.
    """
    person, protocol = protocol_for(request, protocol_id, policy.Action.EDIT_PROTOCOLS)
    if is_beyond_reading(request):
        read_on(request)
        form = DocumentForm.refused(too_large(length_of(request)))
        return _page(request, protocol, latest(protocol), form, status=TOO_LARGE)
    request.upload_handlers = [OneDocument(request)]
    reply: HttpResponse = _attach(request, person, protocol)
    return reply


@csrf_protect
def _attach(request: HttpRequest, person: User, protocol: Protocol) -> HttpResponse:
    now = latest(protocol)
    if request.method != "POST":
        return _page(request, protocol, now, DocumentForm())
    seen = seen_in(request)
    try:
        if request.POST.get("go") == "remove":
            take_document_off(protocol=protocol, person=person, seen=seen)
            messages.success(request, "The document is off the protocol.")
            return to("protocol", protocol_id=protocol.pk)
        form = DocumentForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, protocol, now, form)
        kind, content = form.cleaned_data["document"]
        attach_document(protocol=protocol, person=person, seen=seen, kind=kind, content=content)
    except StaleProtocol as stale:
        return _page(request, protocol, stale.now, DocumentForm(), is_stale=True)
    messages.success(request, "The document is attached.")
    return to("protocol", protocol_id=protocol.pk)


@require_safe
def download(request: HttpRequest, protocol_id: uuid.UUID, digest: str) -> HttpResponse:
    """The document with this hash, of any version, always as a file to save."""
    _, protocol = protocol_for(request, protocol_id, policy.Action.READ_PROTOCOLS)
    found = protocol.documents.select_related("stored").filter(stored=digest).first()
    if found is None:
        raise Http404
    kind = KINDS[found.kind]
    title = slugify(latest(protocol).title)[:LONGEST_NAME].strip("-")
    name = "-".join(filter(None, ["protocol", title, digest[:8]]))
    response = HttpResponse(bytes(found.stored.content), content_type=kind.mime)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind.suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(
    request: HttpRequest,
    protocol: Protocol,
    now: ProtocolVersion,
    form: DocumentForm,
    *,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "protocol": protocol, "version": now, "is_stale": is_stale}
    status = CONFLICT if is_stale else status
    return TemplateResponse(request, "protocols/attach.html", context, status=status)
