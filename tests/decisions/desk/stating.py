"""What tests have the ledger state."""

import uuid
from typing import Any

from decisions.export.models import Form
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import Organisation, User

EXPORT = {
    "form": Form.WHOLE,
    "records": 1200,
    "seed": "oak 7",
    "without_pdf": ["AAAA-BBBB-CCCC"],
    "purpose": "For the <b>inspectorate</b>",
    "chosen": "Sealed in May 2026",
}


def state(kind: Type, person: User, **more: Any) -> int:
    """The leaf of a statement of which the person is the subject."""
    content = {"kind": kind.value, "person": str(person.pk), **more}
    return ledger.state(type=kind, content=content, actor=person.pseudonym).seq


def state_export(*, person: User, organisation: Organisation) -> int:
    """The leaf of the download of an export that was made just before."""
    where = {"organisation": str(organisation.pk), "export": str(uuid.uuid4())}
    file = {"sha256": "a" * 64, "manifest_sha256": "b" * 64}
    state(Type.EXPORT_MADE, person, **EXPORT, **where, **file)
    return state(Type.EXPORT_TAKEN, person, **where, **file)
