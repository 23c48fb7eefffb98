"""The bytes of a leaf, and the types there are (docs/ledger-format.md, sections 2 and 3). Pure.

The database writes leaves. This module only reads them, from the bytes that were hashed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

_UUID = rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LEAF = (
    rb"""\{"actor":(?:null|"(%(uuid)s)"),\
"commitment":"([0-9a-f]{64})",\
("record":(?:null|"%(uuid)s"),"revision":(?:0|[1-9][0-9]*)),\
"seq":(0|[1-9][0-9]*),\
"time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)",\
"type":"([a-z][a-z-]{0,39})","v":1\}""".replace(b"\\\n", b"")
    % {b"uuid": _UUID}
)
_WHOLE = re.compile(_LEAF)


class Type(StrEnum):
    """What a leaf says happened."""

    SEALED = "sealed"
    VIEWED = "viewed"  # a batch of views
    ADDED_TO = "added-to"
    DOUBT_SETTLED = "doubt-settled"
    REVIEWED = "reviewed"
    EXPORTED = "exported"
    DOCUMENT = "document"  # a file that InfoShare keeps of a record
    DISPOSED = "disposed"
    ROLE_CHANGED = "role-changed"
    EDITION_ADOPTED = "edition-adopted"
    PROTOCOL_CHANGED = "protocol-changed"
    REGISTER_EXPORTED = "register-exported"  # a list of decisions was taken away as a file
    EXPORT_MADE = "export-made"  # records were put together as one file, with their proofs
    EXPORT_TAKEN = "export-taken"  # such a file was downloaded
    LEDGER_BEGAN = "ledger-began"


# An `Enum` would be asked for each of a million leaves.
TYPES = frozenset(kind.value.encode() for kind in Type)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a leaf says."""

    actor: UUID | None
    commitment: str
    record: UUID | None
    revision: int
    seq: int
    time: datetime
    type: str


def read(leaf: bytes) -> Leaf:
    """What the leaf says; `ValueError` when it is not of the form."""
    found = _WHOLE.fullmatch(leaf)
    if found is None:
        raise ValueError("not a leaf of version 1")
    actor, commitment, about, seq, time, type_ = (
        part.decode() if part else "" for part in found.groups()
    )
    record, revision = about.removeprefix('"record":').split(',"revision":')
    return Leaf(
        actor=UUID(actor) if actor else None,
        commitment=commitment,
        record=None if record == "null" else UUID(record.strip('"')),
        revision=int(revision),
        seq=int(seq),
        time=datetime.fromisoformat(time),
        type=type_,
    )
