"""Lists of an organisation, contacts or retention classes: reading them, and their writers."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from guidance.local.models import Contact, ContactKind, Entry, RetentionClass
from infoshare import clock
from infoshare.people.models import Organisation, User

AnEntry = TypeVar("AnEntry", Contact, RetentionClass)
Words = Mapping[str, Any]
KINDS = list(ContactKind)


class StaleEntry(Exception):
    """The entry was changed or taken off since the page was made; nothing was saved."""

    def __init__(self, newest: Entry) -> None:
        self.newest = newest
        super().__init__("the entry was changed in between")


class SameEntry(Exception):
    """The list has such an entry already."""


def current(model: type[AnEntry], organisations: Iterable[UUID]) -> list[AnEntry]:
    """The entries that stand in the lists of these organisations. One SQL statement."""
    newest = (
        model._default_manager.filter(organisation_id__in=organisations)
        .order_by("entry", "-number")
        .distinct("entry")
    )
    return [one for one in newest if not one.is_removed]


def contacts(organisation_id: UUID, *kinds: str) -> list[Contact]:
    """Whom an organisation's people can ring: of these kinds, or of all when none is named."""
    return in_order(
        one for one in current(Contact, [organisation_id]) if not kinds or one.kind in kinds
    )


def in_order(found: Iterable[Contact]) -> list[Contact]:
    """Contacts in the order of their kinds, then by role."""
    return sorted(found, key=lambda one: (KINDS.index(ContactKind(one.kind)), one.role, one.id))


def history(model: type[AnEntry], entry: UUID) -> QuerySet[AnEntry]:
    """Every version of an entry, the newest first, each with who wrote it."""
    found = model._default_manager.filter(entry=entry)
    return found.select_related("organisation", "by").order_by("-number")


@transaction.atomic
def add_entry(
    model: type[AnEntry], *, organisation: Organisation, person: User, words: Words
) -> AnEntry:
    """The first version of a new entry; the one there is when the same was sent twice.

    Raises `SameEntry` when the list has it with other words beside it.
    """
    _one_at_a_time(organisation.pk)
    for held in current(model, [organisation.pk]):
        if _alike(held, words, model.WORDS):
            return held
        if _alike(held, words, model.SAME):
            raise SameEntry
    return _write(model, uuid.uuid4(), 1, organisation.pk, person, words)


@transaction.atomic
def change_entry(
    model: type[AnEntry], *, entry: UUID, person: User, words: Words, seen: int
) -> AnEntry:
    """The new version; the newest one when it says the same already.

    `seen` is the number of the version on the sender's page. Raises `StaleEntry` when there is a
    newer one, or the entry was taken off, and `SameEntry` when another entry is alike.
    """
    newest = _newest(model, entry)
    if not newest.is_removed and _alike(newest, words, model.WORDS):
        return newest
    if newest.number != seen or newest.is_removed:
        raise StaleEntry(newest)
    others = [one for one in current(model, [newest.organisation_id]) if one.entry != entry]
    if any(_alike(one, words, model.SAME) for one in others):
        raise SameEntry
    return _write(model, entry, newest.number + 1, newest.organisation_id, person, words)


@transaction.atomic
def remove_entry(model: type[AnEntry], *, entry: UUID, person: User) -> AnEntry:
    """The last version, which takes the entry off its list; the words of it are kept."""
    newest = _newest(model, entry)
    if newest.is_removed:
        return newest
    words = {name: getattr(newest, name) for name in model.WORDS}
    organisation_id, number = newest.organisation_id, newest.number + 1
    return _write(model, entry, number, organisation_id, person, words, is_removed=True)


def _newest(model: type[AnEntry], entry: UUID) -> AnEntry:
    first = model._default_manager.filter(entry=entry).values_list("organisation_id", flat=True)
    _one_at_a_time(first[0])
    return history(model, entry)[0]


def _one_at_a_time(organisation_id: UUID) -> None:
    """One change of an organisation's lists at a time; `no_key` lets seals go on beside it."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _alike(held: Entry, words: Words, names: Iterable[str]) -> bool:
    return all(getattr(held, name) == words[name] for name in names)


def _write(
    model: type[AnEntry],
    entry: UUID,
    number: int,
    organisation_id: UUID,
    person: User,
    words: Words,
    *,
    is_removed: bool = False,
) -> AnEntry:
    return model._default_manager.create(
        entry=entry,
        number=number,
        organisation_id=organisation_id,
        by=person,
        at=clock.now(),
        is_removed=is_removed,
        **words,
    )
