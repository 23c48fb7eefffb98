"""No export hangs, none stays longer than it should, and what went wrong is said in words."""

import os
import uuid
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.export import finishing, storing, tending, working
from decisions.export.models import Export, ExportRecord, State
from infoshare import clock
from tests.cast import Cast
from tests.decisions.export.made import do_all, files, plan, seal_one, waiting

pytestmark = pytest.mark.usefixtures("folders")


def test_an_export_goes_on_when_its_job_is_lost_and_says_so_when_it_failed(cast: Cast) -> None:
    export = plan(cast, [seal_one(cast)])
    working.begin_export(export=export)
    (lost,) = waiting()
    tending.tend_exports()
    assert waiting() == [lost]
    ProcrastinateJob.objects.filter(pk=lost.pk).update(status="aborted")
    tending.tend_exports()
    (left,) = waiting()
    assert (left.args, left.pk != lost.pk) == (lost.args, True)
    part = storing.new_part(export.pk)
    ProcrastinateJob.objects.filter(pk=left.pk).update(status="failed")
    tending.tend_exports()
    export.refresh_from_db()
    assert export.state is State.FAILED
    assert "trying again did not help" in export.failure
    assert not part.exists()
    # What failed for good belongs to the attempt before.
    working.begin_again(export=export)
    tending.tend_exports()
    export.refresh_from_db()
    assert export.state is State.WORKING and export.failure == ""


def test_files_and_plans_go_when_their_time_is_over(cast: Cast) -> None:
    record = seal_one(cast, with_pdf=True)
    export, new = plan(cast, [record]), plan(cast, [record])
    plan(cast, [record], planned_at=clock.now() - timedelta(hours=25))
    working.begin_export(export=export)
    do_all()
    export.refresh_from_db()
    strays = [storing.new_part(uuid.uuid4()), storing.new_part(uuid.uuid4())]
    for one in (strays[0], storing.path(export.stored_as)):
        os.utime(one, (0, 0))
    tending.clear_exports()
    assert files() == sorted([strays[1], storing.path(export.stored_as)])
    assert set(Export.objects.all()) == {export, new}
    assert set(ExportRecord.objects.values_list("export", flat=True)) == {export.pk, new.pk}
    with clock.set_to(clock.now() + timedelta(days=7)):
        assert working.file_of(export) is None
        tending.clear_exports()
    export.refresh_from_db()
    assert export.state is State.EXPIRED
    assert files() == [strays[1]]


def test_a_disk_without_room_and_a_ledger_without_a_key_are_said_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    export = plan(cast, [seal_one(cast, with_pdf=True)])
    working.begin_export(export=export)
    monkeypatch.setattr(finishing, "room_needed", lambda export: 2**62)
    do_all()
    export.refresh_from_db()
    assert export.failure.startswith("There was not enough room on the disk")
    monkeypatch.undo()
    settings.LEDGER_FOLDER = settings.EXPORTS_FOLDER.parent / "none"
    working.begin_again(export=export)
    do_all()
    export.refresh_from_db()
    assert export.failure.startswith("InfoShare could not sign")
    assert files() == []
