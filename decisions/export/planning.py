"""Plan an export: freeze which records it is to have. Nothing is made until its maker says so."""

import secrets
import uuid
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from decisions.export.choosing import Choice, Sample, Strata, in_words
from decisions.export.models import Export, ExportRecord, Form
from decisions.export.sample import draw
from decisions.register.models import Entry
from decisions.register.selecting import ordered
from infoshare.ledger import checkpoints
from infoshare.people.models import Organisation, User

SEED_BYTES = 8
CHOSEN = ("purpose", "form", "chosen", "found", "total", "strata", "seed")
BY = {
    Strata.TEAM: "team_id",
    Strata.DECISION: "decision",
    Strata.PRACTITIONER: "owner_id",
    Strata.MONTH: "sealed_at",
}


class CannotPlan(Exception):
    """The export cannot be planned."""


class NothingFits(CannotPlan):
    """No record fits the choice."""


class CannotSign(CannotPlan):
    """There is no key to sign a checkpoint with, and so nothing could be proven."""


class SampleTooLarge(CannotPlan):
    """The sample is larger than what fits."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"only {found} fit")


class TooMany(CannotPlan):
    """It would be more than the organisation's limit."""

    def __init__(self, wanted: int, most: int) -> None:
        self.wanted, self.most = wanted, most
        super().__init__(f"{wanted} wanted, at most {most}")


@transaction.atomic
def plan_export(
    *,
    person: User,
    organisation: Organisation,
    rows: QuerySet[Entry],
    choice: Choice,
    form: Form,
    purpose: str,
) -> Export:
    """The plan of an export of these entries of the organisation, which are frozen now.

    An earlier plan of this person that was never confirmed goes. Raises `CannotPlan`.
    """
    _refuse_without_key()
    rows = rows.filter(organisation=organisation)
    found, chosen = _chosen(rows, choice.sample, organisation.export_most)
    _make_way(person)
    export_id = uuid.uuid4()
    total = _freeze(export_id, ordered(chosen, choice.sort))
    found = found if choice.sample else total
    return Export.objects.create(
        id=export_id,
        organisation=organisation,
        asked_by=person,
        purpose=purpose,
        form=form,
        chosen=in_words(choice, found=found, total=total),
        found=found,
        total=total,
        strata=choice.sample.strata if choice.sample else "",
        seed=choice.sample.seed if choice.sample else "",
    )


@transaction.atomic
def plan_again(*, export: Export) -> Export:
    """A plan of the same records, for the same purpose. Raises `CannotSign` or `TooMany`."""
    _refuse_without_key()
    most = export.organisation.export_most
    if export.total > most:
        raise TooMany(export.total, most)
    _make_way(export.asked_by)
    again = Export.objects.create(
        organisation_id=export.organisation_id,
        asked_by_id=export.asked_by_id,
        **{name: getattr(export, name) for name in CHOSEN},
    )
    same = ExportRecord.objects.filter(export=export).values_list("place", "record")
    _insert(again.pk, same)
    return again


def drawn_seed() -> str:
    """A seed that nobody chose."""
    return secrets.token_hex(SEED_BYTES)


def _refuse_without_key() -> None:
    if not checkpoints.can_sign():
        raise CannotSign


def _make_way(person: User) -> None:
    """Let go of the plan that this person has not confirmed, if there is one."""
    # One at a time, or two pages at once would keep two plans.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    plans = Export.objects.filter(asked_by=person, confirmed_at=None).select_for_update()
    held = list(plans.values_list("pk", flat=True))
    ExportRecord.objects.filter(export__in=held).delete()
    Export.objects.filter(pk__in=held).delete()


def _chosen(rows: QuerySet[Entry], sample: Sample | None, most: int) -> tuple[int, QuerySet[Entry]]:
    """How many fit, and those of them that are chosen."""
    found = rows.order_by().count()
    if not found:
        raise NothingFits
    wanted = sample.size if sample else found
    if wanted > found:
        raise SampleTooLarge(found)
    if wanted > most:
        raise TooMany(wanted, most)
    if sample is None:
        return found, rows
    strata = _strata(rows, sample.strata)
    drawn = draw(strata, sample.size, sample.seed)
    return sum(map(len, strata.values())), rows.filter(pk__in=drawn)


def _strata(rows: QuerySet[Entry], strata: Strata) -> dict[str, list[UUID]]:
    """The ids of these entries by stratum."""
    if not strata:
        return {"": list(rows.order_by().values_list("pk", flat=True))}
    found: dict[str, list[UUID]] = defaultdict(list)
    for pk, value in rows.order_by().values_list("pk", BY[strata]).iterator():
        found[_named(value)].append(pk)
    return found


def _named(value: object) -> str:
    """The stratum's name: of a moment, its month in the United Kingdom."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m}"
    return str(value)


def _freeze(export_id: UUID, rows: QuerySet[Entry]) -> int:
    """Write which records the export has, at places from 1 in this order; how many."""
    order: Any = rows.query.order_by
    placed = rows.order_by().annotate(place=Window(RowNumber(), order_by=list(order)))
    return _insert(export_id, placed.values_list("place", "record"))


def _insert(export_id: UUID, places: QuerySet[Any, Any]) -> int:
    chosen, values = (
        places.query.sql_with_params()
    )  # Django's own words, with a place for each value
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_exportrecord (export_id, place, record_id)"  # noqa: S608
            f" SELECT %s, place, record FROM ({chosen}) AS chosen (place, record)",
            [export_id, *values],
        )
        return int(cursor.rowcount)
