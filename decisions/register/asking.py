"""What a request asks of the register, and whether this person may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from decisions.register import cursor
from decisions.register.choices import choices_for
from decisions.register.cursor import BadCursor, Place
from decisions.register.forms import FilterForm
from decisions.register.models import SavedView
from decisions.register.view import Pair, View, names_of
from infoshare.people import policy
from infoshare.people.models import User


@dataclass(frozen=True)
class Asked:
    """A view that somebody asks for, valid or not, and the place where its page begins."""

    person: User
    form: FilterForm
    after: str = ""
    before: str = ""
    saved: SavedView | None = None

    @cached_property
    def is_valid(self) -> bool:
        """Whether the view can be shown; the form says what is wrong with it."""
        return self.form.is_valid()

    @property
    def view(self) -> View:
        """The view; only once it is valid."""
        return self.form.view

    @property
    def address(self) -> str:
        """The address of the view, without what was typed."""
        return address_of(self.view.pairs(typed=False))

    @cached_property
    def places(self) -> tuple[Place | None, Place | None]:
        """Where the page begins and where it ends, when one of them was asked for.

        Raises `BadCursor` for a text that is no place in this order.
        """
        sort = self.view.sort
        if self.after and self.before:
            raise BadCursor
        return (
            cursor.read(sort, self.after) if self.after else None,
            cursor.read(sort, self.before) if self.before else None,
        )


def address_of(pairs: Iterable[Pair]) -> str:
    """The register's address with these names and values."""
    query = urlencode(list(pairs))
    return reverse("decisions:register") + (f"?{query}" if query else "")


def asked_by(request: HttpRequest, data: QueryDict, saved: SavedView | None = None) -> Asked:
    """What these names and values ask; raises `PermissionDenied` for whom has no such list."""
    person = request.user
    may = policy.can(person, policy.Action.LIST_TEAM_DECISIONS)
    if not may or not isinstance(person, User):
        raise PermissionDenied("Only managers and auditors have a list of others' decisions")
    return Asked(
        person,
        FilterForm(data, choices_for(person)),
        after=data.get("after", ""),
        before=data.get("before", ""),
        saved=saved,
    )


def without(sent: QueryDict) -> QueryDict:
    """What was sent, less the filter that its button takes away."""
    data = sent.copy()
    for name in names_of(sent.get("without", "")):
        data.pop(name, None)
    return data
