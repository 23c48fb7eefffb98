"""Take the proof of a record away as a file of its own, with the newest checkpoint.

It also proves which files InfoShare keeps of the record, so that a PDF can be held against it.
"""

import hashlib
import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from decisions.evidence.proof import NoProofYetError, files_kept, proof_file
from decisions.records.access import record_for
from decisions.records.events import note_exported
from infoshare.people import policy


@require_GET
def proof(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The proof file, noted as taken; a page that says when there will be one until then."""
    person, record = record_for(request, record_id, policy.Action.DOWNLOAD_RECORD)
    try:
        found = proof_file(record, events=files_kept(record))
    except NoProofYetError:
        return TemplateResponse(
            request, "decisions/no_proof.html", {"record": record}, status=HTTPStatus.NOT_FOUND
        )
    file_hash = hashlib.sha256(found).hexdigest()
    note_exported(record=record, person=person, file_hash=file_hash, what="proof")
    return HttpResponse(
        found,
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{record.reference}-proof.json"',
            "X-Content-Type-Options": "nosniff",
        },
    )
