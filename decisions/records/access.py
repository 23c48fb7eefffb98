"""Which record, and may this person?"""

import uuid

from django.http import Http404, HttpRequest

from decisions.records.models import Record
from infoshare.people import policy
from infoshare.people.models import User


def record_for(
    request: HttpRequest, record_id: uuid.UUID, action: policy.Action
) -> tuple[User, Record]:
    """The person and the record with its snapshot; `Http404` when they may not do this to it."""
    record = Record.objects.select_related("snapshot").filter(pk=record_id).first()
    person = request.user
    if record is None or not isinstance(person, User) or not policy.can(person, action, record):
        raise Http404
    return person, record
