"""Around the questions: start a draft, carry on with one."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from decisions.wizard.access import draft_for
from decisions.wizard.drafts import start_draft
from decisions.wizard.journey import Journey
from decisions.wizard.replies import see_other
from guidance import stored
from guidance.rulebook import catalogue
from infoshare.fields import OptionField
from infoshare.people import policy
from infoshare.people.models import Team, User


class StartForm(forms.Form):
    """In which team, and under which edition. The team is asked only of people with several."""

    team = OptionField(label="Which team is this for?", options=[])
    edition = OptionField(label="Which guidance do you want to use?", options=[])

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["edition"] = OptionField(
            label="Which guidance do you want to use?",
            options=[
                (edition.id, edition.title, edition.notice)
                for edition in catalogue.shipped().values()
            ],
            initial=catalogue.DEFAULT,
        )
        if len(teams) == 1:
            del self.fields["team"]
        else:
            self.fields["team"] = OptionField(
                label="Which team is this for?",
                options=[
                    (key, f"{team.name}, {team.organisation.name}", "")
                    for key, team in self.teams.items()
                ],
            )

    def team_chosen(self) -> Team:
        """The team of a valid form."""
        return self.teams[self.cleaned_data.get("team") or next(iter(self.teams))]


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The start page; a POST makes the draft and goes to its first question."""
    person = request.user
    teams = list(policy.teams_for(person, policy.Action.START_DRAFT))
    if not teams or not isinstance(person, User):
        raise PermissionDenied("Only a practitioner of a team can start a decision")
    form = StartForm(request.POST if request.method == "POST" else None, teams=teams)
    if not form.is_valid():
        context = {"form": form, "default_edition": catalogue.DEFAULT}
        return TemplateResponse(request, "decisions/start.html", context)
    draft = start_draft(
        owner=person,
        team=form.team_chosen(),
        edition=catalogue.shipped()[form.cleaned_data["edition"]],
    )
    return see_other("decisions:resume", draft_id=draft.pk)


@require_GET
def resume(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """On to where the draft stands: its first open step, waiting, or the record it became."""
    draft = draft_for(request, draft_id)
    if hasattr(draft, "record"):
        return see_other("decisions:record", record_id=draft.record.pk)
    journey = Journey(stored.edition(draft.edition_id), draft.answers)
    if journey.is_parked and not draft.answers.get("decide"):
        return see_other("decisions:waiting", draft_id=draft.pk)
    return see_other("decisions:step", draft_id=draft.pk, step=journey.first_open)
