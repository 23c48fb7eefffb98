"""Take a view away as a file: CSV or XLSX, with its hash in the ledger."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from decisions.register import terms
from decisions.register.files import TABLES, File, Row
from decisions.register.listing import for_programs, lines
from decisions.register.models import Entry
from decisions.register.selecting import ordered
from decisions.register.view import View
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people import policy
from infoshare.people.models import User

MOST = 50_000
AT_ONCE = 500
STATED = "register-exported"  # what the ledger says of a file


class TooMany(Exception):
    """The view has more decisions than a file may hold."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file, at its beginning, and its SHA-256."""

    file: File
    sha256: str


@transaction.atomic
def take_away(
    *, person: User, rows: QuerySet[Entry], view: View, kind: str, with_cases: bool
) -> Taken:
    """The file of these entries, noted in the ledger for each organisation that they are of.

    Raises `TooMany`, and then notes nothing.
    """
    if rows.order_by().values("pk")[: MOST + 1].count() > MOST:
        raise TooMany
    columns = [one for one in terms.COLUMNS if one in view.columns and one != terms.CASE]
    columns = [terms.CASE, *columns] if with_cases else columns
    table = TABLES[kind](["Reference", *(terms.COLUMNS[one] for one in columns)])
    counted: Counter[UUID] = Counter()
    for row in _rows(ordered(rows, view.sort), columns, counted):
        table.add(row)
    file = table.done()
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    said = {
        "kind": STATED,
        "person": str(person.pk),
        "file": kind,
        "sha256": digest,
        "columns": ["reference", *columns],
        # Which filters, and of what was typed only that it was.
        "filters": view.narrowed_by(),
    }
    # Auditors of one organisation learn nothing of another's.
    for organisation in sorted(counted or _within_reach(person)):
        mine = {"organisation": str(organisation), "decisions": counted[organisation]}
        ledger.state(type=Type.REGISTER_EXPORTED, content={**said, **mine}, actor=person.pseudonym)
    return Taken(file, digest)


def _within_reach(person: User) -> set[UUID]:
    reach = policy.reach_of(person, policy.Action.LIST_TEAM_DECISIONS)
    return {*reach.organisations, *(organisation for organisation, _ in reach.teams)}


def _rows(rows: QuerySet[Entry], columns: Sequence[str], counted: Counter[UUID]) -> Iterator[Row]:
    entries = rows.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(entries, AT_ONCE)):
        counted.update(one.organisation_id for one in batch)
        for line in lines(batch, columns, for_programs):
            yield [line.reference, *(line.cells[one] for one in columns)]
