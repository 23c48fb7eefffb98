"""What was taken away of an organisation's records: by whom, when, and the file's hash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from decisions.desk.newest import newest
from decisions.records.models import Event

A_PAGE = 100
WHAT = {
    "record": "The record’s PDF",
    "proof": "The record’s proof file",
    "letter": "A letter to a requester",
    "afterwards": "What happened afterwards, as a PDF",
    "together": "An urgent record and its follow-up, as one PDF",
    "full": "A full copy, with what is otherwise withheld",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that somebody took away."""

    number: int
    at: datetime
    who: str
    what: str
    record_id: UUID
    reference: str
    sha256: str


def taken(organisations: Collection[UUID], *, before: int | None = None) -> list[Taken]:
    """The newest files taken away, at most a page; `before` is the number of a page's last."""
    events = Event.objects.filter(kind=Event.EXPORTED)
    if before is not None:
        events = events.filter(pk__lt=before)
    found = newest(events, "-pk", most=A_PAGE, organisations=organisations)
    return [
        Taken(
            number=row.pk,
            at=row.at,
            who=row.who,
            what=WHAT.get(row.details.get("what", ""), "A file"),
            record_id=row.record_id,
            reference=row.record.reference,
            sha256=row.details.get("sha256", ""),
        )
        for row in found.select_related("actor", "record")
    ]
