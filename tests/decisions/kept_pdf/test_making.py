"""The PDF of a record: wanted when it is sealed, made once, never withheld, kept as it was made."""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions import jobs
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.documents import altered
from decisions.kept_pdf import making
from decisions.kept_pdf.models import RecordPdf
from decisions.kept_pdf.others import store_document
from decisions.records.models import Record
from decisions.records.sealing import seal
from tests.cast import build
from tests.decisions.walk import RIGHT_WAY, Walk, begin
from tests.roles import as_owner, as_superuser

FAILS_AT_COMMIT = """
CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'too late'; END $$;
CREATE CONSTRAINT TRIGGER too_late AFTER INSERT ON decisions_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION too_late();
"""
UNDO = "DROP TRIGGER too_late ON decisions_event"


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


def wanted() -> list[dict[str, str]]:
    """What the waiting jobs that make PDFs are told."""
    waiting = ProcrastinateJob.objects.filter(task_name="make_pdf", status="todo")
    return list(waiting.values_list("args", flat=True))


def test_a_seal_leaves_a_job_that_knows_the_record_s_number_and_nothing_else(
    record: Record,
) -> None:
    assert wanted() == [{"record_id": str(record.pk)}]
    assert not jobs.want_pdf(record.pk)
    assert len(wanted()) == 1


def as_owner_run(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("committed")
def test_two_at_once_make_one_pdf_and_a_seal_that_is_undone_leaves_no_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = build()
    walk = begin(Client(), cast.priya, cast.early_help)
    walk.to_decision()
    walk.save("decide", {"decision": "share"})
    again = {"draft_id": walk.draft.pk, "person": cast.priya, "seen_revision": walk.revision()}
    as_owner_run(FAILS_AT_COMMIT)
    with pytest.raises(DatabaseError, match="too late"):
        seal(**again)
    assert wanted() == []
    as_owner_run(UNDO)
    record = seal(**again)
    assert wanted() == [{"record_id": str(record.pk)}]

    drawn: list[bytes] = []
    together = Barrier(2, timeout=60)

    def draw(body: bytes, proof: bytes | None, check_page: str) -> bytes:
        drawn.append(body)
        return record_pdf(body, proof, check_page)

    def make() -> str:
        together.wait()
        try:
            return making.make_pdf(record.pk).sha256
        finally:
            connection.close()

    monkeypatch.setattr(making, "record_pdf", draw)
    with ThreadPoolExecutor(2) as workers:
        made = {one.result() for one in [workers.submit(make) for _ in range(2)]}
    assert len(made) == len(drawn) == RecordPdf.objects.count() == 1


@pytest.mark.django_db
def test_what_is_kept_is_what_its_row_says(record: Record) -> None:
    kept = making.make_pdf(record.pk)
    assert bytes(kept.body) == record_pdf(bytes(record.snapshot.body))
    assert making.store_pdf(record=record, document=b"another") == kept
    assert bytes(RecordPdf.objects.get().body).startswith(b"%PDF")
    forged = RecordPdf(record=record, sha256="0" * 64, size=3, body=b"abc")
    with pytest.raises(IntegrityError, match="recordpdf_is_what_it_says"), transaction.atomic():
        forged.save(force_insert=True)


def test_a_fault_is_noted_without_a_word_of_the_case(
    record: Record, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*given: object) -> bytes:
        raise ValueError(RIGHT_WAY["recipient"])

    monkeypatch.setattr(making, "record_pdf", fail)
    with caplog.at_level(logging.INFO), pytest.raises(making.PdfNotMadeError) as caught:
        jobs.make_pdf(record_id=str(record.pk))
    assert caught.value.__suppress_context__
    assert f"record {record.pk} could not be made: ValueError in" in caplog.text
    assert RIGHT_WAY["recipient"] not in caplog.text + str(caught.value)
    assert not RecordPdf.objects.exists()


def test_a_record_without_pdf_gets_a_job_once_but_not_when_its_job_failed(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        monkeypatch.setattr(jobs, "SETTLED", -jobs.SETTLED)
        jobs.make_missing_pdfs()
        jobs.make_missing_pdfs()
        assert wanted() == [{"record_id": str(record.pk)}]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    jobs.make_missing_pdfs()
    assert wanted() == []


def test_a_kept_file_that_was_changed_or_lost_is_found_by_its_leaf(record: Record) -> None:
    making.make_pdf(record.pk)
    store_document(record=record, what="together", state="", about=[record], document=b"%PDF-1.7")
    assert list(altered()) == []
    first, second = record.events.filter(kind="document").order_by("pk")
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("recordpdf", "keptdocument"):
            cursor.execute(f"ALTER TABLE decisions_{table} DISABLE TRIGGER ALL")
            cursor.execute(f"ALTER TABLE decisions_{table} DROP CONSTRAINT {table}_is_what_it_says")
        cursor.execute("UPDATE decisions_recordpdf SET body = set_byte(body, 5000, 7)")
        cursor.execute("DELETE FROM decisions_keptdocument")
    found = {one.seq: one.what for one in altered()}
    assert "was changed" in found[first.ledger_entry.leaf_id]
    assert "not kept any more" in found[second.ledger_entry.leaf_id]
    with as_superuser(), connection.cursor() as cursor:
        forged = "encode(sha256(body), 'hex')"
        cursor.execute(f"UPDATE decisions_recordpdf SET sha256 = {forged}")  # noqa: S608
    found = {one.seq: one.what for one in altered()}
    assert "is named by no leaf" in found[None]
    assert "not kept any more" in found[first.ledger_entry.leaf_id]
