"""The one writer of suggestions: put one aside."""

from django.db import transaction

from decisions.protocols.models import SuggestionPutAside
from infoshare import clock
from infoshare.people.models import Organisation, User


@transaction.atomic
def put_suggestion_aside(
    *, organisation: Organisation, body: str, setting: str, person: User, reason: str
) -> SuggestionPutAside:
    """The row that puts a suggestion aside, with the lead's reason."""
    return SuggestionPutAside.objects.create(
        organisation=organisation,
        body=body,
        setting=setting,
        by=person,
        at=clock.now(),
        reason=reason,
    )
