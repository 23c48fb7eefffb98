"""Views that a person keeps: private, by name, at most so many."""

import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict

from decisions.register.models import SavedView
from decisions.register.view import View
from infoshare.people.models import User
from infoshare.people.policy import Person

MOST = 30


class Refused(Exception):
    """The view cannot be kept: its words say why."""


def views_of(person: Person) -> list[SavedView]:
    """The person's views by name."""
    return list(SavedView.objects.filter(owner=person.pk).order_by("name", "pk"))


def view_of(person: Person, view_id: uuid.UUID) -> SavedView:
    """The view; `Http404` for one of somebody else, as for none at all."""
    found = SavedView.objects.filter(owner=person.pk, pk=view_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def keep_view(*, person: User, name: str, view: View) -> SavedView:
    """The kept view. Raises `Refused` when there are too many, or one of this name."""
    # One at a time, or two pages at once would keep one too many.
    User.objects.select_for_update().get(pk=person.pk)
    if SavedView.objects.filter(owner=person).count() >= MOST:
        raise Refused(f"You have {MOST} views, and that is the most. Delete one first.")
    try:
        with transaction.atomic():
            return SavedView.objects.create(owner=person, name=name.strip(), pairs=view.pairs())
    except IntegrityError:
        raise Refused("You have a view with this name. Choose another name.") from None


@transaction.atomic
def forget_view(*, view: SavedView) -> None:
    """Delete the view and what was typed in it."""
    view.delete()


def as_sent(pairs: Iterable[Iterable[str]]) -> QueryDict:
    """Names and values as if a form had sent them."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data
