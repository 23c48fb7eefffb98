"""Your organisation's settings: the page on which its information governance lead sets numbers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from infoshare.fields import ShortTextField
from infoshare.people import policy
from infoshare.people.models import (
    MOST_ADVICE_DAYS,
    MOST_DRAFT_DAYS,
    MOST_EXPORTED,
    MOST_FOLLOW_UP_DAYS,
    MOST_REVIEW_DAYS,
    Organisation,
    SettingChange,
    User,
)
from infoshare.people.writers import SETTINGS, StaleSettings, change_settings, settings_of

CONFLICT = 409
CHANGES_SHOWN = 50


class SettingsForm(forms.Form):
    """The numbers of one organisation; its fields are prefixed with the organisation's id."""

    follow_up_days = ShortTextField(
        label="Working days to answer the seven questions after acting first",
        help_text="From 0, the same day, to 30. Records that are sealed already keep their date.",
        max_length=20,
    )
    advice_days = ShortTextField(
        label="Working days until a draft has waited too long for advice",
        help_text="From 0, the same day, to 30. A safeguarding draft is late at the end of the "
        "day whatever you set. Drafts that wait already keep their time.",
        max_length=20,
    )
    review_days = ShortTextField(
        label="Working days until the review of a record is due",
        help_text="From 1 to 60, counted from the day it was sealed.",
        max_length=20,
    )
    draft_days = ShortTextField(
        label="Days until a draft closes that nobody saves",
        help_text="From 1 to 365. Its practitioner can bring it back for 14 days. "
        "Fewer days close drafts at once that are older.",
        max_length=20,
    )

    export_most = ShortTextField(
        label="Records that one export may have",
        help_text="From 1 to 100,000. Auditors who want more take them in parts, or a sample.",
        max_length=20,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["prefix"] = str(organisation.pk)
        kwargs["initial"] = {name: str(now) for name, now in settings_of(organisation).items()}
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        for name in SETTINGS:
            self.fields[name].widget.attrs["inputmode"] = "numeric"
            # A page that was open while InfoShare got a new setting does not send it.
            if self.is_bound and self.add_prefix(name) not in self.data:
                del self.fields[name]

    def clean_follow_up_days(self) -> int:
        """The number of days that was typed."""
        return _whole_number(self.cleaned_data["follow_up_days"], 0, MOST_FOLLOW_UP_DAYS)

    def clean_advice_days(self) -> int:
        """The number of days that was typed."""
        return _whole_number(self.cleaned_data["advice_days"], 0, MOST_ADVICE_DAYS)

    def clean_review_days(self) -> int:
        """The number of days that was typed."""
        return _whole_number(self.cleaned_data["review_days"], 1, MOST_REVIEW_DAYS)

    def clean_draft_days(self) -> int:
        """The number of days that was typed."""
        return _whole_number(self.cleaned_data["draft_days"], 1, MOST_DRAFT_DAYS)

    def clean_export_most(self) -> int:
        """The number of records that was typed."""
        return _whole_number(self.cleaned_data["export_most"], 1, MOST_EXPORTED)


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """The settings of each organisation this person leads; a POST changes those of one."""
    person = request.user
    reach = policy.reach_of(person, policy.Action.EDIT_ORGANISATION)
    if not reach or not isinstance(person, User):
        raise PermissionDenied("Only an information governance lead changes the settings")
    led = Organisation.objects.filter(pk__in=reach.organisations).order_by("name")
    if request.method != "POST":
        return _page(request, [SettingsForm(organisation=one) for one in led])
    sent_for = next((one for one in led if str(one.pk) == request.POST.get("organisation")), None)
    if sent_for is None:
        raise Http404
    form = SettingsForm(request.POST, organisation=sent_for)
    shown = [form if one == sent_for else SettingsForm(organisation=one) for one in led]
    if not form.is_valid():
        return _page(request, shown, form, _seen(request))
    try:
        change_settings(
            organisation_id=sent_for.pk,
            person=person,
            to=form.cleaned_data,
            seen=_seen(request),
        )
    except StaleSettings as stale:
        return _page(request, shown, form, stale.now, is_stale=True)
    messages.success(request, "The settings are saved.")
    return HttpResponseRedirect(reverse("organisation-settings"), status=303)


def _page(
    request: HttpRequest,
    shown: list[SettingsForm],
    sent: SettingsForm | None = None,
    seen: Mapping[str, int] | None = None,
    *,
    is_stale: bool = False,
) -> HttpResponse:
    """Every form; for the one that was sent, what its sender has seen of the settings by now."""
    rows = [
        {
            "form": one,
            "seen": seen if one is sent else settings_of(one.organisation),
            "is_stale": is_stale and one is sent,
            "changes": _changes(one.organisation),
        }
        for one in shown
    ]
    context = {"rows": rows, "form": sent}
    status = CONFLICT if is_stale else 200
    return TemplateResponse(request, "people/organisation.html", context, status=status)


def _changes(organisation: Organisation) -> list[tuple[str, SettingChange]]:
    """The last changes of the settings, newest first, each with its label."""
    labels = {name: str(SettingsForm.base_fields[name].label) for name in SETTINGS}
    found = organisation.setting_changes.select_related("by").order_by("-id")[:CHANGES_SHOWN]
    return [(labels.get(one.name, one.name), one) for one in found]


def _seen(request: HttpRequest) -> dict[str, int]:
    """What the sender's page showed; -1, which nothing is, for what cannot be read."""
    typed = {name: request.POST.get(f"seen-{name}", "") for name in SETTINGS}
    return {
        name: int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
        for name, text in typed.items()
    }


def _whole_number(typed: str, least: int, most: int) -> int:
    text = typed.strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    if not (is_number and least <= int(text) <= most):
        raise ValidationError(f"Enter a whole number from {least} to {most:,}, in digits")
    return int(text)
