"""Lists of decisions: a practitioner's own, a manager's teams', an auditor's organisation's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.records.models import Record
from decisions.register import own
from decisions.review.standing import questions_for
from decisions.wizard.advice.overdue import overdue_advice
from decisions.wizard.closing.lists import closed_drafts, handed_over
from decisions.wizard.replies import see_other
from decisions.wizard.urgent.following import due_follow_ups, overdue_follow_ups
from guidance.protocols.register import due_for
from infoshare.people import policy
from infoshare.people.models import Role, User

A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
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


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The sealed decisions of a manager's teams, or of an auditor's organisation."""
    person = request.user
    if not policy.can(person, policy.Action.LIST_TEAM_DECISIONS):
        raise PermissionDenied("Only managers and auditors have a list of others' decisions")
    records = _sealed(policy.visible(person, policy.Action.LIST_TEAM_DECISIONS))
    is_auditor = Role.AUDITOR in policy.roles(person)
    heading = "Decisions of your organisation" if is_auditor else "Decisions of your teams"
    context = {
        "heading": heading,
        "overdue": overdue_advice(person),
        "protocols_due": due_for(person),
        "sees_drafts": policy.can(person, policy.Action.SEE_TEAM_DRAFTS),
        "overdue_follow_ups": overdue_follow_ups(person),
        **_listed(request, records),
    }
    return TemplateResponse(request, "decisions/register.html", context)


def _sealed(visible: Any) -> QuerySet[Record]:
    return (
        Record.objects.filter(visible)
        .select_related("owner", "team", "organisation", "snapshot")
        .defer("snapshot__body")
        .order_by("-sealed_at", "-id")
    )


def _listed(request: HttpRequest, records: QuerySet[Record]) -> dict[str, Any]:
    page: Page[Record] = Paginator(records, A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [own.record_row(record) for record in page]}
