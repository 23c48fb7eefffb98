"""The lists of the desk are read from indexes, in their order: nothing is read whole or sorted.

On empty tables PostgreSQL would read them whole. It is told not to, so the index is taken if the
statement and the index are in the same words, and else cannot be.
"""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.desk import newest
from decisions.desk.exports import exports
from decisions.desk.newest import FEW
from decisions.desk.reads import Asked, reads_in
from decisions.desk.stated import lists_taken, role_changes
from decisions.desk.taken import taken
from tests.cast import Cast

OFF = ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin")
PLACE = "2026-05-01T00:00:00.000000Z-7"


ASKED: list[tuple[str, int, Callable[[Cast], object]]] = [
    ("event_viewed_by", FEW, lambda cast: reads_in([cast.northmoor.pk], Asked(), PLACE)),
    ("event_viewed_by", FEW, lambda cast: reads_in([cast.northmoor.pk], Asked(cast.maya.pk))),
    ("event_viewed", 0, lambda cast: reads_in([cast.northmoor.pk], Asked(), PLACE)),
    ("event_exported_by", FEW, lambda cast: taken([cast.northmoor.pk], before=7)),
    ("event_exported", 0, lambda cast: taken([cast.northmoor.pk], before=7)),
    ("statement_of_organisation", FEW, lambda cast: role_changes([cast.northmoor.pk], 7)),
    ("statement_of_organisation", FEW, lambda cast: lists_taken([cast.northmoor.pk])),
    ("statement_of_organisation", FEW, lambda cast: exports([cast.northmoor.pk])),
]


@pytest.mark.parametrize(("index", "few", "ask"), ASKED)
def test_a_list_is_read_from_its_index(
    index: str,
    few: int,
    ask: Callable[[Cast], object],
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(newest, "FEW", few)
    with CaptureQueriesContext(connection) as seen:
        ask(cast)
    tables = ('FROM "decisions_event"', 'FROM "ledger_statement"')
    listing = [one["sql"] for one in seen if any(table in one["sql"] for table in tables)]
    assert listing
    with connection.cursor() as cursor:
        for name in OFF:
            cursor.execute(f"SET LOCAL enable_{name} = off")
        for sql in listing:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = json.dumps(cursor.fetchone()[0])
            assert f'"Index Name": "{index}"' in plan, plan
            assert "Seq Scan" not in plan, plan
            # What comes from several kinds or people is put in order; the rest stands in order.
            assert "UNION" in sql or "unnest" in sql or 'Sort"' not in plan, plan
