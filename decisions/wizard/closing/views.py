"""Discard a draft, and bring a closed one back."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from decisions.wizard.access import draft_for, own_draft, person_of
from decisions.wizard.closing.reasons import REASONS
from decisions.wizard.closing.writers import DecidedElsewhere, TooLate, bring_back, discard
from decisions.wizard.drafts import AlreadySealed
from decisions.wizard.replies import see_other
from infoshare.fields import OptionField


class DiscardForm(forms.Form):
    """Why, if the person wishes to say."""

    reason = OptionField(
        label="Why do you discard it?",
        help_text="You can leave this out.",
        options=[(name, words, "") for name, words in REASONS.items()],
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def discard_draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The page that asks to confirm; a POST discards the draft and shows how it stands now."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return _is_sealed(request, draft.record.pk)
    form = DiscardForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"draft": draft, "form": form}
        return TemplateResponse(request, "decisions/closing/discard.html", context)
    try:
        reason = form.cleaned_data["reason"]
        discard(draft_id=draft.pk, person=person_of(request), reason=reason)
    except AlreadySealed as sealed:
        return _is_sealed(request, sealed.record_id)
    return see_other("decisions:resume", draft_id=draft.pk)


@require_POST
def bring_draft_back(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Open a closed draft again, and go on where it stands."""
    draft = own_draft(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    try:
        bring_back(draft_id=draft.pk, person=person_of(request))
    except AlreadySealed as sealed:
        return see_other("decisions:record", record_id=sealed.record_id)
    except TooLate:
        messages.warning(request, "This draft closed too long ago. It cannot be brought back.")
    except DecidedElsewhere as elsewhere:
        messages.warning(
            request,
            "The same record is being decided anew in another draft, which is open. "
            "Go on with that one, or discard it first.",
        )
        return see_other("decisions:resume", draft_id=elsewhere.other.pk)
    else:
        messages.success(request, "Your draft is open again, with all that you wrote.")
    return see_other("decisions:resume", draft_id=draft.pk)


def _is_sealed(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    messages.warning(request, "This decision is sealed. A sealed record cannot be discarded.")
    return see_other("decisions:record", record_id=record_id)
