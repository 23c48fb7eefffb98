"""The bytes of a leaf, and the types there are (docs/ledger-format.md, sections 2 and 3). Pure.

The database writes leaves. This module only reads them, from the bytes that were hashed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
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
# Many leaves are read at once, a line each, because that takes a third of the time.
_LINES = re.compile(rb"^" + _LEAF + rb"$", re.MULTILINE)


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
    LEDGER_BEGAN = "ledger-began"


# An `Enum` would be asked for each of a million leaves.
TYPES = frozenset(kind.value.encode() for kind in Type)

Fields = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""Actor ("" for none), commitment, record with revision, seq, time, type: as they stand."""


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


def fields(lines: bytes) -> list[Fields]:
    """What each of these leaves says, a line each; those that are no leaf are left out."""
    found: list[Fields] = _LINES.findall(lines)
    return found


def read(leaf: bytes) -> Leaf:
    """What the leaf says; `ValueError` when it is not of the form."""
    found = fields(leaf)
    if len(found) != 1 or b"\n" in leaf:
        raise ValueError("not a leaf of version 1")
    return said(found[0])


def said(one: Fields) -> Leaf:
    """The fields as values; `ValueError` when the time is none there is."""
    actor, commitment, about, seq, time, type_ = (part.decode() for part in one)
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


def goes_back(times: Sequence[bytes]) -> int | None:
    """The place of the first time that is before the one in front of it, if there is one."""
    # Times of one length and form are in the order of their letters.
    return next((n for n, (a, b) in enumerate(pairwise(times), start=1) if b < a), None)
