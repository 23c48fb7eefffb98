"""Take a view away as a file: CSV or XLSX, with its hash in the ledger.

No cell can be a formula: in CSV whatever a spreadsheet would take for one begins with an
apostrophe, and in XLSX every cell is text.
"""

import csv
import hashlib
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import xlsxwriter
from django.db import transaction
from django.db.models import QuerySet

from decisions.register import terms
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
IN_MEMORY = 2**20
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV, XLSX = "csv", "xlsx"
STATED = "register-exported"  # what the ledger says of a file
Row = Sequence[str]
File = tempfile.SpooledTemporaryFile[bytes]


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
    counted: Counter[UUID] = Counter()
    head = ["Reference", *(terms.COLUMNS[one] for one in columns)]
    file = WRITERS[kind](head, _rows(ordered(rows, view.sort), columns, counted))
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


def harmless(text: str) -> str:
    """The text as no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _csv(head: Row, rows: Iterable[Row]) -> File:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (its reader closes it)
    # With the mark by which spreadsheets know UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    text.detach()
    file.seek(0)
    return file


def _xlsx(head: Row, rows: Iterable[Row]) -> File:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (its reader closes it)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Decisions")
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, cell in enumerate(head):
        sheet.write_string(0, column, cell, bold)
        sheet.set_column(column, column, 22)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    file.seek(0)
    return file


WRITERS = {CSV: _csv, XLSX: _xlsx}
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
