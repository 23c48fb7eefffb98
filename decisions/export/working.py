"""Begin, cancel and begin again."""

from django.db import transaction

from decisions.export.models import Export
from decisions.export.standing import NotNow, file_of, progress
from infoshare import clock
from infoshare.people.models import User

__all__ = ["NotNow", "file_of", "progress"]


@transaction.atomic
def begin_export(*, export: Export) -> None:
    """Begin it. Raises `NotNow`."""
    if not Export.objects.filter(pk=export.pk, confirmed_at=None).update(confirmed_at=clock.now()):
        raise NotNow


@transaction.atomic
def cancel_export(*, export: Export) -> None:
    """Cancel it. Raises `NotNow`."""
    working = Export.objects.filter(
        pk=export.pk, confirmed_at__isnull=False, ready_at=None, failed_at=None, cancelled_at=None
    )
    if not working.update(cancelled_at=clock.now()):
        raise NotNow


@transaction.atomic
def begin_again(*, export: Export) -> None:
    """Begin anew what was cancelled or failed. Raises `NotNow`."""
    over = Export.objects.filter(pk=export.pk, ready_at=None, confirmed_at__isnull=False).exclude(
        failed_at=None, cancelled_at=None
    )
    anew = {"failed_at": None, "cancelled_at": None, "failure": "", "written": 0}
    if not over.update(**anew, confirmed_at=clock.now()):
        raise NotNow


def note_taken(*, export: Export, person: User) -> None:
    """Note in the ledger that it was downloaded."""
