"""Where a protocol may help: pages of the information governance lead. No text of a case."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.protocols.shares import LEAST, suggestions
from decisions.protocols.writers import put_suggestion_aside
from decisions.wizard.access import person_of
from decisions.wizard.replies import see_other
from guidance.protocols.forms import setting_words
from infoshare.fields import LongTextField
from infoshare.people import policy

LONGEST = 2_000


class ReasonForm(forms.Form):
    """Why no protocol is needed there."""

    reason = LongTextField(
        label="Why is no protocol needed here?",
        help_text="It is kept with your name. Write nothing about a case.",
        max_length=LONGEST,
        error_messages={"required": "Write why no protocol is needed"},
    )


@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    """The bodies with which this lead's organisations share often without a protocol."""
    if not policy.can(request.user, policy.Action.EDIT_PROTOCOLS):
        raise PermissionDenied("Only an information governance lead sees where a protocol may help")
    context = {
        "suggestions": suggestions(request.user),
        "settings": setting_words(),
        "least": LEAST,
    }
    return TemplateResponse(request, "decisions/protocols/suggested.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put_aside(request: HttpRequest, key: str) -> HttpResponse:
    """The page that puts one suggestion aside, with a reason."""
    if not policy.can(request.user, policy.Action.EDIT_PROTOCOLS):
        raise Http404
    chosen = next((one for one in suggestions(request.user) if one.key == key), None)
    if chosen is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "one": chosen, "settings": setting_words()}
        return TemplateResponse(request, "decisions/protocols/put_aside.html", context)
    put_suggestion_aside(
        organisation=chosen.organisation,
        body=chosen.body,
        setting=chosen.setting,
        person=person_of(request),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, "Put aside. It comes back after three more decisions like these.")
    return see_other("decisions:protocol-suggestions")
