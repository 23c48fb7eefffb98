"""Take a view away as a file: CSV or XLSX, with its hash in the ledger."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
    """The file of these entries, noted in the ledger. Raises `TooMany`, and then notes nothing."""
    if rows.order_by().values("pk")[: MOST + 1].count() > MOST:
        raise TooMany
    columns = [one for one in terms.COLUMNS if one in view.columns and one != terms.CASE]
    columns = [terms.CASE, *columns] if with_cases else columns
    table = TABLES[kind](["Reference", *(terms.COLUMNS[one] for one in columns)])
    count = 0
    for row in _rows(ordered(rows, view.sort), columns):
        table.add(row)
        count += 1
    file = table.done()
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    said = {
        "kind": STATED,
        "person": str(person.pk),
        "file": kind,
        "sha256": digest,
        "decisions": count,
        "columns": ["reference", *columns],
        # Which filters, and of what was typed only that it was.
        "filters": view.narrowed_by(),
    }
    ledger.state(type=Type.REGISTER_EXPORTED, content=said, actor=person.pseudonym)
    return Taken(file, digest)


def _rows(rows: QuerySet[Entry], columns: Sequence[str]) -> Iterator[Row]:
    entries = rows.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(entries, AT_ONCE)):
        for line in lines(batch, columns, for_programs):
            yield [line.reference, *(line.cells[one] for one in columns)]
