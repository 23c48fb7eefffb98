"""Make a full copy of a record, and note who took it and why."""

import hashlib

from decisions.check_record.address import check_page
from decisions.copies import left_out
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.proof import covering, proof_file
from decisions.kept_pdf.keeping import signed_if_it_can_be
from decisions.records.events import note_exported
from decisions.records.models import Record
from infoshare.people.models import User

WHAT = "full"  # as the event says


def has_more(record: Record) -> bool:
    """Whether a full copy says more than the one that is handed out."""
    return bool(left_out(bytes(record.snapshot.body)))


def take_full_copy(*, record: Record, person: User, reason: str) -> bytes:
    """The PDF with everything that was sealed in it, noted with its hash and the reason.

    It is made anew each time and kept nowhere.
    """
    proof = proof_file(record, without=()) if covering(record.pk) else None
    body = bytes(record.snapshot.body)
    drawn = record_pdf(body, proof, check_page(), without=())
    document = signed_if_it_can_be(f"The full copy of record {record.pk}", drawn)
    file_hash = hashlib.sha256(document).hexdigest()
    note_exported(record=record, person=person, file_hash=file_hash, what=WHAT, reason=reason)
    return document
