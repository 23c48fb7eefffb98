"""Exports made by real workers: killed at any point, several at once, and on a full disk."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.export import jobs, storing, working
from decisions.export.models import Export, State
from decisions.kept_pdf.making import store_pdf
from decisions.kept_pdf.models import RecordPdf
from decisions.records.models import Event, Record
from decisions.telling.models import Message
from infoshare.jobs.deferring import defer
from infoshare.jobs.housekeeping import retry_stalled
from infoshare.ledger import keys
from infoshare.ledger.models import Statement
from tests.cast import Cast, build
from tests.committed import own_database
from tests.decisions.export.forked import Forking, forking
from tests.decisions.export.made import files, plan, seal_one
from tests.roles import as_owner

pytestmark = pytest.mark.long
WHILE_MAKING = (
    "before make_stretch",
    "before make_pdf",
    "after note_document",  # the PDF is stored, and not committed
    "after make_pdf",
    "before _leave_next",
    "after defer",  # the writing is left, and not committed
)
WHILE_WRITING = (
    "before finish",
    "after remove_all_of",
    "after new_part",
    "after writestr",  # in the middle of the file
    "after write_export",
    "after _flush",  # before it gets its last name
    "after _flush 2",
    "after keep",
    "before _make_ready",
    "after _note_views",
    "after tell_all",
    "after state_made",  # all is said, and not committed
    "after _make_ready",
    "after finish",
)
# It leaves the job that writes, which the next worker would take: so it comes last.
AT_LAST = "after _leave_next"
POINTS = (*WHILE_MAKING, *WHILE_WRITING, AT_LAST)
DIED_LONG_AGO = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'"


@dataclass
class Place:
    """Workers, the people they work for, and a database of their own."""

    workers: Forking
    cast: Cast


@pytest.fixture(scope="module")
def place(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """What these tests share: the workers' first process takes seconds to begin."""
    folder = tmp_path_factory.mktemp("workers")
    exports, ledger = folder / "exports", folder / "ledger"
    keys.create(ledger / "keys", "ledger.example")
    folders = {
        "INFOSHARE_EXPORTS": exports,
        "INFOSHARE_LEDGER": ledger,
        "INFOSHARE_DATA": folder / "data",
    }
    with (
        django_db_blocker.unblock(),
        own_database(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(EXPORTS_FOLDER=exports, LEDGER_FOLDER=ledger),
        forking(folder, connection.database_url(), **folders) as workers,
    ):
        patch.setattr(working, "AT_ONCE", len(POINTS))  # one is begun for each
        yield Place(workers, build())


def begun(cast: Cast, records: list[Record]) -> Export:
    export = plan(cast, records)
    working.begin_export(export=export)
    return export


def test_whoever_is_killed_at_any_point_the_export_is_made_once(place: Place) -> None:
    cast, workers = place.cast, place.workers
    kept = [seal_one(cast, with_pdf=True) for _ in range(3)]
    exports = {}
    for point in POINTS:
        is_made = point in WHILE_WRITING
        export = exports[point] = begun(cast, kept if is_made else [seal_one(cast), *kept])
        assert workers.work(at=point) == [-9], point
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(DIED_LONG_AGO)
    defer(retry_stalled, timestamp=0)
    work_off(workers)
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    for point, export in exports.items():
        export.refresh_from_db()
        assert_made_once(export, point)
    once_each(Event.objects.filter(kind=Event.DOCUMENT).values_list("record", flat=True))
    assert RecordPdf.objects.count() == Record.objects.count()


def work_off(workers: Forking) -> None:
    """Have two workers do all that waits. One that finds nothing ends, though its other half may
    leave a job yet."""
    for _ in range(5):
        if ProcrastinateJob.objects.filter(status="todo").exists():
            assert workers.work(workers=2) == [0, 0]


def assert_made_once(export: Export, point: str) -> None:
    assert export.state is State.READY, point
    assert files(export) == [storing.path(export.stored_as)], point
    file = storing.path(export.stored_as).read_bytes()
    assert (hashlib.sha256(file).hexdigest(), len(file)) == (export.sha256, export.size), point
    said = [json.loads(bytes(one.content)) for one in Statement.objects.all()]
    of_it = [one for one in said if one.get("export") == str(export.pk)]
    assert [(one["kind"], one["sha256"]) for one in of_it] == [("export-made", export.sha256)]
    seen = Event.objects.filter(kind=Event.VIEWED, details={"export": str(export.pk)})
    assert once_each(seen.values_list("record", flat=True)) == export.total, point
    assert Message.objects.filter(thing=export.pk).count() == 1, point


def once_each(found: Any) -> int:
    values = list(found)
    assert len(set(values)) == len(values)
    return len(values)


def test_two_workers_share_the_stretches_and_neither_takes_what_the_other_has(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, workers = place.cast, place.workers
    monkeypatch.setattr(jobs, "A_STRETCH", 1)
    export = begun(cast, [seal_one(cast) for _ in range(4)])
    points = {"before make_stretch": 4, "after note_document": 4, "before write_export": 1}
    before = {one: workers.notes(one) for one in points}
    assert workers.work(workers=2, meet=True) == [0, 0]
    work_off(workers)
    export.refresh_from_db()
    assert_made_once(export, "")
    assert {one: workers.notes(one) - before[one] for one in points} == points


def test_a_disk_that_is_full_in_the_middle_leaves_nothing_half(place: Place) -> None:
    cast, workers = place.cast, place.workers
    records = [seal_one(cast) for _ in range(2)]
    for one in records:
        store_pdf(record=one, document=b"%PDF" + bytes(200_000))
    export = begun(cast, records)
    assert workers.work(most=300_000) == [0]
    export.refresh_from_db()
    assert export.state is State.FAILED
    assert export.failure.startswith("There was not enough room on the disk")
    assert files(export) == [] and not Message.objects.filter(thing=export.pk).exists()
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    working.begin_again(export=export)
    assert workers.work() == [0]
    export.refresh_from_db()
    assert_made_once(export, "")
