"""Around the questions: start a draft, carry on with one."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.records.access import record_for
from decisions.records.events import note_viewed
from decisions.records.models import Record
from decisions.wizard.access import draft_for
from decisions.wizard.answers import ABOUT, context
from decisions.wizard.beginning import begin_decisions
from decisions.wizard.journey import Journey
from decisions.wizard.replies import see_other
from decisions.wizard.starting import Asked, show_start_page
from decisions.wizard.storage import as_posted
from guidance import stored
from infoshare.people import policy
from infoshare.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The start page; a complete POST makes the draft with its first answers and goes on.

    Another edition is chosen by a button of the same form, so that nothing typed is lost.
    With `?from=` and the id of a record of theirs, its case is filled in, and nothing else of it.
    """
    person = request.user
    teams = list(policy.teams_for(person, policy.Action.START_DRAFT))
    if not teams or not isinstance(person, User):
        raise PermissionDenied("Only a practitioner of a team can start a decision")
    earlier = _earlier(request)
    asked = Asked(request, teams)
    if earlier and not asked.is_post:
        note_viewed(record=earlier, person=person)
        carried = context(asked.edition, earlier.draft.answers)
        asked = Asked(request, teams, as_posted(ABOUT, carried))
    if not asked.page.is_valid():
        return show_start_page(asked, {"earlier": earlier})
    draft = begin_decisions(asked.beginning(person))
    return see_other("decisions:resume", draft_id=draft.pk)


def _earlier(request: HttpRequest) -> Record | None:
    """The record whose case is to be filled in; `Http404` when it is not theirs."""
    if "from" not in request.GET:
        return None
    try:
        record_id = uuid.UUID(request.GET["from"])
    except ValueError:
        raise Http404 from None
    _, record = record_for(request, record_id, policy.Action.ADD_TO_RECORD)
    return record


@require_GET
def resume(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """On to where the draft stands: acting first, an open step, waiting, or its record."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    journey = Journey(stored.edition(draft.edition_id), draft.answers)
    if journey.is_urgent and not draft.acted_on:
        return see_other("decisions:act-first", draft_id=draft.pk)
    if journey.is_parked and not draft.answers.get("decide"):
        return see_other("decisions:waiting", draft_id=draft.pk)
    return see_other("decisions:step", draft_id=draft.pk, step=journey.first_open)
