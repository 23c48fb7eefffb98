"""The ledger's own statements, as what their leaves commit to."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.lookups import Exact, In, IsNull

from infoshare.ledger import commitments
from infoshare.ledger.following import Finding, Held
from infoshare.ledger.leaf import Type
from infoshare.ledger.models import KIND, ORGANISATION, PERSON, Statement

COLUMNS = ("leaf_id", "salt", "content", "leaf__leaf")
Stated = tuple[int, Any]
"""A leaf and what it states."""
Rows = QuerySet[Statement, tuple[int, bytes, bytes, bytes]]


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
    rows = Statement.objects.order_by("leaf_id").values_list(*COLUMNS)
    return _said(rows.iterator(chunk_size=500))


@dataclass(frozen=True, slots=True)
class Newest:
    """Statements with their leaves, the newest first, and where those before them begin."""

    stated: Sequence[Stated]
    older_than: int | None  # None: there are no more


def newest(
    *,
    kinds: Collection[str],
    organisations: Collection[UUID],
    most: int,
    before: int | None = None,
) -> Newest:
    """The newest statements of these kinds about these organisations, before this leaf."""
    parts = [
        Statement.objects.filter(Exact(KIND, kind), Exact(ORGANISATION, str(one)))
        for kind in kinds
        for one in organisations
    ]
    # Of each kind and organisation so many: that is what the index has in this order.
    found = [_newest(part, most, before) for part in parts]
    if len(found) == 1:
        return _page(found[0], most)
    return _page(found[0].union(*found[1:], all=True).order_by("-leaf_id")[:most], most)


def of_no_organisation(
    *, kind: str, people: Collection[UUID], most: int, before: int | None = None
) -> Newest:
    """The newest statements of a kind that name no organisation, and one of these people."""
    rows = Statement.objects.filter(Exact(KIND, kind), IsNull(ORGANISATION, True))
    theirs = rows.filter(In(PERSON, sorted(map(str, people))))
    return _page(_newest(theirs, most, before), most)


def _newest(rows: QuerySet[Statement], most: int, before: int | None) -> Rows:
    older = rows if before is None else rows.filter(leaf_id__lt=before)
    # In the index's own order: PostgreSQL does not see that one that is NULL is always the same.
    return older.order_by(ORGANISATION, KIND, "-leaf_id").values_list(*COLUMNS)[:most]


def _page(rows: Rows, most: int) -> Newest:
    found = list(rows)
    return Newest(list(_said(found)), found[-1][0] if len(found) == most else None)


def _said(rows: Iterable[Any]) -> Iterator[Stated]:
    for seq, salt, content, leaf in rows:
        if len(salt) != commitments.SALT_BYTES:
            continue
        if commitments.of_event(bytes(salt), bytes(content)).encode() in bytes(leaf):
            yield seq, json.loads(bytes(content))
