"""Sealed records, an export of them as planning leaves it, and its jobs done without a worker."""

import json
from pathlib import Path
from typing import Any

from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.export import jobs, storing
from decisions.export.models import Export, ExportRecord, Form
from decisions.kept_pdf.making import store_pdf
from decisions.records.models import Record
from decisions.records.sealing import seal
from infoshare.ledger.models import Statement
from tests.cast import Cast
from tests.decisions.walk import begin

TASKS = {one.name: one for one in (jobs.make_export_stretch, jobs.write_export)}


def seal_one(cast: Cast, *, with_pdf: bool = False) -> Record:
    """A decision of Priya's, sealed; with a document in the place of its PDF, if asked.

    The job that makes its PDF is lost.
    """
    walk = begin(Client(), cast.priya, cast.early_help)
    walk.to_decision()
    walk.save("decide", {"decision": "share"})
    record = seal(draft_id=walk.draft.pk, person=cast.priya, seen_revision=walk.revision())
    ProcrastinateJob.objects.filter(queueing_lock=f"pdf:{record.pk}").delete()
    if with_pdf:
        store_pdf(record=record, document=b"%PDF of " + record.reference.encode())
    return record


def plan(cast: Cast, records: list[Record], form: Form = Form.WHOLE, **given: Any) -> Export:
    """Ada's export of these records, not begun."""
    export = Export.objects.create(
        organisation=cast.northmoor,
        asked_by=cast.ada,
        purpose="The yearly audit",
        form=form,
        chosen="All records",
        found=len(records),
        total=len(records),
        **given,
    )
    ExportRecord.objects.bulk_create(
        ExportRecord(export=export, place=place, record=one) for place, one in enumerate(records, 1)
    )
    return export


def waiting() -> list[ProcrastinateJob]:
    """The jobs of exports that wait, oldest first."""
    found = ProcrastinateJob.objects.filter(task_name__in=TASKS, status="todo")
    return list(found.order_by("id"))


def do(job: ProcrastinateJob) -> None:
    """Do a job as a worker does."""
    row = ProcrastinateJob.objects.filter(pk=job.pk)
    row.update(status="doing")
    TASKS[job.task_name](**job.args)
    row.update(status="succeeded")


def do_all() -> None:
    """Do what waits, and what that leaves."""
    while found := waiting():
        do(found[0])


def files(export: Export | None = None) -> list[Path]:
    """What lies in the folder of exports, of this one or of all."""
    return sorted(storing.folder().glob(f"{export.pk}*" if export else "*"))


def stated(kind: str) -> list[dict[str, Any]]:
    """The ledger's statements of this kind."""
    found = (json.loads(bytes(one.content)) for one in Statement.objects.order_by("leaf"))
    return [one for one in found if one["kind"] == kind]
