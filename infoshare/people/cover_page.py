"""Cover while a manager is away: who, for which team, from which day to which. And ending it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from infoshare.fields import DateField, Select
from infoshare.people import policy
from infoshare.people.covering import (
    MOST_DAYS,
    Refused,
    candidates,
    covers_of,
    end_cover,
    name_cover,
)
from infoshare.people.models import Cover, Team, User


class CoverForm(forms.Form):
    """Who covers for one team; its fields are prefixed with the team's id."""

    def __init__(self, data: Any = None, *, team: Team, manager: User) -> None:
        super().__init__(data, prefix=str(team.pk))
        self.team = team
        self.people = {str(one.pk): one for one in candidates(team, besides=manager)}
        self.fields["person"] = forms.ChoiceField(
            label="Who covers for you?",
            help_text="A practitioner or manager of your organisation. They read the team’s "
            "records and review them. Nobody reviews their own.",
            choices=[
                ("", "Choose a person"),
                *((key, f"{one.name} ({one.email})") for key, one in self.people.items()),
            ],
            widget=Select(),
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who covers"),
        )
        self.fields["starts_on"] = DateField(label="First day")
        self.fields["ends_on"] = DateField(
            label="Last day",
            help_text=f"It ends by itself after this day. {MOST_DAYS} days at most.",
        )

    def given(self) -> dict[str, Any]:
        """The person and the days, as the writer takes them."""
        given = dict(self.cleaned_data)
        return {**given, "person": self.people[given["person"]]}


@require_http_methods(["GET", "HEAD", "POST"])
def covers(request: HttpRequest) -> HttpResponse:
    """The covers of each team this person manages; a POST names one for one of them."""
    person = request.user
    if not policy.can(person, policy.Action.NAME_COVER) or not isinstance(person, User):
        raise PermissionDenied("Only managers name somebody to cover for them")
    teams = list(policy.teams_for(person, policy.Action.NAME_COVER))
    given = request.POST if request.method == "POST" else None
    shown = [
        CoverForm(
            given if str(team.pk) == request.POST.get("team") else None, team=team, manager=person
        )
        for team in teams
    ]
    if given is None:
        return _page(request, shown)
    form = next((one for one in shown if one.is_bound), None)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            cover = name_cover(team=form.team, manager=person, **form.given())
        except Refused as refused:
            for name, message in refused.messages.items():
                form.add_error(name, message)
        else:
            messages.success(request, f"{cover.person.name} covers for you on these days.")
            return _back()
    return _page(request, shown, form)


@require_POST
def end(request: HttpRequest, cover_id: uuid.UUID) -> HttpResponse:
    """End a cover of a team that this person manages; one that has ended stays so."""
    cover = Cover.objects.select_related("team", "person").filter(pk=cover_id).first()
    person = request.user
    teams = policy.teams_for(person, policy.Action.NAME_COVER)
    if cover is None or not isinstance(person, User) or not teams.filter(pk=cover.team_id):
        raise Http404
    end_cover(cover=cover, person=person)
    messages.success(request, f"{cover.person.name} no longer covers.")
    return _back()


def _page(
    request: HttpRequest, shown: list[CoverForm], sent: CoverForm | None = None
) -> HttpResponse:
    teams = Team.objects.filter(pk__in=[one.team.pk for one in shown])
    found = list(covers_of(teams))
    rows = [
        {"form": one, "covers": [cover for cover in found if cover.team_id == one.team.pk]}
        for one in shown
    ]
    return TemplateResponse(request, "people/covers.html", {"rows": rows, "form": sent})


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("covers"), status=303)
