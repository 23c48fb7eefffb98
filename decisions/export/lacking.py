"""Which chosen records lack their PDF, or an addendum that tells what has happened up to now.

One statement for them all. The state of an addendum is reckoned in the database exactly as
`decisions/kept_pdf/afterwards.py` does; a test holds the two equal.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from decisions.afterwards import kinds
from decisions.afterwards.timeline import LATER
from decisions.kept_pdf.models import KeptDocument
from decisions.records.models import Event

LACKING = """
WITH chosen AS (
    SELECT c.place, c.record_id, r.reference
    FROM decisions_exportrecord c
    JOIN decisions_record r ON r.id = c.record_id
    JOIN decisions_export x ON x.id = c.export_id
    WHERE c.export_id = %(export)s AND c.place BETWEEN %(first)s AND %(last)s
        AND NOT x.without_pdf @> to_jsonb(r.reference)
), stands AS (
    SELECT c.record_id, bool_or(e.kind <> %(sealed)s) AS has_more,
        encode(sha256(convert_to(string_agg(
            e.id || ' ' || coalesce(new.reference, '') || E'\\n', '' ORDER BY e.id
        ), 'UTF8')), 'hex') AS state
    FROM chosen c
    JOIN decisions_event e ON e.record_id = c.record_id AND e.kind = ANY(%(told)s)
    LEFT JOIN decisions_draft d
        ON e.kind = ANY(%(kinds)s) AND d.follows_id = c.record_id
        AND d.id::text = e.details ->> 'draft'
    LEFT JOIN decisions_record new ON new.draft_id = d.id
    GROUP BY c.record_id
), found AS (
    SELECT c.place, c.record_id, c.reference, p.record_id IS NULL AS pdf,
        coalesce(s.has_more, false) AND k.id IS NULL AS addendum
    FROM chosen c
    LEFT JOIN decisions_recordpdf p ON p.record_id = c.record_id
    LEFT JOIN stands s ON s.record_id = c.record_id
    LEFT JOIN decisions_keptdocument k
        ON k.record_id = c.record_id AND k.what = %(what)s AND k.state = s.state
)
SELECT {what} FROM found WHERE pdf OR addendum {order}
"""
LAST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Lack:
    """A chosen record, and what it lacks."""

    place: int
    record_id: uuid.UUID
    reference: str
    pdf: bool
    addendum: bool


def lacking(export_id: uuid.UUID, *, first: int = 1, last: int = LAST) -> list[Lack]:
    """What lacks in these places; not those whose PDF cannot be made."""
    return [Lack(*row) for row in _rows(export_id, first, last, "*", "ORDER BY place")]


def lacking_places(export_id: uuid.UUID) -> list[int]:
    """The places of the records that lack something."""
    return [row[0] for row in _rows(export_id, 1, LAST, "place", "ORDER BY place")]


def count_lacking(export_id: uuid.UUID) -> int:
    """How many records lack something."""
    return int(_rows(export_id, 1, LAST, "count(*)", "")[0][0])


def _rows(
    export_id: uuid.UUID, first: int, last: int, what: str, order: str
) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "export": export_id,
        "first": first,
        "last": last,
        "sealed": Event.SEALED,
        "told": [Event.SEALED, *LATER],
        "kinds": list(kinds.KINDS),
        "what": KeptDocument.AFTERWARDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(LACKING.format(what=what, order=order), asked)
        return list(cursor.fetchall())
