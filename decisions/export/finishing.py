"""Write an export's file, once: what it was is stated in the transaction that makes it ready.

Whoever writes holds a lock of its session in PostgreSQL: it ends with the process that held it, and
the last transaction goes through the same session. Killed at any point, the next one removes what
it finds of the file and writes it anew, or finds the export ready.
"""

import errno
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from decisions.export import stating, storing
from decisions.export.models import Export, ExportRecord
from decisions.export.size import room_needed
from decisions.export.standing import NotWantedError, wanted
from decisions.export.writing import NothingProven, Written, write_export
from decisions.records.models import Event
from decisions.telling.kinds import Kind
from decisions.telling.thing import Thing
from decisions.telling.writers import Notice, tell_all
from infoshare import clock
from infoshare.jobs.failing import place

logger = logging.getLogger(__name__)

# Locks that PostgreSQL keeps for programs have two numbers: this is the one of exports.
EXPORTS = 0x455850
A_CHUNK = 1_000
# A process that ends is missed at once; one whose host vanished, after a minute, not two hours.
MISS_ME = """
SELECT set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false)
"""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM = (
    "There was not enough room on the disk for this export. Nothing of it was kept. "
    "Ask the people who run InfoShare to make room. Then start it again."
)
NO_FILE = (
    "The file could not be written to the disk. Nothing of it was kept. "
    "Tell the people who run InfoShare. Then start it again."
)
NO_PROOF = (
    "InfoShare could not sign what the ledger is now, so nothing would prove this export. "
    "No file was made. Tell the people who run InfoShare. Then start it again."
)
GAVE_UP = (
    "Something went wrong, and trying again did not help. No file was made. "
    "Tell the people who run InfoShare. Then start it again."
)


class NoRoomError(Exception):
    """The disk has no room for the file: none was begun."""


def finish(*, export_id: uuid.UUID, attempt: int) -> None:
    """Write the file and make the export ready; or say on it, in words, why that cannot be.

    Does nothing while another process writes it, or when it is not wanted any more. A fault that
    may pass is raised, so that the job is done again.
    """
    with _alone(export_id, attempt) as is_ours:
        export = wanted(export_id, attempt).first() if is_ours else None
        if export:
            _finish(export, attempt)


def fail(*, export_id: uuid.UUID, attempt: int, words: str) -> None:
    """Say on the export that it failed, and why, unless this attempt is over."""
    wanted(export_id, attempt).update(failed_at=clock.now(), failure=words, written=0)


@contextmanager
def _alone(export_id: uuid.UUID, attempt: int) -> Iterator[bool]:
    """Inside the block nobody else writes in this attempt; False when somebody does already."""
    name: list[Any] = [EXPORTS, f"{export_id}:{attempt}"]
    with connection.cursor() as cursor:
        cursor.execute(MISS_ME)
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", name)
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", name)


def _finish(export: Export, attempt: int) -> None:
    words = ""
    try:
        _write(export, attempt)
    except NotWantedError:
        return
    except NothingProven:
        words = NO_PROOF
    except NoRoomError:
        words = NO_ROOM
    except OSError as error:
        words = NO_ROOM if error.errno in FULL else NO_FILE
        logger.error("%s could not be written: %s", export, place(error))
    if words:
        fail(export_id=export.pk, attempt=attempt, words=words)


def _write(export: Export, attempt: int) -> None:
    """Raises `NotWantedError`, `NoRoomError`, `NothingProven`, `OSError`; then no file is left."""
    storing.remove_all_of(export.pk)  # of somebody who was killed
    if not storing.has_room(room_needed(export)):
        raise NoRoomError

    def keep_going(count: int) -> None:
        if not wanted(export.pk, attempt).update(written=count):
            raise NotWantedError

    keep_going(0)
    part = storing.new_part(export.pk)
    whole = part.with_suffix(storing.WHOLE)
    try:
        written = write_export(export, part, keep_going=keep_going)
        storing.keep(part)
    except BaseException:
        storing.remove(part, whole)
        raise
    # A connection that broke leaves it open whether that was committed: the file stays. The next
    # who comes finds the export ready, or removes the file.
    try:
        _make_ready(export.pk, attempt, whole, written)
    except NotWantedError:
        storing.remove(whole)
        raise


@transaction.atomic
def _make_ready(export_id: uuid.UUID, attempt: int, file: Path, written: Written) -> None:
    export = wanted(export_id, attempt).select_for_update().first()
    if export is None:
        raise NotWantedError
    _note_views(export)
    export.ready_at = clock.now()
    export.expires_at = export.ready_at + timedelta(days=settings.EXPORT_DAYS)
    export.stored_as, export.written = file.name, export.total
    export.size, export.sha256 = written.size, written.sha256
    export.manifest_sha256 = written.manifest_sha256
    export.save(
        update_fields=[
            *("ready_at", "expires_at", "stored_as", "written"),
            *("size", "sha256", "manifest_sha256"),
        ]
    )
    tell_all([Notice(export.asked_by_id, Kind.EXPORT_READY, _thing(export))])
    stating.state_made(export)


def _note_views(export: Export) -> None:
    """That its maker has each record now. `batch_reads` puts that into the ledger."""
    chosen = ExportRecord.objects.filter(export=export).order_by("place")
    records = chosen.values_list("record_id", flat=True).iterator(chunk_size=A_CHUNK)
    now, details = clock.now(), {"export": str(export.pk)}
    while some := list(islice(records, A_CHUNK)):
        Event.objects.bulk_create(
            Event(
                record_id=one,
                kind=Event.VIEWED,
                actor_id=export.asked_by_id,
                at=now,
                details=details,
            )
            for one in some
        )


def _thing(export: Export) -> Thing:
    return Thing(
        id=export.pk,
        organisation_id=export.organisation_id,
        owner_id=export.asked_by_id,
        reference=export.reference,
    )
