"""The pages of findings: the list, a new one, and one with all that was said of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.findings.forms import FindingForm, StepForm
from decisions.findings.models import ANSWERED, CLOSED, RAISED, REOPENED
from decisions.findings.standing import (
    STANDS,
    about_own_record,
    answered_by,
    audited_by,
    may,
    organisations_to_raise_in,
    record_to_raise,
    seen_by,
)
from decisions.findings.writers import SaidSince, raise_finding, say
from decisions.records.models import Record
from decisions.wizard.replies import CONFLICT, see_other
from infoshare.people import policy
from infoshare.people.models import Organisation, User

A_PAGE = 50
WAITING_FIRST = Case(When(stands__in=(RAISED, REOPENED), then=0), default=1)
BUTTONS = {ANSWERED: "Send this answer", CLOSED: "Close the finding", REOPENED: "Open it again"}
DONE = {
    ANSWERED: "Your answer is sent.",
    CLOSED: "The finding is closed.",
    REOPENED: "The finding is open again.",
}


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings that the person sees, those that wait first, then the newest."""
    wanted = request.GET.get("stands", "")
    found = seen_by(request.user).select_related("organisation", "record__team")
    if wanted in STANDS:
        found = found.filter(stands=wanted)
    newest = found.order_by(WAITING_FIRST, "-since", "id")
    page = _number(request.GET.get("page"))
    rows = list(newest[(page - 1) * A_PAGE : page * A_PAGE + 1])
    context = {
        "rows": [(one, STANDS[one.stands]) for one in rows[:A_PAGE]],
        "page": page,
        "more": len(rows) > A_PAGE,
        "stands": wanted if wanted in STANDS else "",
        "all_stands": STANDS,
        "organisations": organisations_to_raise_in(request.user),
    }
    return TemplateResponse(request, "decisions/findings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def against_record(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Raise a finding against a record."""
    record = record_to_raise(request.user, record_id)
    if record is None:
        raise Http404
    return _new(request, record.organisation, record)


@require_http_methods(["GET", "HEAD", "POST"])
def against_process(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Raise a finding about how an organisation does things."""
    for organisation in organisations_to_raise_in(request.user):
        if organisation.pk == organisation_id:
            return _new(request, organisation, None)
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """One finding; a POST adds to it."""
    person = request.user
    found = seen_by(person).select_related("organisation", "record__team").filter(pk=finding_id)
    one = found.first()
    if one is None or not isinstance(person, User):
        raise Http404
    if request.method != "POST":
        return _page(request, one, StepForm(initial={"seen": one.steps_so_far}))
    form, kind = StepForm(request.POST), request.POST.get("go", "")
    if kind not in BUTTONS or not (audited_by(person, one) or answered_by(person, one)):
        raise PermissionDenied("This finding is not theirs to answer or close")
    if not form.is_valid():
        return _page(request, one, form)
    given = form.cleaned_data
    try:
        say(finding=one, kind=kind, person=person, words=given["words"], seen=given["seen"])
    except (SaidSince, ValueError):
        return _page(request, one, form, said_since=True, status=CONFLICT)
    messages.success(request, DONE[kind])
    return see_other("decisions:finding", finding_id=one.pk)


def _new(request: HttpRequest, organisation: Organisation, record: Record | None) -> HttpResponse:
    person = request.user
    form = FindingForm(request.POST if request.method == "POST" else None)
    if isinstance(person, User) and form.is_valid():
        made = raise_finding(
            organisation=organisation, record=record, person=person, **form.cleaned_data
        )
        messages.success(request, "The finding is raised.")
        return see_other("decisions:finding", finding_id=made.pk)
    context = {"form": form, "organisation": organisation, "record": record}
    return TemplateResponse(request, "decisions/findings/new.html", context)


def _page(
    request: HttpRequest,
    one: Any,
    form: StepForm,
    *,
    said_since: bool = False,
    status: int = 200,
) -> HttpResponse:
    steps = list(one.steps.select_related("by").order_by("number"))
    typed = form["words"].value()
    if said_since:
        # What was typed stands in the form; it is sent again from what is known now.
        form = StepForm(initial={"words": typed, "seen": steps[-1].number})
    allowed = may(request.user, one, steps[-1].kind)
    context = {
        "finding": one,
        "steps": [(step, STANDS[step.kind]) for step in steps],
        "stands": STANDS[steps[-1].kind],
        "form": form if allowed.kinds else None,
        "buttons": [(kind, BUTTONS[kind]) for kind in allowed.kinds],
        "said_since": said_since,
        "typed": typed if said_since else "",
        "is_own": about_own_record(request.user, one)
        and policy.can(request.user, policy.Action.ANSWER_FINDING, one),
        "reads_record": one.record
        and policy.can(request.user, policy.Action.READ_RECORD, one.record),
    }
    return TemplateResponse(request, "decisions/findings/finding.html", context, status=status)


def _number(text: str | None) -> int:
    """The number of a page; 1 for anything else."""
    is_one = text and text.isascii() and text.isdigit() and len(text) < 6
    return max(1, int(text)) if is_one and text else 1
