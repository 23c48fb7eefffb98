"""An export from its beginning to its file: what lacks is made, the file is written once."""

import hashlib
import uuid
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.afterwards import writers
from decisions.desk.exports import exports
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.batching import batch_reads
from decisions.evidence.checking import check_everything
from decisions.export import finishing, jobs, lacking, storing, stretches, working
from decisions.export.models import Export, Form, State
from decisions.export.standing import Progress, attempt
from decisions.jobs import want_pdf
from decisions.kept_pdf import afterwards, making
from decisions.kept_pdf.models import KeptDocument, RecordPdf
from decisions.kept_pdf.others import store_document
from decisions.needs_you.writers import NotOpened, note_looked
from decisions.records.models import Event, Record
from decisions.telling.letter import letter
from decisions.telling.models import Message, Rhythm
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.export.made import do, do_all, files, plan, seal_one, stated, waiting

pytestmark = pytest.mark.usefixtures("folders")


def correct(cast: Cast, record: Record) -> None:
    writers.correct(
        record=record, person=cast.priya, page=uuid.uuid4(), wrong="Ten", right="Eleven"
    )


def lacks(export: Export) -> list[tuple[int, bool, bool]]:
    return [(one.place, one.pdf, one.addendum) for one in lacking.lacking(export.pk)]


def test_what_lacks_is_made_and_the_file_is_written_once(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    records = [seal_one(cast, with_pdf=True), seal_one(cast), seal_one(cast, with_pdf=True)]
    correct(cast, records[2])
    export = plan(cast, records)
    assert lacks(export) == [(2, True, False), (3, False, True)]
    working.begin_export(export=export)
    assert export.state is State.WORKING
    assert working.progress(export) == Progress(1, 3, 0, 3)
    (stretch,) = waiting()
    told = {"export_id": str(export.pk), "attempt": attempt(export), "first": 2, "last": 3}
    assert (stretch.args, stretch.priority) == (told, jobs.LATER)
    do(stretch)
    assert RecordPdf.objects.count() == 3
    assert KeptDocument.objects.get().record == records[2]
    assert working.progress(export) == Progress(3, 3, 0, 3)
    assert working.file_of(export) is None
    (write,) = waiting()
    do(write)
    jobs.write_export(**write.args)  # done again it does nothing
    do_all()

    export.refresh_from_db()
    assert export.state is State.READY
    assert working.progress(export) == Progress(3, 3, 3, 3)
    (file,) = files()
    assert working.file_of(export) == file
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert export.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert export.size == file.stat().st_size
    assert export.expires_at - export.ready_at == timedelta(days=7)
    assert zipfile.ZipFile(file).testzip() is None
    (made,) = stated("export-made")
    assert made["sha256"] == export.sha256
    assert (made["records"], made["purpose"]) == (3, "The yearly audit")
    seen = Event.objects.filter(kind=Event.VIEWED, actor=cast.ada)
    assert {one.record_id for one in seen} == {one.pk for one in records}
    assert [one.details for one in seen] == [{"export": str(export.pk)}] * 3
    page = signed_in(cast.priya).get(f"/records/{records[0].pk}/").content.decode()
    assert f"{cast.ada.name} put it into an export" in page
    with pytest.raises(NotOpened):  # who put it into an export has not looked at it
        note_looked(record=records[0], person=cast.ada)
    assert batch_reads() == 4
    message = Message.objects.get()
    mail = letter(cast.ada, Rhythm.AT_ONCE, [message])
    assert message.person == cast.ada and mail
    assert f"Your export is ready: export {export.reference}, " in mail.body
    working.note_taken(export=export, person=cast.ada)
    (taken,) = stated("export-taken")
    assert (taken["export"], taken["sha256"]) == (str(export.pk), export.sha256)
    # Roles have no leaf here: nobody gave the cast theirs by the writer.
    wrong = [one.what for one in check_everything().findings]
    assert [one for one in wrong if not one.startswith("the role")] == []
    # An auditor's desk says both.
    shown = exports([cast.northmoor.pk]).exports
    assert [(one.what, one.records, one.sha256) for one in shown] == [
        ("Downloaded", None, export.sha256), ("Put together", 3, export.sha256)
    ]  # fmt: skip
    assert shown[1].purpose == export.purpose


def test_an_addendum_is_up_to_date_while_nothing_more_has_happened(cast: Cast) -> None:
    record = seal_one(cast, with_pdf=True)
    export = plan(cast, [record])
    assert lacks(export) == []

    def print_it() -> None:
        state = afterwards._state(afterwards.timeline(record))
        kept = {"record": record, "what": KeptDocument.AFTERWARDS, "about": []}
        store_document(**kept, state=state, document=state.encode())
        assert lacks(export) == []

    correct(cast, record)
    assert lacks(export) == [(1, False, True)]
    print_it()
    draft = writers.reopen(
        record=record, person=cast.priya, page=uuid.uuid4(), team=cast.early_help, news="New facts"
    )
    print_it()
    # The new decision is named by the addendum once it is sealed.
    Record.objects.create(
        **{
            one.attname: getattr(record, one.attname)
            for one in Record._meta.concrete_fields
            if one.name not in ("id", "reference", "draft")
        },
        draft=draft,
        reference="9999-9999-9999",
    )
    assert lacks(export) == [(1, False, True)]
    print_it()


def test_a_pseudonymised_export_needs_no_pdf(cast: Cast) -> None:
    export = plan(cast, [seal_one(cast)], Form.PSEUDONYMISED)
    working.begin_export(export=export)
    assert [one.task_name for one in waiting()] == ["write_export"]
    assert working.progress(export) == Progress(0, 0, 0, 1)


def test_nobody_writes_while_another_process_does(cast: Cast) -> None:
    export = plan(cast, [seal_one(cast, with_pdf=True)])
    working.begin_export(export=export)
    (write,) = waiting()
    another = connection.copy()
    with another.cursor() as cursor:
        name = [finishing.EXPORTS, f"{export.pk}:{attempt(export)}"]
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", name)
    jobs.write_export(**write.args)
    assert files() == []
    another.close()  # as when its process is killed
    do_all()
    assert len(files()) == len(stated("export-made")) == 1


def test_what_was_begun_stops_when_it_is_cancelled_and_begins_again(cast: Cast) -> None:
    export = plan(cast, [seal_one(cast), seal_one(cast, with_pdf=True)])
    with pytest.raises(working.NotNow):
        working.cancel_export(export=export)
    working.begin_export(export=export)
    with pytest.raises(working.NotNow):
        working.begin_export(export=export)
    working.cancel_export(export=export)
    assert export.state is State.CANCELLED
    (cancelled,) = waiting()
    working.begin_again(export=export)
    assert len(waiting()) == 2
    do(cancelled)  # it belongs to the attempt before
    assert RecordPdf.objects.count() == 1
    do_all()
    export.refresh_from_db()
    assert export.state is State.READY
    with pytest.raises(working.NotNow):
        working.begin_again(export=export)
    assert len(stated("export-made")) == len(files()) == 1


def test_a_file_that_is_being_written_is_removed_when_it_is_cancelled(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = plan(cast, [seal_one(cast, with_pdf=True)])
    working.begin_export(export=export)
    keep, seen = storing.keep, []

    def cancelled_meanwhile(part: Path) -> Path:
        seen.append(part.stat().st_size)
        working.cancel_export(export=export)
        return keep(part)

    monkeypatch.setattr(storing, "keep", cancelled_meanwhile)
    do_all()
    assert seen and files() == [] and stated("export-made") == []
    assert not Event.objects.filter(kind=Event.VIEWED).exists()
    assert not Message.objects.exists()


def test_of_two_that_finish_at_once_one_leaves_the_writing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "A_STRETCH", 1)
    export = plan(cast, [seal_one(cast), seal_one(cast)])
    working.begin_export(export=export)
    first, second = waiting()
    ProcrastinateJob.objects.filter(pk__in=[first.pk, second.pk]).update(status="doing")
    for one in (first, second):
        assert waiting() == []
        jobs.make_export_stretch(**one.args)
    assert [one.task_name for one in waiting()] == ["write_export"]


def test_a_stretch_gives_way_to_a_practitioner_who_waits(cast: Cast) -> None:
    records = [seal_one(cast), seal_one(cast)]
    export = plan(cast, records)
    working.begin_export(export=export)
    (stretch,) = waiting()
    want_pdf(records[1].pk)
    do(stretch)
    assert [one.record for one in RecordPdf.objects.all()] == records[:1]
    (rest,) = waiting()
    assert (rest.args, rest.priority, rest.pk != stretch.pk) == (stretch.args, jobs.LATER, True)
    do(rest)
    assert RecordPdf.objects.count() == 2
    assert [one.task_name for one in waiting()] == ["write_export"]


def test_a_pdf_that_cannot_be_made_is_named_and_keeps_nobody_from_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = seal_one(cast), seal_one(cast)
    bad = bytes(first.snapshot.body)

    def draw(body: bytes, *more: Any) -> bytes:
        if body == bad:
            raise ValueError(body)
        return record_pdf(body, *more)

    monkeypatch.setattr(making, "record_pdf", draw)
    export = plan(cast, [first, second])
    working.begin_export(export=export)
    do(waiting()[0])
    stretches._note(export.pk, first.reference)  # done again, it is still named once
    export.refresh_from_db()
    assert export.without_pdf == [first.reference]
    assert RecordPdf.objects.get().record == second
    assert working.progress(export) == Progress(2, 2, 0, 2)
    assert [one.task_name for one in waiting()] == ["write_export"]
