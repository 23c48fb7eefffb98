"""What comes again for exports: none hangs, and nothing of them stays longer than it should."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from decisions.export import finishing, storing
from decisions.export.jobs import UNDONE, jobs_of, leave_jobs
from decisions.export.models import Export, ExportRecord
from decisions.export.standing import attempt
from infoshare import clock
from infoshare.jobs.periodic import periodically

A_PLAN = timedelta(days=1)
UNFINISHED: dict[str, Any] = {"ready_at": None, "failed_at": None, "cancelled_at": None}


@periodically("* * * * *")
def tend_exports() -> None:
    """See that every export that was begun goes on, or says that it failed."""
    for one in Export.objects.filter(confirmed_at__isnull=False, **UNFINISHED):
        go_on(one)


@periodically("*/5 * * * *")
def clear_exports() -> None:
    """Remove what is over: expired files, files that no export names, plans nobody confirmed."""
    remove_expired()
    storing.remove(*storing.old(but=_kept()))
    forget_old_plans()


@transaction.atomic
def go_on(export: Export) -> None:
    """See that an export goes on: jobs that are lost are left again, one that failed for good ends
    it."""
    unfinished = Export.objects.filter(pk=export.pk, **UNFINISHED)
    held = unfinished.exclude(confirmed_at=None).select_for_update().first()
    if held is None:
        return
    number = attempt(held)
    standings = set(jobs_of(held.pk, number).values_list("status", flat=True))
    if "failed" in standings:
        finishing.fail(export_id=held.pk, attempt=number, words=finishing.GAVE_UP)
        storing.remove_all_of(held.pk)
    elif not standings.intersection(UNDONE):
        leave_jobs(held)


def remove_expired() -> None:
    """Remove the files of exports that can no longer be downloaded."""
    over = Export.objects.filter(expires_at__lte=clock.now(), removed_at=None)
    for one in over:
        storing.remove_all_of(one.pk)
        Export.objects.filter(pk=one.pk).update(removed_at=clock.now())


@transaction.atomic
def forget_old_plans() -> None:
    """Remove plans older than a day that their maker never said yes to."""
    old = Export.objects.filter(confirmed_at=None, planned_at__lt=clock.now() - A_PLAN)
    # Held, so that none is confirmed meanwhile; one that is being confirmed now is left alone.
    held = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))
    ExportRecord.objects.filter(export__in=held).delete()
    Export.objects.filter(pk__in=held).delete()


def _kept() -> set[str]:
    names = Export.objects.filter(removed_at=None).exclude(stored_as="")
    return set(names.values_list("stored_as", flat=True))
