"""Procedures: which version holds where and when, and the one writer that adds a version."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from guidance.local.models import Procedure
from infoshare import clock
from infoshare.people.models import Organisation, User
from infoshare.typed_text import is_blank


class StaleProcedure(Exception):
    """Another version was saved since the page was made; nothing was saved."""

    def __init__(self, newest: Procedure) -> None:
        self.newest = newest
        super().__init__("another version was saved in between")


class NothingToEnd(Exception):
    """An empty text, where there is no procedure that it could end."""


class DateHasPassed(Exception):
    """A procedure cannot hold from a day that is over: it was not shown then."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The version in force on a day (None for none, or an empty one), and those still to come."""

    now: Procedure | None
    coming: list[Procedure]


def in_force(organisation_id: UUID, question: str, setting: str, on: date) -> list[Procedure]:
    """What holds for a question on a day: for every setting first, then for this one.

    One SQL statement. `setting` is "" while it is not known.
    """
    return _in_force([organisation_id], [question], {"", setting}, on)


def in_force_for_all(
    organisations: Collection[UUID], questions: Sequence[str], on: date
) -> list[Procedure]:
    """What holds on a day for every setting, in the order of these questions. One SQL statement."""
    found = _in_force(organisations, questions, {""}, on)
    return sorted(found, key=lambda one: questions.index(one.question))


def _in_force(
    organisations: Collection[UUID], questions: Collection[str], settings: set[str], on: date
) -> list[Procedure]:
    place = ("organisation", "question", "setting")
    newest = (
        Procedure.objects.filter(
            organisation_id__in=organisations,
            question__in=questions,
            setting__in=settings,
            in_force_from__lte=on,
        )
        .select_related("organisation")
        .order_by(*place, "-in_force_from", "-number")
        .distinct(*place)
    )
    return [one for one in newest if one.text]


def versions(organisation_id: UUID, question: str, setting: str) -> QuerySet[Procedure]:
    """Every version for this place, the newest first, each with who wrote it."""
    found = Procedure.objects.filter(
        organisation_id=organisation_id, question=question, setting=setting
    )
    return found.select_related("by").order_by("-number")


def timetable(found: Iterable[Procedure], on: date) -> Timetable:
    """Which of the versions of one place holds on a day, and which are to come after it."""
    by_day: dict[date, Procedure] = {}
    for one in sorted(found, key=lambda one: one.number):
        by_day[one.in_force_from] = one
    begun = [day for day in by_day if day <= on]
    now = by_day[max(begun)] if begun else None
    return Timetable(now, [by_day[day] for day in sorted(by_day) if day > on])


def held_at(found: Iterable[Procedure], moment: datetime) -> list[Procedure]:
    """What held at a moment, of versions of one question: a text a setting, none that are empty."""
    on = moment.astimezone(clock.UK).date()
    places: dict[str, list[Procedure]] = {}
    for one in found:
        if one.at <= moment:
            places.setdefault(one.setting, []).append(one)
    held = (timetable(places[setting], on).now for setting in sorted(places))
    return [one for one in held if one and one.text]


@transaction.atomic
def save_procedure(
    *,
    organisation: Organisation,
    person: User,
    question: str,
    setting: str,
    text: str,
    in_force_from: date,
    seen: int,
) -> Procedure:
    """The new version; the newest one when it says the same from the same day.

    `seen` is the number of the newest version on the sender's page, 0 for none. A blank text is
    kept as "", which says that there is none from that day on. Raises `StaleProcedure` when
    another was saved since, `DateHasPassed` and `NothingToEnd`.
    """
    # One change of an organisation's texts at a time; `no_key` lets seals go on beside it.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    newest = versions(organisation.pk, question, setting).first()
    words = "" if is_blank(text) else text
    if newest and (newest.text, newest.in_force_from) == (words, in_force_from):
        return newest
    if newest and newest.number != seen:
        raise StaleProcedure(newest)
    if in_force_from < clock.today():
        raise DateHasPassed
    if not words and not (newest and newest.text):
        raise NothingToEnd
    return Procedure.objects.create(
        organisation=organisation,
        question=question,
        setting=setting,
        text=words,
        in_force_from=in_force_from,
        number=newest.number + 1 if newest else 1,
        by=person,
        at=clock.now(),
    )
