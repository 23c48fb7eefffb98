"""Answers of the wizard that are not a step's page. None of them drops a typed word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from decisions.wizard.answers import Answers, StepAnswers, details, fields, rule_notes
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.journey import Journey
from decisions.wizard.presentation import field_label, readable, step_title
from decisions.wizard.storage import as_answers
from decisions.wizard.unused import unused_steps
from guidance.rulebook.schema import Edition

if TYPE_CHECKING:
    from decisions.wizard.view import DraftWizard

CONFLICT = 409
Rows = Sequence[Mapping[str, str]]
# What stands between two texts of a field: one line must stay one line.
BETWEEN = {"text": "\n\n", "line": "; "}
OWN_KINDS = {
    **dict.fromkeys(("reason", "what", "method_more", "told_reason"), "text"),
    **dict.fromkeys(("case_reference", "recipient"), "line"),
}


def see_other(name: str, asked: Mapping[str, str] | None = None, /, **kwargs: Any) -> HttpResponse:
    """303 to a named address: whatever was sent, the next request is a GET."""
    query = f"?{urlencode(asked)}" if asked else ""
    return HttpResponseRedirect(reverse(name, kwargs=kwargs) + query, status=303)


@dataclass(frozen=True, slots=True)
class Twofold:
    """One field that was saved in two places, and both its texts as they are sent again."""

    name: str  # as the form posts it
    label: str
    saved: str
    typed: str
    both: str
    saved_words: str  # as the page shows it
    typed_words: str


def show_both_texts(wizard: "DraftWizard", stale: Stale) -> HttpResponse:
    """The page after two saves of one step: both texts, and the choice between them."""
    step = wizard.storage.current_step
    typed = as_answers(wizard.edition, step, wizard.request.POST)
    both = _joined(wizard.edition, step, stale.saved, typed)
    found = [
        Twofold(
            name=f"{step}-{field}",
            label=field_label(wizard.journey, step, field),
            saved=stale.saved.get(field, ""),
            typed=typed[field],
            both=both[field],
            saved_words=readable(wizard.journey, step, field, stale.saved.get(field, "")),
            typed_words=readable(wizard.journey, step, field, typed[field]),
        )
        for field in fields(wizard.edition, step)
    ]
    address = reverse("decisions:step", kwargs={"draft_id": wizard.draft.pk, "step": step})
    hidden = {
        f"{wizard.prefix}-current_step": step,
        "based_on": str(stale.revision),
        # Whoever wished to leave does not seal by choosing a text, nor an outcome they never saw.
        "seen": str(wizard.sent.seen),
        "go": wizard.sent.go,
    }
    posted = wizard.request.POST
    hidden |= {name: posted[name] for name in ("unused", "return") if name in posted}
    return both_texts_page(wizard.request, address, found, hidden)


def both_texts_page(
    request: HttpRequest, address: str, found: Sequence[Twofold], hidden: Mapping[str, str]
) -> HttpResponse:
    """The page that shows both texts of each field that differs, and sends one set or both on.

    What is chosen is posted to `address` with every field, the alike ones too, and `hidden`.
    """
    context = {
        "address": address,
        "rows": [one for one in found if one.saved != one.typed],
        "fields": found,
        "hidden": hidden,
    }
    return TemplateResponse(request, "decisions/conflict.html", context, status=CONFLICT)


def say_unused(wizard: "DraftWizard") -> None:
    """Have the next page say which words went out of use since this page was made, or came back."""
    before = wizard.sent.unused
    if before is None:
        return
    journey = wizard.journey
    gone = [step for step in unused_steps(journey) if step not in before]
    back = [step for step in journey.steps if step in before]
    if gone:
        messages.info(
            wizard.request,
            f"No longer used after your change: {_titles(journey, gone)}. "
            "What you wrote there stays in this draft. It will not be in the record.",
        )
    if back:
        messages.info(
            wizard.request,
            f"Used again after your change, with what you wrote before: {_titles(journey, back)}.",
        )


def _titles(journey: Journey, steps: list[str]) -> str:
    return ", ".join(f"“{step_title(journey, step)}”" for step in steps)


def show_already_sealed(wizard: "DraftWizard", sealed: AlreadySealed) -> HttpResponse:
    """To the record, the receipt of the first send; unless new words came: then hand them back."""
    step = wizard.storage.current_step
    typed = as_answers(wizard.edition, step, wizard.request.POST)
    wizard.storage.reload()
    held = wizard.storage.answers.get(step, {})
    if all(text in ("", held.get(field, "")) for field, text in typed.items()):
        return see_other("decisions:record", record_id=sealed.record_id)
    return hand_back(wizard.request, _rows(wizard, {step: typed}), record_id=sealed.record_id)


def show_not_matching(wizard: "DraftWizard") -> HttpResponse:
    """To the first open step when form and address disagree; with typed words: hand them back.

    An answer that the draft's urgent record has settled is refused in so many words.
    """
    typed = {
        step: given
        for step in wizard.form_list
        if any((given := as_answers(wizard.edition, step, wizard.request.POST)).values())
    }
    is_fixed = wizard.journey.is_fixed(wizard.kwargs["step"])
    acted_on = wizard.draft.acted_on if is_fixed else None
    first_open = wizard.journey.first_open
    if not typed and not acted_on:
        return see_other("decisions:step", draft_id=wizard.draft.pk, step=first_open)
    rows = _rows(wizard, typed)
    return hand_back(
        wizard.request, rows, draft=wizard.draft, first_open=first_open, acted_on=acted_on
    )


def hand_back(request: HttpRequest, rows: Rows, **more: Any) -> HttpResponse:
    """The page that gives words back which could not be saved, each with its label."""
    context = {"rows": rows, **more}
    return TemplateResponse(request, "decisions/not_saved.html", context, status=CONFLICT)


def _rows(wizard: "DraftWizard", typed: Answers) -> Rows:
    return [
        {
            "label": field_label(wizard.journey, step, field),
            "typed": readable(wizard.journey, step, field, value),
        }
        for step, given in typed.items()
        for field, value in given.items()
        if value
    ]


def _joined(edition: Edition, step: str, saved: StepAnswers, typed: StepAnswers) -> dict[str, str]:
    """Both texts of each free field, the saved one first; a choice or a date stays as typed."""
    kinds = OWN_KINDS | {one.id: one.kind for one in details(edition, step)}
    kinds |= dict.fromkeys(rule_notes(edition), "text")
    if not edition.methods:
        kinds["method"] = "line"
    return {
        field: joined(saved.get(field, ""), value, BETWEEN[kind])
        if (kind := kinds.get(field)) in BETWEEN
        else value
        for field, value in typed.items()
    }


def joined(saved: str, typed: str, between: str = "\n\n") -> str:
    """Both texts, the saved one first; one of them when they are alike or one is empty."""
    if not saved or saved == typed:
        return typed
    return f"{saved}{between}{typed}" if typed else saved
