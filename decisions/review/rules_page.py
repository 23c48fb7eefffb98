"""The lead's page: which decisions are reviewed, which wait for a manager, how many are sampled."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from decisions.review import words
from decisions.review.models import MOST_PERCENT, ReviewRules
from decisions.review.needs import RULES, Before, Why
from decisions.review.rules import InForce, StaleRules, in_words, rules_of, set_rules
from decisions.wizard.replies import CONFLICT, see_other
from guidance.local.access import lead_of, number
from infoshare.fields import OptionField, ShortTextField
from infoshare.people import policy
from infoshare.people.models import Organisation

VERSIONS_SHOWN = 30


class RulesField(forms.MultipleChoiceField):
    """Some of the rules, each with its hint."""

    options = tuple((why.value, label, hint) for why, (label, hint) in words.RULES.items())

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=[(value, label) for value, label, _ in self.options], **more)


class RulesForm(forms.Form):
    """The rules of one organisation; its fields are prefixed with the organisation's id."""

    def __init__(self, *args: Any, organisation: Organisation, now: InForce, **more: Any) -> None:
        more["prefix"] = str(organisation.pk)
        more["initial"] = {
            "which": [why for why in RULES if why in now.rules.which],
            "before": now.rules.before,
            "percent": str(now.percent),
        }
        super().__init__(*args, **more)
        self.organisation = organisation
        self.now = now
        self.fields["which"] = RulesField(
            label="Which decisions need a review?",
            help_text="Tick all that do. Records that are sealed already keep what was set then.",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose among the decisions shown here"},
        )
        self.fields["before"] = OptionField(
            label="Must a manager agree before something is shared?",
            help_text="Never when it is urgent, a legal duty or safeguarding: there nobody waits, "
            "and the manager is told instead. Sealing never waits.",
            options=words.BEFORE,
            error_messages={"required": "Choose whether a manager must agree first"},
        )
        self.fields["percent"] = ShortTextField(
            label="Share of each team’s decisions drawn by chance each month, in percent",
            help_text=f"From 0, none, to {MOST_PERCENT}. They are for a second look, also those "
            "that were not shared.",
            max_length=20,
            error_messages={"required": f"Enter a whole number from 0 to {MOST_PERCENT}"},
        )
        self.fields["percent"].widget.attrs["inputmode"] = "numeric"

    def clean_which(self) -> list[Why]:
        """The rules that were ticked."""
        return [Why(one) for one in self.cleaned_data["which"]]

    def clean_before(self) -> Before:
        """What was chosen."""
        return Before(self.cleaned_data["before"])

    def clean_percent(self) -> int:
        """The number that was typed."""
        text = self.cleaned_data["percent"].strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 6
        if not (is_number and int(text) <= MOST_PERCENT):
            raise ValidationError(f"Enter a whole number from 0 to {MOST_PERCENT}, in digits")
        return int(text)


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: HttpRequest) -> HttpResponse:
    """The rules of each organisation this person leads; a POST sets those of one."""
    person, led = lead_of(request, policy.Action.EDIT_ORGANISATION)
    given = request.POST if request.method == "POST" else None
    sent_for = request.POST.get("organisation")
    shown = [
        RulesForm(
            given if str(one.pk) == sent_for else None, organisation=one, now=rules_of(one.pk)
        )
        for one in led
    ]
    if given is None:
        return _page(request, shown)
    form = next((one for one in shown if one.is_bound), None)
    if form is None:
        raise Http404
    seen = number(request.POST.get("seen"))
    if not form.is_valid():
        return _page(request, shown, form, seen)
    try:
        set_rules(
            organisation_id=form.organisation.pk, person=person, seen=seen, **form.cleaned_data
        )
    except StaleRules as stale:
        return _page(request, shown, form, stale.now.number, stale=stale.now)
    messages.success(request, "The rules about reviews are saved.")
    return see_other("decisions:review-rules")


def _page(
    request: HttpRequest,
    shown: list[RulesForm],
    sent: RulesForm | None = None,
    seen: int = 0,
    *,
    stale: InForce | None = None,
) -> HttpResponse:
    rows = [
        {
            "form": one,
            "seen": seen if one is sent else one.now.number,
            "stale": _in_words(stale.version) if one is sent and stale and stale.version else None,
            "versions": [_in_words(version) for version in _versions(one.organisation)],
        }
        for one in shown
    ]
    context = {"rows": rows, "form": sent}
    status = CONFLICT if stale else 200
    return TemplateResponse(request, "decisions/review/rules.html", context, status=status)


def _versions(organisation: Organisation) -> list[ReviewRules]:
    found = organisation.review_rules.select_related("by").order_by("-number")
    return list(found[:VERSIONS_SHOWN])


def _in_words(version: ReviewRules) -> dict[str, Any]:
    return {"words": in_words(version), "by": version.by.name, "at": version.at}
