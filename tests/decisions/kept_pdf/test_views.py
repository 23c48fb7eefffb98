"""Taking a PDF away: at once, after a wait, or with a plain word that it could not be made."""

import time
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.kept_pdf import making
from decisions.kept_pdf.models import RecordPdf
from decisions.records.models import Event, Record
from tests.decisions.walk import Walk


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


@pytest.fixture
def a_worker(db: None) -> None:
    """A worker that has just given a sign of life, and never does anything."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def take(walk: Walk, record: Record) -> Any:
    return walk.client.get(reverse("decisions:record-pdf", args=[record.pk]))


def wait(walk: Walk, record: Record, since: object) -> Any:
    return walk.client.get(reverse("decisions:record-pdf-wait", args=[record.pk]), {"since": since})


@pytest.mark.usefixtures("a_worker")
def test_the_first_reader_waits_for_the_worker_but_not_for_long(walk: Walk, record: Record) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # as for one sealed before there were jobs
    reply = take(walk, record)
    assert reply.status_code == 303
    assert ProcrastinateJob.objects.filter(task_name="make_pdf").count() == 1
    page = walk.client.get(reply["Location"])
    assert page.status_code == 200
    text = page.content.decode()
    assert 'role="status"' in text and "The PDF is being made" in text
    assert f'href="{reply["Location"]}"' in text
    for unreadable in ("", "soon", "9" * 40, "-1"):
        assert b"being made" in wait(walk, record, unreadable).content
    assert not RecordPdf.objects.exists()
    assert b"The PDF is ready" in wait(walk, record, int(time.time()) - 60).content
    assert take(walk, record)["Content-Type"] == "application/pdf"
    assert record.events.filter(kind=Event.EXPORTED).count() == 1


def test_while_another_process_makes_it_everybody_else_waits(
    walk: Walk, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decisions.kept_pdf.keeping.try_to_make", lambda paper: None)
    assert take(walk, record).status_code == 303
    assert b"being made" in wait(walk, record, 0).content


def test_a_fault_is_said_plainly_and_can_be_tried_again(
    walk: Walk, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(body: bytes) -> bytes:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(making, "record_pdf", fail)
        for reply in (take(walk, record), wait(walk, record, 0)):
            assert reply.status_code == 503
            assert "could not be made" in reply.content.decode()
            assert reverse("decisions:record-pdf", args=[record.pk]) in reply.content.decode()
    assert not record.events.filter(kind=Event.EXPORTED).exists()
    assert take(walk, record)["Content-Type"] == "application/pdf"
