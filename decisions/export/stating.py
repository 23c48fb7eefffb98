"""What the ledger says of an export: that it was put together, and each time it was taken."""

from typing import Any

from decisions.export.models import Export
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import User

MADE, TAKEN = "export-made", "export-taken"


def state_made(export: Export) -> None:
    """State that it was put together, and how. Call it last in a transaction."""
    content = {
        **_content(MADE, export, export.asked_by),
        "form": export.form,
        "purpose": export.purpose,
        "chosen": export.chosen,
        "found": export.found,
        "records": export.total,
        "strata": export.strata,
        "seed": export.seed,
        "without_pdf": export.without_pdf,
    }
    ledger.state(type=Type.EXPORT_MADE, content=content, actor=export.asked_by.pseudonym)


def state_taken(export: Export, person: User) -> None:
    """State that this person took its file away. Call it last in a transaction."""
    content = _content(TAKEN, export, person)
    ledger.state(type=Type.EXPORT_TAKEN, content=content, actor=person.pseudonym)


def _content(kind: str, export: Export, person: User) -> dict[str, Any]:
    return {
        "kind": kind,
        "person": str(person.pk),
        "organisation": str(export.organisation_id),
        "export": str(export.pk),
        "sha256": export.sha256,
        "manifest_sha256": export.manifest_sha256,
    }
