"""Filling the table that a search asks. What is in it comes from the shipped content alone."""

from dataclasses import asdict
from functools import cache
from typing import Any

from django.db import connection, transaction

from guidance.models import Findable
from guidance.reading import findable, shelf
from guidance.reading.findable import Entry
from guidance.rulebook import catalogue

LOCK = 4_717_002  # of our own advisory locks: one process fills the table at a time


@cache
def content() -> str:
    """The digest of what ships, by which its rows are known."""
    return findable.digest(_entries())


@transaction.atomic
def fill() -> int:
    """Enter what ships unless it is there; how many rows were made.

    Two processes at once: the second waits, and then finds everything there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    digest = content()
    if Findable.objects.filter(content=digest).exists():
        return 0
    rows = [Findable(content=digest, **asdict(entry)) for entry in _entries()]
    return len(Findable.objects.bulk_create(rows))


@transaction.atomic
def forget_others() -> int:
    """Remove the rows of content that no longer ships; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return Findable.objects.exclude(content=content()).delete()[0]


def after_migrate(*, apps: Any, using: str, **kwargs: Any) -> None:
    """Bring the table up to date after `migrate`, wherever that left a table to fill."""
    try:
        apps.get_model("guidance", "Findable")
    except LookupError:
        return
    if using == "default":
        fill()
        forget_others()


@cache
def _entries() -> tuple[Entry, ...]:
    return findable.entries(shelf.shipped(), catalogue.shipped())
