"""Answers of the wizard that are not a step's page. None of them drops a typed word."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from decisions.wizard.answers import Answers, StepAnswers, fields
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.presentation import field_label, readable
from decisions.wizard.storage import as_answers, as_posted

if TYPE_CHECKING:
    from decisions.wizard.view import DraftWizard

CONFLICT = 409


def see_other(name: str, asked: Mapping[str, str] | None = None, /, **kwargs: Any) -> HttpResponse:
    """303 to a named address: whatever was sent, the next request is a GET."""
    query = f"?{urlencode(asked)}" if asked else ""
    return HttpResponseRedirect(reverse(name, kwargs=kwargs) + query, status=303)


def show_both_texts(wizard: "DraftWizard", stale: Stale) -> HttpResponse:
    """The page after two saves of one step: both texts, and the choice between them."""
    step = wizard.storage.current_step
    typed = as_answers(wizard.edition, step, wizard.request.POST)
    context = {
        "draft": wizard.draft,
        "step": step,
        "rows": [
            {
                "label": field_label(wizard.journey, step, field),
                "saved": readable(wizard.journey, step, field, stale.saved.get(field, "")),
                "typed": readable(wizard.journey, step, field, typed[field]),
            }
            for field in fields(wizard.edition, step)
            if stale.saved.get(field, "") != typed[field]
        ],
        "posts_typed": as_posted(step, typed).items(),
        "posts_both": as_posted(step, _joined(stale.saved, typed)).items(),
        "revision": stale.revision,
        "prefix": wizard.prefix,
    }
    return TemplateResponse(wizard.request, "decisions/conflict.html", context, status=CONFLICT)


def show_already_sealed(wizard: "DraftWizard", sealed: AlreadySealed) -> HttpResponse:
    """To the record, the receipt of the first send; unless new words came: then hand them back."""
    step = wizard.storage.current_step
    typed = as_answers(wizard.edition, step, wizard.request.POST)
    wizard.storage.reload()
    if typed == wizard.storage.answers.get(step) or not any(typed.values()):
        return see_other("decisions:record", record_id=sealed.record_id)
    return _hand_back(wizard, {step: typed}, {"record_id": sealed.record_id})


def show_not_matching(wizard: "DraftWizard") -> HttpResponse:
    """To the first open step when form and address disagree; with typed words: hand them back."""
    typed = {
        step: given
        for step in wizard.form_list
        if any((given := as_answers(wizard.edition, step, wizard.request.POST)).values())
    }
    if not typed:
        return see_other("decisions:step", draft_id=wizard.draft.pk, step=wizard.journey.first_open)
    return _hand_back(wizard, typed, {"first_open": wizard.journey.first_open})


def _hand_back(wizard: "DraftWizard", typed: Answers, more: dict[str, Any]) -> HttpResponse:
    rows = [
        {
            "label": field_label(wizard.journey, step, field),
            "typed": readable(wizard.journey, step, field, value),
        }
        for step, given in typed.items()
        for field, value in given.items()
        if value
    ]
    context = {"draft": wizard.draft, "rows": rows, **more}
    return TemplateResponse(wizard.request, "decisions/not_saved.html", context, status=CONFLICT)


def _joined(saved: StepAnswers, typed: StepAnswers) -> dict[str, str]:
    """Both texts of each free field, the saved one first; a choice stays as typed."""
    choices = {"answer", "agreement", "told", "decision", "method", "items"}
    return {
        field: value
        if field in choices or not saved.get(field) or saved[field] == value
        else f"{saved[field]}\n\n{value}"
        for field, value in typed.items()
    }
