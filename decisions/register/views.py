"""Lists of decisions: a practitioner's own, a manager's teams', an auditor's organisation's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from decisions.records.contents import DECISION_LABELS, OUTCOME_LABELS
from decisions.records.models import Record
from decisions.wizard.advice.overdue import overdue_advice
from decisions.wizard.models import Draft
from decisions.wizard.replies import see_other
from decisions.wizard.urgent.following import due_follow_ups, overdue_follow_ups
from guidance.rulebook.schema import Outcome
from infoshare.people import policy
from infoshare.people.models import Role, User

A_PAGE = 25


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My decisions for a practitioner; for others the page their role is for."""
    person = request.user
    if not policy.can(person, policy.Action.LIST_OWN_DECISIONS):
        if policy.can(person, policy.Action.LIST_TEAM_DECISIONS):
            return see_other("decisions:register")
        return see_other("guidance:index")
    drafts = (
        Draft.objects.filter(policy.visible(person, policy.Action.WORK_ON_DRAFT))
        .filter(record__isnull=True)
        .select_related("team")
        .order_by("-saved_at")
    )
    own = _sealed(policy.visible(person, policy.Action.LIST_OWN_DECISIONS))
    context = {
        "drafts": drafts,
        "due": due_follow_ups(person) if isinstance(person, User) else [],
        "can_start": policy.can(person, policy.Action.START_DRAFT),
        **_listed(request, own),
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
    rows = [
        {
            "record": record,
            "decision": DECISION_LABELS[Outcome(record.decision)],
            "outcome": OUTCOME_LABELS[Outcome(record.outcome)],
        }
        for record in page
    ]
    return {"page": page, "rows": rows}
