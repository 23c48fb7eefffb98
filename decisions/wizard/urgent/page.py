"""The page for acting first: what to do now, and the short record of what was done."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from decisions.records.contents import used_fields
from decisions.wizard.advice.models import AdviceContact
from decisions.wizard.answers import RIGHT_WAY, URGENT, text
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.presentation import field_label, readable
from decisions.wizard.replies import CONFLICT
from decisions.wizard.standing import journey_of
from decisions.wizard.urgent import due
from decisions.wizard.urgent.forms import PLACES, UrgentForm
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
    context = {
        **what_to_do(draft),
        "form": form,
        "based_on": based_on,
        "changed_since": changed_since,
        "asks_reference": not draft.answers.get("about", {}).get("case_reference", "").strip(),
        "earlier": _earlier(journey_of(draft)),
        "due": due.readable(due.due_on(clock.now(), draft.organisation.follow_up_days)),
    }
    status = CONFLICT if changed_since else 200
    return TemplateResponse(request, "decisions/urgent/act_first.html", context, status=status)


def again_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page for acting first from a follow-up, whose own case was acted on already."""
    return TemplateResponse(request, "decisions/urgent/again.html", what_to_do(draft))


def what_to_do(draft: Draft) -> dict[str, Any]:
    """What to do before anything is written: the edition's words, and whom to call."""
    edition = journey_of(draft).edition
    return {
        "draft": draft,
        "edition": edition,
        "rule": next(rule for rule in edition.rules if rule.id == URGENT),
        "guide": edition.question(URGENT).guide,
        "contacts": _safeguarding_contacts(draft),
    }


def _safeguarding_contacts(draft: Draft) -> QuerySet[AdviceContact]:
    return AdviceContact.objects.filter(
        organisation_id=draft.organisation_id,
        removed_at__isnull=True,
        role__icontains="safeguard",
    )


def _earlier(journey: Journey) -> list[dict[str, str]]:
    """What the person wrote earlier about the sharing, which the short form does not ask."""
    shown = {field for step, field in PLACES.values() if step == RIGHT_WAY}
    return [
        {
            "label": field_label(journey, RIGHT_WAY, field),
            "words": readable(journey, RIGHT_WAY, field, value),
        }
        for field in used_fields(journey, RIGHT_WAY)
        if field not in shown and (value := text(journey.answers, RIGHT_WAY, field))
    ]
