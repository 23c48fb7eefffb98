"""The tables of an export: the register of its records, and what happened to them."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from decisions.afterwards.kinds import KINDS
from decisions.doubts.standing import SETTLED
from decisions.export.batch import Chosen, Happened, names_of
from decisions.export.package import Package
from decisions.export.pseudonyms import Pseudonyms
from decisions.records.models import Event
from decisions.register import terms
from decisions.register.files import TABLES, CsvTable, Table
from decisions.register.listing import for_programs, lines
from decisions.register.models import Entry
from decisions.review.standing import ANSWERED, REVIEWED
from infoshare.people.models import User

REGISTER = ("Reference", "Record", *terms.COLUMNS.values())
EVENTS = ("Reference", "When", "What", "Who", "Entry in the ledger")
INFOSHARE = "InfoShare"
WORDS = {
    Event.SEALED: "The decision was sealed.",
    Event.VIEWED: "The record was read.",
    Event.EXPORTED: "A file of the record was taken away.",
    Event.DOCUMENT: "InfoShare made a file of the record and keeps it.",
    SETTLED: "The lead settled a question that was left unsure.",
    REVIEWED: "The decision was reviewed.",
    ANSWERED: "The practitioner answered the reviewer.",
    **{kind: words.sentence for kind, words in KINDS.items()},
}


class Tables:
    """The register as CSV and XLSX and the events as CSV, written beside the records."""

    def __init__(self, stand_in: Pseudonyms | None) -> None:
        self._stand_in = stand_in
        self._names: dict[uuid.UUID, str] = {}
        self._register: dict[str, Table] = {
            ending: table(REGISTER) for ending, table in TABLES.items()
        }
        self._events = CsvTable(EVENTS)

    def add(self, batch: Sequence[Chosen]) -> None:
        """The rows of these records."""
        entries = Entry.objects.defer("search").in_bulk([one.id for one in batch])
        there = [entries[one.id] for one in batch]
        for entry, line in zip(there, lines(there, terms.COLUMNS, for_programs), strict=True):
            cells = {**line.cells, **self._replaced(entry, line.cells[terms.CASE])}
            row = [line.reference, str(line.record_id), *cells.values()]
            for table in self._register.values():
                table.add(row)
        self._learn(names_of(batch))
        for one in batch:
            for event in one.happened:
                self._events.add([one.reference, *self._said(event)])

    def put_into(self, package: Package) -> None:
        """Put the tables into the ZIP file. Nothing is added from then on."""
        for ending, table in self._register.items():
            with table.done() as file:
                package.add_file(f"register.{ending}", file)
        with self._events.done() as file:
            package.add_file("events.csv", file)

    def _replaced(self, entry: Entry, case: str) -> dict[str, str]:
        if self._stand_in is None:
            return {}
        return {
            terms.CASE: self._stand_in.case(case),
            "practitioner": self._stand_in.person(entry.owner_id),
            "recipient": self._stand_in.recipient(entry.recipient),
        }

    def _said(self, event: Happened) -> list[str]:
        what = WORDS.get(event.kind, event.kind)
        leaf = "" if event.leaf is None else str(event.leaf)
        return [_when(event.at), what, self._who(event.actor), leaf]

    def _who(self, account: uuid.UUID | None) -> str:
        if account is None:
            return INFOSHARE
        return self._stand_in.person(account) if self._stand_in else self._names[account]

    def _learn(self, accounts: set[uuid.UUID]) -> None:
        new = accounts - self._names.keys()
        if new and self._stand_in is None:
            self._names |= dict(User.objects.filter(pk__in=new).values_list("pk", "name"))


def _when(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(" ", "seconds")[:19]
