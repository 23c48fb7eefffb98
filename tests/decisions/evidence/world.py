"""A small ledger of every kind of leaf, made by the real writers."""

import importlib
import uuid
from collections.abc import Callable
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.test import Client

from decisions.afterwards.writers import correct, note_shared
from decisions.evidence.batching import batch_reads
from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Record
from guidance.adoption.writers import adopt_edition
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.people import writers
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.walk import begin


def sealed(cast: Cast, signed_in: Callable[[User], Client]) -> Record:
    """One more sealed record of Priya's."""
    walk = begin(signed_in(cast.priya), cast.priya, cast.early_help)
    walk.to_decision()
    assert walk.seal().status_code == 303
    return Record.objects.get(draft=walk.draft)


def build(cast: Cast, signed_in: Callable[[User], Client]) -> list[Record]:
    """Three records with what happened to them, 16 leaves: two batches of views among them."""
    given = {"user": cast.tom, "organisation": cast.northmoor}
    held = writers.give_role(**given, role=Role.MANAGER, team=cast.adults)
    first = sealed(cast, signed_in)
    look(first, cast)
    note_exported(record=first, person=cast.priya, file_hash="ab" * 32)
    second = sealed(cast, signed_in)
    look(second, cast)
    batch_reads()
    share(first, cast.priya)
    correct(record=second, person=cast.priya, page=uuid.uuid4(), wrong="Flat 3", right="Flat 4")
    adopt_edition(
        organisation=cast.northmoor,
        person=cast.lena,
        edition=catalogue.shipped()[catalogue.DEFAULT],
        begins_on=clock.today(),
    )
    third = sealed(cast, signed_in)
    look(third, cast)
    look(first, cast)
    batch_reads()
    for record in (first, second, third):
        note_exported(record=record, person=cast.maya, file_hash="cd" * 32)
    writers.end_role(membership=held)
    share(third, cast.priya)
    state_found_rows()
    return [first, second, third]


def state_found_rows() -> None:
    """What an upgrade does for roles that are older than the ledger: the cast's have no leaf."""
    found = importlib.import_module("decisions.migrations.0022_found_rows")
    found.enter(apps, SimpleNamespace(connection=connection))


def look(record: Record, cast: Cast) -> None:
    for person in (cast.priya, cast.maya):
        note_viewed(record=record, person=person)


def share(record: Record, person: User) -> None:
    note_shared(
        record=record,
        person=person,
        page=uuid.uuid4(),
        on=clock.today(),
        recipient="Housing officer",
        method="Phone",
        receipt="yes",
    )
