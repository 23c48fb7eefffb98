"""The page for acting first: what to do now, and the short record of what was done."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from decisions.wizard.answers import DECIDE, RIGHT_WAY, URGENT, text
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.own_procedures import own_procedures
from decisions.wizard.presentation import field_label, readable
from decisions.wizard.replies import CONFLICT
from decisions.wizard.sent import read_sent
from decisions.wizard.standing import journey_of
from decisions.wizard.urgent import due
from decisions.wizard.urgent.forms import PLACES, UrgentForm
from decisions.wizard.urgent.writers import as_sealed
from decisions.wizard.used import used_fields
from guidance.local import entries
from guidance.local.models import ContactKind
from infoshare import clock


def act_first_page(
    request: HttpRequest,
    draft: Draft,
    form: UrgentForm,
    based_on: int,
    *,
    changed_since: bool = False,
) -> HttpResponse:
    """The page with the form as it is given; the status is 409 when the draft was changed."""
    sent = read_sent(request.POST, based_on)
    context = {
        **what_to_do(draft),
        "page": sent.page or uuid.uuid4(),
        "turn": sent.turn,
        "form": form,
        "based_on": based_on,
        "changed_since": changed_since,
        "asks_reference": not draft.answers.get("about", {}).get("case_reference", "").strip(),
        "earlier": _earlier(journey_of(draft, as_sealed(draft.answers))),
        "due": due.readable(due.due_on(clock.now(), draft.organisation.follow_up_days)),
    }
    status = CONFLICT if changed_since else 200
    return TemplateResponse(request, "decisions/urgent/act_first.html", context, status=status)


def again_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page for acting first from a follow-up, whose own case was acted on already."""
    return TemplateResponse(request, "decisions/urgent/again.html", what_to_do(draft))


def what_to_do(draft: Draft) -> dict[str, Any]:
    """What to do before anything is written: the edition's words, and whom to call."""
    journey = journey_of(draft)
    edition = journey.edition
    return {
        **own_procedures(draft, journey, URGENT),
        "draft": draft,
        "edition": edition,
        "rule": edition.rule(URGENT),
        "guide": edition.question(URGENT).guide,
        "contacts": entries.contacts(
            draft.organisation_id, ContactKind.SAFEGUARDING, ContactKind.OUT_OF_HOURS
        ),
    }


def _earlier(journey: Journey) -> list[dict[str, str]]:
    """What the person wrote earlier about the sharing, which the short form does not ask."""
    asked = {*PLACES.values(), (DECIDE, "decision")}
    return [
        {
            "label": field_label(journey, step, field),
            "words": readable(journey, step, field, value),
        }
        for step in (RIGHT_WAY, DECIDE)
        for field in used_fields(journey, step)
        if (step, field) not in asked and (value := text(journey.answers, step, field))
    ]
