"""Which record, and may this person?"""

import uuid

from django.http import Http404, HttpRequest

from decisions.records.models import Record
from infoshare.people import policy
from infoshare.people.models import Team, User


def record_for(
    request: HttpRequest, record_id: uuid.UUID, action: policy.Action
) -> tuple[User, Record]:
    """The person and the record with its snapshot; `Http404` when they may not do this to it."""
    record = Record.objects.select_related("snapshot").filter(pk=record_id).first()
    person = request.user
    if record is None or not isinstance(person, User) or not policy.can(person, action, record):
        raise Http404
    return person, record


def team_for_draft(person: User, record: Record) -> Team:
    """Where a draft that points back to the record begins: in its team, or when they have left
    that, in one of theirs in its organisation."""
    teams = policy.teams_for(person, policy.Action.START_DRAFT)
    theirs = teams.filter(organisation=record.organisation_id)
    return theirs.filter(pk=record.team_id).first() or theirs[0]
