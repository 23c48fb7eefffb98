"""The jobs of exports, and which of them an export needs now.

`decisions.jobs` brings them to the worker. Each is told the number of the attempt that it was left
in, and does nothing once the export began again.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.export import finishing, standing, stretches
from decisions.export.lacking import lacking_places
from decisions.export.models import Export
from infoshare.jobs.deferring import RETRY, defer, defer_many
from infoshare.jobs.standing import waits_above

A_STRETCH = 20
# No practitioner waits for an auditor.
LATER = -10
UNDONE = TODO, DOING = ("todo", "doing")


@app.task(name="make_export_stretch", retry=RETRY)
def make_export_stretch(export_id: str, attempt: int, first: int, last: int) -> None:
    """Make what the records in these places lack. The last one to finish leaves what is next.

    When something waits that cannot wait, it leaves the rest of its stretch to a job like itself.
    """
    export = uuid.UUID(export_id)
    told: dict[str, Any] = {"export_id": export, "attempt": attempt, "first": first, "last": last}
    try:
        is_done = stretches.make_stretch(**told, give_way=lambda: waits_above(LATER))
    except standing.NotWantedError:
        return
    if is_done:
        _leave_next(export, attempt, own=first)
    else:
        defer(make_export_stretch, priority=LATER, **told)


@app.task(name="write_export", retry=RETRY)
def write_export(export_id: str, attempt: int) -> None:
    """Write the export's file, unless that is done or somebody does it."""
    finishing.finish(export_id=uuid.UUID(export_id), attempt=attempt)


def leave_jobs(export: Export) -> None:
    """Leave the jobs that this export needs now. Call it with the export locked."""
    _leave(export, _lacking(export))


def jobs_of(export_id: uuid.UUID, attempt: int) -> QuerySet[ProcrastinateJob]:
    """The jobs of this attempt at an export, however they stand."""
    return ProcrastinateJob.objects.filter(
        task_name__in=[make_export_stretch.name, write_export.name],
        args__contains={"export_id": str(export_id), "attempt": attempt},
    )


@transaction.atomic
def _leave_next(export_id: uuid.UUID, attempt: int, own: int) -> None:
    """Leave what comes after the stretch that begins at `own`, unless others have to finish.

    The lock makes of those that finish at once one that is last. More can lack than they made:
    something may have happened to a record meanwhile.
    """
    export = standing.wanted(export_id, attempt).select_for_update().first()
    others = jobs_of(export_id, attempt).exclude(args__first=own)
    if export is None or others.filter(status=TODO).exists():
        return
    places = _lacking(export)
    if not (places and others.filter(status=DOING).exists()):
        _leave(export, places)


def _leave(export: Export, places: list[int]) -> None:
    number = standing.attempt(export)
    if places:
        told: list[dict[str, uuid.UUID | int]] = [
            {"export_id": export.pk, "attempt": number, "first": first, "last": last}
            for first, last in _stretches(places)
        ]
        defer_many(make_export_stretch, told, priority=LATER)
    else:
        once = f"export:{export.pk}:{number}"
        defer(write_export, once=once, priority=LATER, export_id=export.pk, attempt=number)


def _lacking(export: Export) -> list[int]:
    return lacking_places(export.pk) if export.needs_pdfs else []


def _stretches(places: list[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(places), A_STRETCH):
        some = places[start : start + A_STRETCH]
        yield some[0], some[-1]
