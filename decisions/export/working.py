"""What the pages do with an export: begin it, cancel it, begin it again, note that it was taken.

How it is done is the jobs' (`jobs`, `stretches`, `finishing`, `tending`); `standing` says how far
they are.
"""

from django.db import transaction

from decisions.export import stating
from decisions.export.jobs import leave_jobs
from decisions.export.models import Export, State
from decisions.export.standing import NotNow, file_of, locked, progress, working_on
from infoshare import clock
from infoshare.people.models import Organisation, User

__all__ = [
    "Busy",
    "NotNow",
    "begin_again",
    "begin_export",
    "cancel_export",
    "file_of",
    "note_taken",
    "progress",
]
AT_ONCE = 3  # exports of one organisation


class Busy(NotNow):
    """As many exports of the organisation as may be at once are being made already."""


@transaction.atomic
def begin_export(*, export: Export) -> None:
    """Begin what was planned: its jobs are left. Raises `NotNow`, `Busy` among it."""
    held = locked(export.pk)
    _refuse_unless(held, State.PLANNED)
    _refuse_while_busy(held)
    held.confirmed_at = clock.now()
    held.save(update_fields=["confirmed_at"])
    leave_jobs(held)
    export.refresh_from_db()


@transaction.atomic
def cancel_export(*, export: Export) -> None:
    """Have nobody work on it any more. What was written is removed. Raises `NotNow`."""
    held = locked(export.pk)
    _refuse_unless(held, State.WORKING)
    held.cancelled_at, held.written = clock.now(), 0
    held.save(update_fields=["cancelled_at", "written"])
    export.refresh_from_db()


@transaction.atomic
def begin_again(*, export: Export) -> None:
    """Begin anew with the same records, after it was cancelled or failed. Raises `NotNow`."""
    held = locked(export.pk)
    _refuse_unless(held, State.CANCELLED, State.FAILED)
    _refuse_while_busy(held)
    held.confirmed_at = clock.now()
    held.cancelled_at = held.failed_at = None
    held.failure, held.without_pdf, held.written = "", [], 0
    held.save(
        update_fields=[
            *("confirmed_at", "cancelled_at", "failed_at"),
            *("failure", "without_pdf", "written"),
        ]
    )
    leave_jobs(held)
    export.refresh_from_db()


@transaction.atomic
def note_taken(*, export: Export, person: User) -> None:
    """State in the ledger that this person took the file away: before its first byte goes out."""
    stating.state_taken(export, person)


def _refuse_unless(export: Export, *states: State) -> None:
    if export.state not in states:
        raise NotNow(f"{export} is {export.state}")


def _refuse_while_busy(export: Export) -> None:
    # One at a time, or two pages at once would begin one too many.
    Organisation.objects.select_for_update(no_key=True).get(pk=export.organisation_id)
    if working_on(export.organisation_id).count() >= AT_ONCE:
        raise Busy(f"{AT_ONCE} exports of the organisation are being made")
