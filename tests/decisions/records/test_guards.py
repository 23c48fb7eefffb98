"""Sealed rows refuse UPDATE, DELETE and TRUNCATE in PostgreSQL itself, and nothing cascades."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import Error

from decisions.kept_pdf.making import store_pdf
from decisions.kept_pdf.others import store_document
from decisions.records.events import note_viewed
from decisions.records.models import Record
from infoshare.ledger.guards import guarded_tables
from tests.decisions.walk import Walk
from tests.roles import as_superuser

SEALED = (
    "decisions_record",
    "decisions_snapshot",
    "decisions_event",
    "decisions_ledgerentry",
    "decisions_recordpdf",
    "decisions_keptdocument",
    "guidance_storededition",
    "guidance_storedfile",
)


@pytest.fixture
def sealed(walk: Walk) -> Iterator[Record]:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    store_pdf(record=record, document=b"%PDF-1.7")
    store_document(record=record, what="afterwards", state="", about=[], document=b"%PDF-1.7")
    yield record


def statements() -> Iterator[str]:
    """Ways to change or lose a sealed row."""
    for table in SEALED:
        yield f"DELETE FROM {table}"  # noqa: S608
        yield f"TRUNCATE {table} CASCADE"
    yield "UPDATE decisions_record SET decision = 'share-in-part'"
    yield "UPDATE decisions_record SET reference = reference"
    yield "UPDATE decisions_snapshot SET body = '\\x00'"
    yield "UPDATE decisions_event SET kind = 'nothing'"
    yield "UPDATE decisions_recordpdf SET body = '\\x00'"
    yield "UPDATE decisions_keptdocument SET body = '\\x00'"
    yield "UPDATE guidance_storededition SET edition_id = 'other'"
    yield "UPDATE guidance_storedfile SET content = '\\x00'"
    yield "TRUNCATE decisions_draft CASCADE"
    yield (
        "MERGE INTO decisions_record AS mine USING decisions_record AS other "
        "ON mine.id = other.id WHEN MATCHED THEN DELETE"
    )
    yield (
        "INSERT INTO decisions_record SELECT * FROM decisions_record "
        "ON CONFLICT (id) DO UPDATE SET decision = 'share-in-part'"
    )


@pytest.mark.parametrize("statement", list(statements()))
def test_the_database_refuses(sealed: Record, statement: str) -> None:
    with (
        pytest.raises(Error, match="sealed rows are never changed"),
        transaction.atomic(),
        as_superuser(),  # or their rights would stop them before the guards do
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or PostgreSQL refuses TRUNCATE for that
        cursor.execute(statement)


@pytest.mark.parametrize("table", SEALED)
def test_the_guards_hold_for_replication_too(sealed: Record, table: str) -> None:
    with (
        pytest.raises(Error, match="sealed rows are never changed"),
        transaction.atomic(),
        as_superuser(),  # or their rights would stop them before the guards do
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.django_db
def test_every_sealed_table_has_its_guards_always_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE tgname LIKE 'only_grows%%' AND tgenabled = 'A'"
        )
        found = set(cursor.fetchall())
    names = ("only_grows_row", "only_grows_table")
    assert found == {(table, name) for table in guarded_tables() for name in names}
    assert set(SEALED) < set(guarded_tables())


@pytest.mark.django_db
def test_no_foreign_key_cascades() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f' "
            "AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r')) "
            # The tables of jobs hold nothing that is sealed, and only refer to each other.
            "AND conrelid::regclass::text NOT LIKE 'procrastinate_%%'"
        )
        assert cursor.fetchall() == []


def test_our_models_only_protect() -> None:
    ours = {"ledger", "people", "guidance", "decisions"}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if model._meta.app_label in ours and field.many_to_one and field.concrete:
                assert field.remote_field.on_delete.__name__ == "PROTECT", field


def test_rows_can_be_added(sealed: Record) -> None:
    before = sealed.events.count()
    note_viewed(record=sealed, person=sealed.owner)
    assert sealed.events.count() == before + 1
