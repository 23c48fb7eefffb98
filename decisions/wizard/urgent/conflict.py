"""The page after an urgent record's words were saved in two places: both texts of each."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from decisions.wizard.answers import DECIDE, URGENT
from decisions.wizard.models import Draft
from decisions.wizard.presentation import field_label, readable
from decisions.wizard.replies import Twofold, both_texts_page, joined
from decisions.wizard.standing import journey_of
from decisions.wizard.urgent.forms import PLACES, PREFIX, UrgentForm
from decisions.wizard.urgent.writers import StaleSteps
from guidance.rulebook.schema import Outcome
from infoshare.fields import LongTextField, OptionField


def show_both_texts(
    request: HttpRequest, draft: Draft, form: UrgentForm, stale: StaleSteps
) -> HttpResponse:
    """Both texts of every field, and the choice between them. What is chosen is not sealed yet."""
    typed = form.typed()
    found = [_field(form, name, typed[name], stale) for name in PLACES]
    found += [
        _choice(draft, stale, URGENT, "answer", "yes"),
        _choice(draft, stale, DECIDE, "decision", Outcome.SHARE.value),
    ]
    address = reverse("decisions:act-first", kwargs={"draft_id": draft.pk})
    hidden = {"based_on": str(stale.revision), "go": "keep"}
    return both_texts_page(request, address, found, hidden)


def _field(form: UrgentForm, name: str, typed: str, stale: StaleSteps) -> Twofold:
    (step, key), field = PLACES[name], form.fields[name]
    saved = stale.saved[step].get(key, "") if step in stale.saved else typed
    between = "\n\n" if isinstance(field, LongTextField) else "; "
    options = field.options if isinstance(field, OptionField) else ()
    labels = {value: label for value, label, _ in options}
    return Twofold(
        name=f"{PREFIX}-{name}",
        label=str(form[name].label),
        saved=saved,
        typed=typed,
        both=typed if labels else joined(saved, typed, between),
        saved_words=labels.get(saved, saved),
        typed_words=labels.get(typed, typed),
    )


def _choice(draft: Draft, stale: StaleSteps, step: str, field: str, taken: str) -> Twofold:
    """What the urgent path answers by itself, when another answer was saved in between."""
    journey = journey_of(draft)
    saved = stale.saved.get(step, {}).get(field, "") or taken
    return Twofold(
        name=f"{PREFIX}-{field}",
        label=field_label(journey, step, field),
        saved=saved,
        typed=taken,
        both=taken,
        saved_words=readable(journey, step, field, saved),
        typed_words=readable(journey, step, field, taken),
    )
