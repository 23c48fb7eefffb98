"""Who may have exports made, and whose an export is."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404

from decisions.export.models import Export
from infoshare.people import policy
from infoshare.people.models import Organisation, User
from infoshare.people.policy import Action, Person


def organisations_of(person: Person) -> tuple[User, Sequence[Organisation]]:
    """The person, and the organisations whose records they may export, by name.

    Raises `PermissionDenied` for whom has none.
    """
    reach = policy.reach_of(person, Action.EXPORT_RECORDS)
    if not isinstance(person, User) or not reach.organisations:
        raise PermissionDenied("Only auditors export decisions")
    return person, list(Organisation.objects.filter(pk__in=reach.organisations).order_by("name"))


def export_of(person: Person, export_id: uuid.UUID) -> Export:
    """The person's own export; `Http404` for anybody else's, as for none at all."""
    reach = policy.reach_of(person, Action.EXPORT_RECORDS)
    mine = Export.objects.filter(asked_by=person.pk, organisation__in=reach.organisations)
    found = mine.select_related("organisation", "asked_by").filter(pk=export_id).first()
    if found is None:
        raise Http404
    return found
