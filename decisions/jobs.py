"""The jobs of this app. A job is told ids only, and does no harm when it is done twice."""

import uuid
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.export import jobs as export_jobs
from decisions.export import tending
from decisions.kept_pdf import afterwards, making, together
from decisions.records.models import Record
from decisions.replay.running import do_replay
from decisions.review.sampling import draw_due
from decisions.telling import jobs as telling_jobs
from infoshare import clock
from infoshare.jobs.deferring import RETRY, defer
from infoshare.jobs.periodic import periodically

__all__ = ["export_jobs", "telling_jobs", "tending"]
A_BATCH = 200
# A record sealed a moment ago has a job of its own.
SETTLED = timedelta(minutes=10)
# What nobody waits for comes after what somebody may wait for.
LATER = -10


@app.task(name="make_pdf", retry=RETRY)
def make_pdf(record_id: str) -> None:
    """Make the PDF of a record, unless it is there."""
    making.make_pdf(uuid.UUID(record_id))


def want_pdf(record_id: uuid.UUID, *, priority: int = 0) -> bool:
    """Leave the job that makes this record's PDF; False when one waits already."""
    return defer(make_pdf, once=f"pdf:{record_id}", priority=priority, record_id=record_id)


@app.task(name="make_afterwards", retry=RETRY)
def make_afterwards(record_id: str) -> None:
    """Make the addendum of a record as things stand, unless it is there."""
    afterwards.make_afterwards(uuid.UUID(record_id))


def want_afterwards(record_id: uuid.UUID) -> bool:
    """Leave the job that makes this record's addendum; False when one waits already."""
    return defer(make_afterwards, once=f"afterwards:{record_id}", record_id=record_id)


@app.task(name="make_together", retry=RETRY)
def make_together(record_id: str) -> None:
    """Make the PDF of an urgent record and its follow-up, unless it is there."""
    together.make_together(uuid.UUID(record_id))


def want_together(record_id: uuid.UUID) -> bool:
    """Leave the job that makes the PDF of this record and its other half."""
    return defer(make_together, once=f"together:{record_id}", record_id=record_id)


@app.task(name="replay", retry=RETRY)
def replay(run_id: str) -> None:
    """Run an organisation's decisions again, unless that is done."""
    do_replay(uuid.UUID(run_id))


def want_replay(run_id: uuid.UUID) -> bool:
    """Leave the job that does this run; False when one waits already."""
    return defer(replay, once=f"replay:{run_id}", run_id=run_id)


@periodically("25 * * * *")
def make_missing_pdfs() -> None:
    """Want the PDFs of records that have none, oldest first; not those whose job has failed."""
    failed = ProcrastinateJob.objects.filter(task_name=make_pdf.name, status="failed")
    without = Record.objects.filter(pdf=None, sealed_at__lt=clock.now() - SETTLED).exclude(
        pk__in=[uuid.UUID(args["record_id"]) for args in failed.values_list("args", flat=True)]
    )
    for record_id in without.order_by("sealed_at").values_list("pk", flat=True)[:A_BATCH]:
        want_pdf(record_id, priority=LATER)


@periodically("*/5 * * * *")
def batch_reads() -> None:
    """Put who read which record into the ledger, many views in one leaf."""
    call_command("batch_reads", stdout=StringIO())


@periodically("10 3 * * *")
def close_old_drafts() -> None:
    """Close drafts that nobody saved, and remove the text of those closed 14 days ago."""
    call_command("close_old_drafts")


@periodically("5 * * * *")
def forget_old_cases() -> None:
    """Remove cases that a case system handed in and nobody used."""
    call_command("forget_old_cases")


@periodically("40 4 * * *")
def draw_samples() -> None:
    """Draw last month's samples for a second look, for each team that has none yet."""
    draw_due()
