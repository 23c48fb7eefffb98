"""What waits for a review: for managers and who covers for them, and for leads who were asked."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions.records.access import record_for
from decisions.records.models import Record
from decisions.register.models import Entry
from decisions.review import words
from decisions.review.forms import WordsForm
from decisions.review.models import ReviewCall
from decisions.review.results import Result, State
from decisions.review.sampling import draw_for, drawable
from decisions.review.standing import Reviewed, escalated_to, reviewed, reviews_due
from decisions.review.writers import Closed, OwnDecision, advise
from decisions.wizard.labels import DECISION_LABELS
from decisions.wizard.replies import CONFLICT, see_other
from decisions.wizard.urgent import due
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import User

A_PAGE = 25


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Records that wait for this person: their review, or their advice on one."""
    person = request.user
    may_review = policy.can(person, policy.Action.REVIEW_RECORD)
    may_advise = policy.can(person, policy.Action.ADVISE_ON_REVIEW)
    if not (may_review or may_advise):
        raise PermissionDenied("Only managers and information governance leads have reviews")
    page = Paginator(_with_names(reviews_due(person)), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(entry) for entry in page],
        "may_review": may_review,
        "may_name_cover": policy.can(person, policy.Action.NAME_COVER),
        "may_advise": may_advise,
        "escalated": [_row(entry) for entry in _with_names(escalated_to(person))],
        "samples": drawable(person),
    }
    return TemplateResponse(request, "decisions/review/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def advise_on(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """The lead's page of one review: the reviewer's words, and nothing of the case."""
    person, record = record_for(request, record_id, policy.Action.ADVISE_ON_REVIEW)
    now = reviewed(record)
    if not any(one.result == Result.ESCALATED for one in now.reviews):
        raise Http404
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label="Your advice",
        hint="The reviewer, the practitioner and everybody who may read the record will see it.",
        missing=words.MISSING[Result.ADVISED],
    )
    if form.is_valid():
        try:
            advise(record=record, person=person, **form.cleaned_data)
        except Closed as closed:
            return _advise_page(request, record, closed.now, form, is_late=True)
        except OwnDecision:
            raise Http404 from None
        messages.success(request, "Your advice is kept. The reviewer goes on with the review.")
        return see_other("decisions:reviews")
    return _advise_page(request, record, now, form)


@require_POST
def draw_sample(request: HttpRequest, team_id: uuid.UUID) -> HttpResponse:
    """Draw last month's sample of a team, unless it was drawn already."""
    team = policy.teams_for(request.user, policy.Action.REVIEW_RECORD).filter(pk=team_id).first()
    if team is None or not isinstance(request.user, User):
        raise Http404
    drawn = draw_for(team=team, person=request.user)
    if drawn is None:
        messages.info(request, "There was nothing to draw: no decisions, or no share is set.")
    else:
        count = drawn.calls.count()
        messages.success(
            request,
            f"{count} of {drawn.pool} decisions of {drawn.month:%B %Y} stand here for a second "
            "look.",
        )
    return see_other("decisions:reviews")


def _with_names(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("owner", "team", "organisation", "record").prefetch_related(
        "record__review_calls"
    )


def _row(entry: Entry) -> dict[str, Any]:
    calls = sorted(entry.record.review_calls.all(), key=lambda one: one.pk)
    open_call = next((one for one in calls if one.due_on == entry.review_due), None)
    return {
        "entry": entry,
        "decision": DECISION_LABELS[Outcome(entry.decision)],
        "state": words.STATES[State(entry.review_state)],
        "due": due.words(entry.review_due, clock.today()) if entry.review_due else "",
        "is_overdue": entry.review_due is not None and entry.review_due < clock.today(),
        "is_sample": open_call is not None and open_call.kind == ReviewCall.SAMPLE,
        "reasons": words.reasons(open_call.reasons) if open_call else [],
    }


def _advise_page(
    request: HttpRequest, record: Record, now: Reviewed, form: WordsForm, *, is_late: bool = False
) -> HttpResponse:
    is_open = now.standing.state is State.ESCALATED
    asked = [one for one in now.reviews if one.result in (Result.ESCALATED, Result.ADVISED)]
    context = {
        "record": record,
        "form": form,
        "asked": asked,
        "sentences": {one: words.SENTENCES[Result(one)] for one in list(Result)},
        "is_open": is_open,
        "is_late": is_late,
    }
    status = CONFLICT if is_late else 200
    return TemplateResponse(request, "decisions/review/advise.html", context, status=status)
