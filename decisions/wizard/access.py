"""Which draft, and may this person work on it?"""

import uuid

from django.http import Http404, HttpRequest

from decisions.wizard.models import Draft
from infoshare.people import policy


def draft_for(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The draft with its team, organisation and record; `Http404` when it is not theirs."""
    draft = (
        Draft.objects.select_related("team", "organisation", "record", "owner", "acted_on")
        .filter(pk=draft_id)
        .first()
    )
    if draft is None or not policy.can(request.user, policy.Action.WORK_ON_DRAFT, draft):
        raise Http404
    return draft
