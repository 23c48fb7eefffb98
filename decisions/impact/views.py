"""The impact of an edition: a page for information governance leads. It reads no case text."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from decisions.impact.reading import report
from decisions.impact.words import KIND_WORDS, finding_words
from decisions.records.models import Record
from guidance.adoption.standing import standings_of
from guidance.models import StoredEdition
from guidance.rulebook import catalogue
from guidance.rulebook.impact import Kind
from infoshare.fields import Select
from infoshare.people import policy
from infoshare.people.policy import Person

A_PAGE = 50
MOST_PAGES = 100_000


class ImpactForm(forms.Form):
    """Which decisions to run through which edition, and what to list of them."""

    to = forms.ChoiceField(
        label="Run them through",
        widget=Select,
        error_messages={"invalid_choice": "Choose one of the editions in the list"},
    )
    origin = forms.ChoiceField(
        label="Decisions made under",
        required=False,
        widget=Select,
        error_messages={"invalid_choice": "Choose one of the editions in the list"},
    )
    kind = forms.ChoiceField(
        label="List these decisions",
        required=False,
        widget=Select,
        choices=[(kind.value, words) for kind, words in KIND_WORDS.items()],
        error_messages={"invalid_choice": "Choose one of the answers in the list"},
    )
    page = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PAGES, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shipped = catalogue.shipped()
        titles = {name: one.title for name, one in shipped.items()}
        titles = {catalogue.DEFAULT: titles[catalogue.DEFAULT]} | titles
        used = StoredEdition.objects.values_list("edition_id", flat=True).distinct()
        known = titles | {name: name for name in sorted(used) if name not in titles}
        self.fields["to"].choices = list(titles.items())  # type: ignore[attr-defined]
        self.fields["origin"].choices = [("", "Any edition"), *known.items()]  # type: ignore[attr-defined]


@require_safe
def impact(request: HttpRequest) -> HttpResponse:
    """What another edition would make of the lead's sealed decisions, once they say which."""
    if not policy.can(request.user, policy.Action.SEE_IMPACT):
        raise PermissionDenied("Only an information governance lead sees an edition's impact")
    form = ImpactForm(request.GET if "to" in request.GET else None)
    context: dict[str, Any] = {"form": form, "standings": standings_of(request.user)}
    if form.is_valid():
        context |= _found(request.user, form.cleaned_data)
    return TemplateResponse(request, "decisions/impact.html", context)


def _found(person: Person, asked: dict[str, Any]) -> dict[str, Any]:
    records = Record.objects.filter(policy.visible(person, policy.Action.SEE_IMPACT))
    if asked["origin"]:
        records = records.filter(edition__edition_id=asked["origin"])
    kind, page = Kind(asked["kind"] or Kind.OUTCOME), asked["page"] or 1
    after = catalogue.shipped()[asked["to"]]
    start = (page - 1) * A_PAGE
    found = report(records, after, kind=kind, start=start, length=A_PAGE)
    return {
        "after": after,
        "found": found,
        "kinds": KIND_WORDS,
        "kind": kind,
        "rows": [(reference, finding_words(finding)) for reference, finding in found.shown],
        "page": page,
        "is_last": start + A_PAGE >= found.counts[kind],
    }
