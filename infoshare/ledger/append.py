"""The two ways into the ledger. Both belong last in the transaction of whatever happened.

The head is locked from here until the transaction ends: whoever locks something else after an
append may wait for somebody who waits for the head.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from infoshare import clock
from infoshare.ledger import commitments
from infoshare.ledger.leaf import Type
from infoshare.ledger.models import Statement


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a new leaf stands, and its time: as asked, or that of the leaf in front if later."""

    seq: int
    time: datetime


def append(
    *,
    type: Type,  # noqa: A002  (what it is called in the leaf)
    commitment: str,
    actor: UUID | None,
    record: UUID | None = None,
    at: datetime | None = None,
) -> Appended:
    """The leaf that now ends the ledger. Without `at` its time is now.

    `actor` is a pseudonym (`User.pseudonym`), None for InfoShare itself. Raises
    `TransactionManagementError` outside a transaction, and `IntegrityError` for a second seal of
    a record or something that is no commitment.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("append within the transaction it belongs to")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, time_ FROM public.ledger_append(%s, %s, %s, %s, %s)",
            [type.value, record, commitment, actor, at or clock.now()],
        )
        return Appended(*cursor.fetchone())


@transaction.atomic
def state(*, type: Type, content: Mapping[str, Any], actor: UUID | None) -> Appended:  # noqa: A002
    """The leaf for something about no record; what it commits to is kept beside it.

    `content` says what happened, as plain JSON values, with its `kind`; `at` is put in. It may
    name accounts, for it never leaves with the leaf. Raises `ValueError` for a value that
    canonical JSON cannot write.
    """
    now = clock.now()
    exact = commitments.canonical({**content, "at": commitments.utc(now)})
    salt = commitments.new_salt()
    commitment = commitments.of_event(salt, exact)
    appended = append(type=type, commitment=commitment, actor=actor, at=now)
    Statement.objects.create(leaf_id=appended.seq, salt=salt, content=exact)
    return appended
