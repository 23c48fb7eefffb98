"""What needs a person today, and saying that a record was looked at."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from decisions.needs_you.sources import MOST, Found, needs
from decisions.needs_you.words import SAID, Why, when
from decisions.needs_you.writers import NotOpened, note_looked
from decisions.records.access import record_for
from decisions.wizard.access import person_of
from decisions.wizard.replies import see_other
from guidance.adoption.standing import standings_of
from infoshare import clock
from infoshare.people import policy

A_PAGE = 50
RECORD = ("decisions:record", "record_id")
LEADS_TO = {
    Why.ADVICE: ("decisions:team-drafts", ""),
    Why.OWN_ADVICE: ("decisions:resume", "draft_id"),
    Why.REVIEW: ("decisions:review", "record_id"),
    Why.QUESTION: ("decisions:review-answer", "record_id"),
    Why.ESCALATED: ("decisions:review-advise", "record_id"),
    Why.DOUBT: ("decisions:doubts", ""),
    Why.PROTOCOL: ("protocols:protocol", "protocol_id"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in words, and where somebody goes to do it."""

    found: Found
    sentence: str
    when: str
    is_overdue: bool

    @property
    def address(self) -> str:
        """The one page to go on from."""
        name, argument = LEADS_TO.get(self.found.why, RECORD)
        return reverse(name, kwargs={argument: self.found.id} if argument else None)


@require_GET
def needs_you(request: HttpRequest) -> HttpResponse:
    """What is due today or overdue for this person, and what nobody has looked at, oldest first."""
    person = person_of(request)
    if not policy.can(person, policy.Action.SEE_NEEDS):
        raise PermissionDenied("Nothing can wait for an auditor or an administrator")
    found = needs(person)
    page = Paginator([_row(one) for one in found], A_PAGE).get_page(request.GET.get("page"))
    is_lead = policy.can(person, policy.Action.ADOPT_EDITION)
    context = {
        "page": page,
        "total": sum(one.count for one in found),
        "overdue": sum(one.count for one in found if _is_overdue(one)),
        "tally": _tally(found),
        "is_cut": len(found) == MOST,
        "has_changed_editions": is_lead and any(one.changed for one in standings_of(person)),
        "is_manager": policy.can(person, policy.Action.REVIEW_RECORD),
    }
    return TemplateResponse(request, "decisions/needs_you/page.html", context)


@require_POST
def looked(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """A manager says that they have looked at a record of their team."""
    person, record = record_for(request, record_id, policy.Action.REVIEW_RECORD)
    if record.owner_id == person.pk:
        raise Http404
    try:
        note_looked(record=record, person=person)
    except NotOpened:
        messages.warning(request, "Open the record first. Then say that you have looked at it.")
        return see_other("decisions:needs-you")
    messages.success(request, f"Noted: you have looked at record {record.reference}.")
    return see_other("decisions:needs-you")


def _row(found: Found) -> Row:
    sentence = SAID[found.why].sentence
    if found.count > 1:
        sentence = f"{found.count} questions were left unsure. Settle them"
    return Row(found, sentence, when(found.why, found.on, clock.today()), _is_overdue(found))


def _is_overdue(found: Found) -> bool:
    return SAID[found.why].is_due and found.on < clock.today()


def _tally(found: list[Found]) -> list[str]:
    """How many of each, in words, in the order of `Why`."""
    counted: Counter[Why] = Counter()
    for one in found:
        counted[one.why] += one.count
    return [
        f"1 {SAID[why].one}" if counted[why] == 1 else f"{counted[why]} {SAID[why].several}"
        for why in Why
        if counted[why]
    ]
