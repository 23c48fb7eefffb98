"""Which protocol, and may this person?"""

import uuid

from django.http import Http404, HttpRequest

from guidance.protocols.models import Protocol
from infoshare.people import policy
from infoshare.people.models import Organisation, User


def protocol_for(
    request: HttpRequest, protocol_id: uuid.UUID, action: policy.Action
) -> tuple[User, Protocol]:
    """The person and the protocol; `Http404` when they may not do this to it."""
    protocol = Protocol.objects.select_related("organisation").filter(pk=protocol_id).first()
    person = request.user
    if protocol is None or not isinstance(person, User) or not policy.can(person, action, protocol):
        raise Http404
    return person, protocol


def led(person: policy.Person) -> list[Organisation]:
    """The organisations whose register this person keeps."""
    reach = policy.reach_of(person, policy.Action.EDIT_PROTOCOLS)
    if not reach:
        return []
    return list(Organisation.objects.filter(pk__in=reach.organisations).order_by("name"))
