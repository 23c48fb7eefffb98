"""For managers: which drafts their teams have open, and handing one over. No text of any draft."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.wizard.access import person_of
from decisions.wizard.closing.state import Closed, is_closed, open_now
from decisions.wizard.drafts import AlreadySealed
from decisions.wizard.hand_over.writers import (
    HandedOverAlready,
    NoColleague,
    colleagues,
    hand_over,
)
from decisions.wizard.models import Draft
from decisions.wizard.replies import CONFLICT, see_other
from decisions.wizard.sent import read_uuid
from infoshare.fields import OptionField, ShortTextField
from infoshare.people import policy
from infoshare.people.models import User

A_PAGE = 25
SEALED = "This decision is sealed by now."
CLOSED = "This draft has closed. Only its practitioner can bring it back."


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = OptionField(label="Who will go on with it?", options=[])
    reason = ShortTextField(
        label="Why do you hand it over?",
        help_text="Both practitioners will read this. It is kept. Write nothing about the case.",
        max_length=200,
        error_messages={"required": "Give the reason"},
    )

    def __init__(self, *args: object, people: list[User], manager: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = {str(one.pk): one for one in people}
        self.fields["to"] = OptionField(
            label="Who will go on with it?",
            options=[
                (key, f"{one.name} (you)" if one == manager else one.name, one.email)
                for key, one in self.people.items()
            ],
            error_messages={"required": "Choose a colleague"},
        )


@require_GET
def team_drafts(request: HttpRequest) -> HttpResponse:
    """The open drafts of the manager's teams: whose, since when, and how they stand."""
    if not policy.can(request.user, policy.Action.SEE_TEAM_DRAFTS):
        raise PermissionDenied("Only managers see that their teams' drafts exist")
    drafts = (
        Draft.objects.filter(policy.visible(request.user, policy.Action.SEE_TEAM_DRAFTS))
        .filter(open_now())
        .select_related("owner", "team", "organisation")
        .defer("answers")
        .order_by("saved_at", "id")
    )
    page = Paginator(drafts, A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "decisions/hand_over/drafts.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_draft_over(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The page on which a manager chooses a colleague; a POST hands the draft over."""
    manager, draft = person_of(request), _team_draft(request, draft_id)
    if hasattr(draft, "record"):
        return _too_late(request, SEALED)
    if is_closed(draft):
        return _too_late(request, CLOSED)
    seen_owner = read_uuid(request.POST.get("owner", "")) or draft.owner_id
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        people=list(colleagues(draft.team, besides=seen_owner)),
        manager=manager,
    )
    if not form.is_valid():
        return _page(request, draft, form)
    to = form.people[form.cleaned_data["to"]]
    try:
        hand_over(
            draft_id=draft.pk,
            manager=manager,
            to=to,
            reason=form.cleaned_data["reason"],
            seen_owner=seen_owner,
        )
    except HandedOverAlready as already:
        return _page(request, already.draft, form, is_late=True)
    except NoColleague:
        form.add_error("to", "This person has just left the team. Choose somebody else")
        return _page(request, draft, form)
    except (AlreadySealed, Closed) as error:
        return _too_late(request, SEALED if isinstance(error, AlreadySealed) else CLOSED)
    messages.success(request, f"The draft is with {to.name} now. Both of them can see that.")
    return see_other("decisions:team-drafts")


def _team_draft(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The draft of a team that the person manages; `Http404` for any other."""
    found = Draft.objects.select_related("team", "organisation", "record", "owner")
    draft = found.filter(pk=draft_id).first()
    if draft is None or not policy.can(request.user, policy.Action.HAND_OVER_DRAFT, draft):
        raise Http404
    return draft


def _page(
    request: HttpRequest, draft: Draft, form: HandOverForm, *, is_late: bool = False
) -> HttpResponse:
    context = {"draft": draft, "form": form, "is_late": is_late, "has_anyone": bool(form.people)}
    status = CONFLICT if is_late else 200
    return TemplateResponse(request, "decisions/hand_over/hand_over.html", context, status=status)


def _too_late(request: HttpRequest, why: str) -> HttpResponse:
    messages.warning(request, f"{why} Nothing was handed over.")
    return see_other("decisions:team-drafts")
