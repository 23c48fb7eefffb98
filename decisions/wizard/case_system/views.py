"""The start page with a case that a case system handed in. Only sending it uses the case up."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from decisions.wizard.answers import ABOUT
from decisions.wizard.case_system.models import HandIn
from decisions.wizard.case_system.writers import Spent, begin_from, forget_old_cases, hash_of
from decisions.wizard.replies import CONFLICT, see_other
from decisions.wizard.starting import Asked, show_start_page
from decisions.wizard.storage import as_posted
from infoshare.people import policy
from infoshare.people.models import Team, User

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
def start_from(request: HttpRequest, token: str) -> HttpResponse:
    """The start page filled in from a case system; a complete POST makes the draft, once.

    Used up or out of time, a GET says so, and a POST gives the typed words back in an ordinary
    start page.
    """
    person, case, teams = _case_for(request, token)
    words = {"case_system": case.key.name}
    asked = Asked(request, teams, as_posted(ABOUT, case.context))
    if not asked.is_post:
        return show_start_page(asked, words) if case.is_open else _gone(request, case)
    if not asked.page.is_valid():
        return show_start_page(asked, words)
    try:
        draft = begin_from(hand_in=case, beginning=asked.beginning(person))
    except Spent:
        forget_old_cases()
        spent = {"spent": True, "send_to": reverse("decisions:start")}
        return show_start_page(asked, spent, status=CONFLICT)
    return see_other("decisions:resume", draft_id=draft.pk)


def _case_for(request: HttpRequest, token: str) -> tuple[User, HandIn, list[Team]]:
    """The person, the case and their teams in its organisation; `Http404` when it is not theirs."""
    person = request.user
    case = HandIn.objects.select_related("key").filter(token_hash=hash_of(token)).first()
    if case is None or not isinstance(person, User):
        raise Http404
    teams = policy.teams_for(person, policy.Action.START_DRAFT)
    theirs = list(teams.filter(organisation=case.organisation_id))
    if not theirs:
        raise Http404
    return person, case, theirs


def _gone(request: HttpRequest, case: HandIn) -> HttpResponse:
    context = {"was_used": case.used_at is not None}
    return TemplateResponse(request, "decisions/start_gone.html", context, status=GONE)
