"""Around the questions: start a draft, carry on with one."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.wizard.access import draft_for
from decisions.wizard.drafts import begin_draft
from decisions.wizard.journey import Journey
from decisions.wizard.replies import see_other
from decisions.wizard.start_page import StartPage
from guidance import stored
from guidance.rulebook import catalogue
from infoshare.people import policy
from infoshare.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The start page; a complete POST makes the draft with its first answers and goes on.

    Another edition is chosen by a button of the same form, so that nothing typed is lost.
    """
    person = request.user
    teams = list(policy.teams_for(person, policy.Action.START_DRAFT))
    if not teams or not isinstance(person, User):
        raise PermissionDenied("Only a practitioner of a team can start a decision")
    sent = request.POST
    asked = sent.get("use") or sent.get("edition", catalogue.DEFAULT)
    edition = catalogue.shipped().get(asked, catalogue.shipped()[catalogue.DEFAULT])
    is_sent = request.method == "POST" and asked == sent.get("edition") == edition.id
    page = StartPage(edition, teams, sent, is_sent=is_sent)
    if not page.is_valid():
        others = [one for one in catalogue.shipped().values() if one.id != edition.id]
        context = {"form": page, "edition": edition, "others": others, "asked": asked}
        return TemplateResponse(request, "decisions/start.html", context)
    draft = begin_draft(
        owner=person, team=page.team_chosen(), edition=edition, answers=page.answers()
    )
    return see_other("decisions:resume", draft_id=draft.pk)


@require_GET
def resume(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """On to where the draft stands: its first open step, waiting, or the record it became."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    journey = Journey(stored.edition(draft.edition_id), draft.answers)
    if journey.is_parked and not draft.answers.get("decide"):
        return see_other("decisions:waiting", draft_id=draft.pk)
    return see_other("decisions:step", draft_id=draft.pk, step=journey.first_open)
