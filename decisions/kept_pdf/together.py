"""An urgent record and its follow-up in one PDF, made once and kept, with the proofs of both."""

import uuid

from decisions.check_record.address import check_page
from decisions.documents.record_pdf import bound_pdf
from decisions.evidence.proof import proof_file
from decisions.kept_pdf import keeping
from decisions.kept_pdf.keeping import Kept, Paper
from decisions.kept_pdf.models import KeptDocument
from decisions.kept_pdf.others import kept_document, store_document
from decisions.records.models import Record
from decisions.wizard.urgent.following import both_of
from infoshare.ledger import proofs
from infoshare.ledger.models import SignedCheckpoint


def make_together(record_id: uuid.UUID) -> Kept | None:
    """Both records in one PDF, made unless it is there; None when this one has no other half.

    Raises `PdfNotMadeError`.
    """
    pair = both_of(Record.objects.get(pk=record_id))
    return keeping.make(paper(*pair)) if pair else None


def paper(first: Record, second: Record) -> Paper:
    """The PDF of both. Neither ever changes, so there is one state."""
    both = [first, second]

    def leaves() -> list[int | None]:
        found = [proofs.leaf_of(one.pk) for one in both]
        return [leaf[0] if leaf else None for leaf in found]

    def draw(covering: SignedCheckpoint | None) -> bytes:
        attached = [proof_file(one) for one in both] if covering else []
        return bound_pdf([bytes(one.snapshot.body) for one in both], attached, check_page())

    return Paper(
        name=f"The PDF of records {first.pk} and {second.pk}",
        lock=f"together {second.pk}",
        find=lambda: kept_document(record=second, what=KeptDocument.TOGETHER, state=""),
        leaves=leaves,
        draw=draw,
        store=lambda document: store_document(
            record=second, what=KeptDocument.TOGETHER, state="", about=both, document=document
        ),
    )
