"""Adoptions and protocols in the ledger: each row is stated as it was written, once.

The tables only grow, so a row that says something else today was changed behind our back. A
column that comes later is not in what was stated, and is not looked at.
"""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Model

from guidance.adoption.models import Adoption, AdoptionEnd
from guidance.protocols.models import DocumentBytes, ProtocolDocument, ProtocolVersion
from infoshare.ledger import append as ledger
from infoshare.ledger.commitments import utc
from infoshare.ledger.following import Finding
from infoshare.ledger.leaf import Type
from infoshare.ledger.statements import committed
from infoshare.people.models import User

KINDS: dict[str, tuple[type[Model], Type]] = {
    "adoption": (Adoption, Type.EDITION_ADOPTED),
    "adoption-end": (AdoptionEnd, Type.EDITION_ADOPTED),
    "protocol-version": (ProtocolVersion, Type.PROTOCOL_CHANGED),
    "protocol-document": (ProtocolDocument, Type.PROTOCOL_CHANGED),
}
AT_ONCE = 500
MOST_NAMED = 10  # of rows without a leaf


def state(row: Model, person: User) -> None:
    """Give the row its leaf. Last in the transaction, for the ledger is locked until its end."""
    kind, type_ = next((kind, of[1]) for kind, of in KINDS.items() if isinstance(row, of[0]))
    content = {"kind": kind, "row": _said(row)}
    ledger.state(type=type_, content=content, actor=person.pseudonym)


def altered() -> Iterator[Finding]:
    """Rows that are not as they were stated, or not there any more, by the leaf that says so."""
    stated = _stated()
    while batch := list(islice(stated, AT_ONCE)):
        for kind, (model, _) in KINDS.items():
            yield from _compared(model, [one for one in batch if one[1]["kind"] == kind])
    for digest, content in DocumentBytes.objects.values_list("sha256", "content").iterator(1):
        if sha256(content).hexdigest() != digest:
            yield Finding(None, f"the bytes of the document {digest} were changed")


def unstated() -> Iterator[Finding]:
    """Rows that no leaf speaks of: nothing of InfoShare wrote them."""
    stated = {(said["kind"], str(said["row"]["id"])) for _, said in _stated()}
    for kind, (model, _) in KINDS.items():
        keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
        lost = (key for key in keys.iterator(AT_ONCE) if (kind, str(key)) not in stated)
        for key in islice(lost, MOST_NAMED):
            yield Finding(None, f"the {model._meta.verbose_name} {key} has no leaf")


def _stated() -> Iterator[tuple[int, Any]]:
    """What was stated of rows, by leaf."""
    return ((seq, said) for seq, said in committed() if said.get("kind") in KINDS)


def _compared(model: type[Model], stated: list[tuple[int, Any]]) -> Iterator[Finding]:
    key, name = model._meta.pk.attname, model._meta.verbose_name
    held = model._default_manager.in_bulk([said["row"][key] for _, said in stated])
    found = {str(pk): _said(row) for pk, row in held.items()}
    for seq, said in stated:
        row = found.get(str(said["row"][key]))
        if row is None:
            yield Finding(seq, f"the {name} that it states is not there any more")
        elif wrong := [one for one, value in said["row"].items() if row.get(one) != value]:
            yield Finding(seq, f"the {name} is not what it states: {', '.join(wrong)}")


def _said(row: Model) -> dict[str, Any]:
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.fields}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
