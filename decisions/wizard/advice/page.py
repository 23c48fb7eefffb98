"""The advice page: whom to ask, the brief, what was advised, and how long it waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from decisions.wizard.advice import brief, same_day
from decisions.wizard.advice.forms import BriefForm
from decisions.wizard.advice.models import Brief, How
from decisions.wizard.journey import Journey
from decisions.wizard.linked import linked_to
from decisions.wizard.models import Draft
from decisions.wizard.presentation import step_title
from decisions.wizard.replies import CONFLICT
from guidance.local import entries
from guidance.rulebook.schema import Outcome
from infoshare import clock


def question_to_ask_again(journey: Journey) -> str:
    """The gate that a parked draft comes back to once there is advice, or an answer on consent."""
    if journey.conclusion.outcome is Outcome.ASK_CONSENT:
        return "consent"
    return journey.doubts[-1] if journey.doubts else journey.conclusion.path.asked[-1]


def advice_page(
    request: HttpRequest,
    draft: Draft,
    journey: Journey,
    question: str,
    form: BriefForm | None = None,
    newer: Brief | None = None,
) -> HttpResponse:
    """The advice page of a question, with the brief's form as it was sent, if it was.

    `newer` is a brief saved since the sender's page was made: then the status is 409.
    """
    saved = newer or draft.briefs.filter(question=question).order_by("-id").first()
    words = saved.text if saved else brief.own_words(journey)
    context = {
        **draft_context(draft, journey, question),
        **_waiting_context(draft, journey, question),
        "form": form or BriefForm(initial={"text": words}),
        "seen": saved.pk if saved and (form is None or newer) else request.POST.get("seen", ""),
        "newer": newer,
        "saved": saved,
        "answers_so_far": brief.answers_so_far(journey),
        "parts": brief.parts(words),
        "marks": brief.marks(words),
        "contacts": entries.contacts(draft.organisation_id),
        "noted": draft.advice.all(),
        "how_labels": dict(How.choices),
    }
    status = CONFLICT if newer else 200
    return TemplateResponse(request, "decisions/advice/page.html", context, status=status)


def draft_context(draft: Draft, journey: Journey, question: str) -> dict[str, Any]:
    """What every page about one question of a draft says."""
    return {
        "draft": draft,
        "edition": journey.edition,
        "question": question,
        "question_title": step_title(journey, question),
        "linked": linked_to(draft, draft.owner),
    }


def _waiting_context(draft: Draft, journey: Journey, question: str) -> dict[str, Any]:
    """What is said about waiting: only at the question for which the draft is parked."""
    is_parked = (
        journey.conclusion.outcome is Outcome.SEEK_ADVICE
        and question == question_to_ask_again(journey)
    )
    since, now = draft.parked_since, clock.now()
    return {
        "rule": journey.conclusion.rule if is_parked else None,
        "reasons": journey.conclusion.reasons,
        "waiting_since": since if is_parked else None,
        "waiting_for": same_day.age(since, now) if is_parked and since else "",
        "waiting_clock": same_day.on_the_clock(since, now) if since else "",
        "is_today": brief.is_safeguarding(journey),
        "is_late": bool(is_parked and since and same_day.is_late(since, now)),
    }
