"""An urgent record and its follow-up in one PDF, for whoever may have both."""

import hashlib
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from decisions.check_record.address import check_page
from decisions.documents.record_pdf import bound_pdf
from decisions.records.access import record_for
from decisions.records.events import note_exported
from decisions.wizard.urgent.following import both_of
from infoshare.people import policy


@require_GET
def together(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Both records, the one that acted first in front; each is noted as taken away."""
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    pair = both_of(record)
    if pair is None:
        raise Http404("This record has no other half")
    both = [record_for(request, one.pk, policy.Action.DOWNLOAD_RECORD)[1] for one in pair]
    document = bound_pdf([bytes(one.snapshot.body) for one in both], check_page())
    file_hash = hashlib.sha256(document).hexdigest()
    for one in both:
        note_exported(record=one, person=person, file_hash=file_hash)
    name = "-and-".join(one.reference for one in both)
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
