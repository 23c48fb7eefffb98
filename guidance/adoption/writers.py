"""Writers of adoptions: adopt an edition, withdraw what has not begun, end what runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from guidance import stored
from guidance.adoption import rules, terms
from guidance.adoption.models import Adoption, AdoptionEnd
from guidance.rulebook.schema import Edition
from guidance.stated import state
from infoshare import clock
from infoshare.people.models import Organisation, User
from infoshare.typed_text import is_blank


class Refused(Exception):
    """The adoption cannot be made: `messages` says why, by field."""

    def __init__(self, messages: rules.Messages) -> None:
        self.messages = messages
        super().__init__("; ".join(messages.values()))


class NotThen(Exception):
    """What was asked for does not fit any more: it has begun, it is over, or it was withdrawn."""


@transaction.atomic
def adopt_edition(
    *,
    organisation: Organisation,
    person: User,
    edition: Edition,
    begins_on: date,
    ends_on: date | None = None,
    reviewed_by: str = "",
    reviewed_on: date | None = None,
    found: str = "",
) -> Adoption:
    """The adoption of these exact files of the edition; the same one when it is sent again.

    The three last words are the note of a legal review: all of them, or none. Raises `Refused`
    for a day in the past, days that overlap another adoption, a withdrawn edition, half a note.
    """
    _lock(organisation)
    given: dict[str, Any] = {
        "begins_on": begins_on,
        "ends_on": ends_on,
        "reviewed_by": "" if is_blank(reviewed_by) else reviewed_by,
        "reviewed_on": reviewed_on,
        "found": "" if is_blank(found) else found,
    }
    held = standing_adoptions(organisation)
    for earlier in held:
        if earlier.edition_id == edition.digest and _is_like(earlier, given):
            return earlier
    messages = rules.wrong(held, clock.today(), edition=edition, **given)
    if messages:
        raise Refused(messages)
    made = Adoption.objects.create(
        organisation=organisation,
        edition=stored.store(edition),
        adopted_by=person,
        adopted_at=clock.now(),
        **given,
    )
    state(made, person)
    return made


@transaction.atomic
def withdraw_adoption(*, adoption: Adoption, person: User) -> AdoptionEnd:
    """The row that takes it back before it begins; the one there is. Raises `NotThen`."""
    _lock(adoption.organisation)
    earlier = AdoptionEnd.objects.filter(adoption=adoption).first()
    if earlier is not None and earlier.last_day is None:
        return earlier
    if earlier is not None or adoption.begins_on <= clock.today():
        raise NotThen
    return _end(adoption, None, person)


@transaction.atomic
def end_adoption(*, adoption: Adoption, person: User) -> AdoptionEnd:
    """The row that makes today the last day of the adoption in force. Raises `NotThen`."""
    _lock(adoption.organisation)
    earlier = AdoptionEnd.objects.filter(adoption=adoption).first()
    today = clock.today()
    if earlier is not None and earlier.last_day == today:
        return earlier
    running = terms.in_force(standing_adoptions(adoption.organisation), today)
    if earlier is not None or running is None or running.pk != adoption.pk:
        raise NotThen
    return _end(adoption, today, person)


def standing_adoptions(organisation: Organisation) -> Sequence[Adoption]:
    """Its adoptions that were not withdrawn, in order of their first days."""
    found = Adoption.objects.filter(organisation=organisation).select_related("end")
    return [one for one in found.order_by("begins_on") if not one.is_withdrawn]


def _end(adoption: Adoption, last_day: date | None, person: User) -> AdoptionEnd:
    end = AdoptionEnd.objects.create(
        adoption=adoption, last_day=last_day, by=person, at=clock.now()
    )
    state(end, person)
    return end


def _lock(organisation: Organisation) -> None:
    # One at a time: the second waits here and sees what the first wrote.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _is_like(earlier: Adoption, given: Mapping[str, Any]) -> bool:
    return all(getattr(earlier, name) == value for name, value in given.items())
