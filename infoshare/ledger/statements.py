"""The ledger's own statements, as what their leaves commit to."""

import json
from collections.abc import Iterator
from typing import Any

from infoshare.ledger import commitments
from infoshare.ledger.following import Finding, Held
from infoshare.ledger.leaf import Type
from infoshare.ledger.models import Statement


class Statements:
    """What leaves about no record commit to: their bytes, hashed as they are stored."""

    types = frozenset(
        {
            Type.ROLE_CHANGED,
            Type.EDITION_ADOPTED,
            Type.PROTOCOL_CHANGED,
            Type.REGISTER_EXPORTED,
            Type.EXPORT_MADE,
            Type.EXPORT_TAKEN,
            Type.LEDGER_BEGAN,
        }
    )

    def held(self) -> Iterator[Held]:
        """Each statement, by its leaf."""
        rows = Statement.objects.order_by("leaf_id").values_list("leaf_id", "salt", "content")
        for seq, salt, content in rows.iterator(chunk_size=1_000):
            yield Held(seq, 0, "its statement", _commitment(bytes(salt), bytes(content)))

    def unplaced(self) -> Iterator[Finding]:
        """Nothing: a statement stands in the row of its leaf."""
        return iter(())


def _commitment(salt: bytes, content: bytes) -> str:
    try:
        return commitments.of_event(salt, content)
    except ValueError:
        return ""


def committed() -> Iterator[tuple[int, Any]]:
    """What was stated, by leaf. A statement that its leaf does not commit to says nothing: whoever
    reads the ledger finds that."""
    rows = Statement.objects.order_by("leaf_id").values_list(
        "leaf_id", "salt", "content", "leaf__leaf"
    )
    for seq, salt, content, leaf in rows.iterator(chunk_size=500):
        if len(salt) != commitments.SALT_BYTES:
            continue
        if commitments.of_event(bytes(salt), bytes(content)).encode() in bytes(leaf):
            yield seq, json.loads(bytes(content))
