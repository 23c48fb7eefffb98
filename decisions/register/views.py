"""Lists of decisions: a practitioner's own, a manager's teams', an auditor's organisation's."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from decisions.register import own
from decisions.register.asking import Asked, asked_by, without
from decisions.register.page import shown
from decisions.review.standing import questions_for
from decisions.wizard.advice.overdue import overdue_advice
from decisions.wizard.closing.lists import closed_drafts, handed_over
from decisions.wizard.replies import see_other
from decisions.wizard.urgent.following import due_follow_ups, overdue_follow_ups
from guidance.protocols.register import due_for
from infoshare.people import policy
from infoshare.people.models import User
from infoshare.people.policy import Person

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def home(request: HttpRequest) -> HttpResponse:
    """My decisions for a practitioner; for others the page their role is for. A POST searches."""
    person = request.user
    if not policy.can(person, policy.Action.LIST_OWN_DECISIONS):
        if policy.can(person, policy.Action.SEE_NEEDS):
            return see_other("decisions:needs-you")
        if policy.can(person, policy.Action.LIST_TEAM_DECISIONS):
            return see_other("decisions:register")
        return see_other("guidance:index")
    context = {
        "closed_drafts": closed_drafts(person),
        "handed_over": handed_over(person),
        "due": due_follow_ups(person) if isinstance(person, User) else [],
        "protocols_due": due_for(person),
        "questions": questions_for(person),
        "can_start": policy.can(person, policy.Action.START_DRAFT),
        **own.listed(request),
    }
    return TemplateResponse(request, "decisions/home.html", context)


@get_or_post
def register(request: HttpRequest) -> HttpResponse:
    """The sealed decisions of a manager's teams, or of an auditor's organisation.

    What is chosen comes by the address, so a POST that typed nothing is led on to one. What is
    typed comes by POST and stands in no address.
    """
    if request.method != "POST":
        asked = asked_by(request, request.GET)
        return _page(request, asked, _due(request.user) if not request.GET else {})
    asked = asked_by(request, without(request.POST))
    if asked.is_valid and not asked.view.is_typed:
        return HttpResponseRedirect(asked.address, status=303)
    return _page(request, asked, {})


def _page(request: HttpRequest, asked: Asked, more: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "decisions/register/list.html", {**shown(asked), **more})


def _due(person: Person) -> dict[str, Any]:
    """What is late, for the page that a manager begins on."""
    return {
        "overdue": overdue_advice(person),
        "protocols_due": due_for(person),
        "sees_drafts": policy.can(person, policy.Action.SEE_TEAM_DRAFTS),
        "overdue_follow_ups": overdue_follow_ups(person),
    }
