"""Which draft, and may this person work on it?"""

import uuid

from django.http import Http404, HttpRequest

from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.closing.state import Closed, is_closed
from decisions.wizard.drafts import HandedOver
from decisions.wizard.models import Draft
from infoshare.people import policy
from infoshare.people.models import User


def draft_for(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The draft with its team, organisation and record; `Http404` when it is not theirs.

    Raises `Closed` when it was discarded or its time ran out, and `HandedOver` when it was
    theirs: `UnavailableDrafts` answers with a page that says so, whatever the address.
    """
    draft = own_draft(request, draft_id)
    if is_closed(draft):
        raise Closed(draft)
    return draft


def own_draft(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The same, open or closed."""
    draft = (
        Draft.objects.select_related("team", "organisation", "record").filter(pk=draft_id).first()
    )
    if draft is not None and policy.can(request.user, policy.Action.WORK_ON_DRAFT, draft):
        return draft
    # Asked of an unknown draft, too, so that the time it takes tells nothing.
    was_theirs = _was_owner(request, draft_id)
    if draft is not None and was_theirs:
        raise HandedOver(draft)
    raise Http404


def _was_owner(request: HttpRequest, draft_id: uuid.UUID) -> bool:
    """Whether it was handed over from this person, who can still work on drafts somewhere."""
    handed_over = DraftEvent.objects.filter(
        draft_id=draft_id,
        kind=DraftEvent.HANDED_OVER,
        details__from=str(request.user.pk),
    )
    is_one = handed_over.exists()
    return is_one and policy.can(request.user, policy.Action.WORK_ON_DRAFT)


def person_of(request: HttpRequest) -> User:
    """The person who asks; `Http404` for a visitor, whom no page of a draft lets in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
