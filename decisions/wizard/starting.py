"""The start page as it was asked for, whatever it is filled in with."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.datastructures import MultiValueDict

from decisions.wizard.beginning import Beginning
from decisions.wizard.own_procedures import own_procedures_at_start
from decisions.wizard.start_page import StartPage
from guidance.adoption.standing import Standing, standing_of
from guidance.adoption.words import YOURS
from guidance.rulebook.schema import Edition
from infoshare.people.models import Team, User


class Asked:
    """A request for the start page. `filled` is what stands in a page that was not sent yet."""

    def __init__(
        self,
        request: HttpRequest,
        teams: list[Team],
        filled: MultiValueDict[str, str] | None = None,
    ) -> None:
        self.request, self.teams, self._filled = request, teams, filled
        self.is_post = request.method == "POST"

    @property
    def _sent(self) -> MultiValueDict[str, str]:
        if self.is_post or self._filled is None:
            return self.request.POST
        return self._filled

    @cached_property
    def standing(self) -> Standing:
        """What is adopted where this will be decided: by the team that was sent, else the first."""
        sent = self._sent.get("team", "")
        team = next((one for one in self.teams if str(one.pk) == sent), self.teams[0])
        is_one = len({one.organisation_id for one in self.teams}) == 1
        return standing_of(team.organisation_id, YOURS if is_one else team.organisation.name)

    @property
    def edition_asked_for(self) -> str:
        """The id of the edition that was asked for, in use or not."""
        sent = self.request.POST
        return sent.get("use") or sent.get("edition", self.standing.edition.id)

    @property
    def edition(self) -> Edition:
        """The edition asked for; the one in use when that cannot be chosen."""
        return self.standing.for_new_draft(self.edition_asked_for)

    @cached_property
    def page(self) -> StartPage:
        """The page's forms. They count as sent unless another edition was asked for."""
        is_of_edition = self.edition_asked_for == self.request.POST.get("edition")
        is_sent = self.is_post and is_of_edition and self.edition_asked_for == self.edition.id
        return StartPage(self.edition, self.teams, self._sent, is_sent=is_sent)

    def beginning(self, person: User) -> Beginning:
        """What this person's valid page asks to begin."""
        return Beginning(
            page=self.page.id,
            owner=person,
            team=self.page.team_chosen(),
            edition=self.edition,
            answers=self.page.answers(),
            others=self.page.further_references(),
        )


def show_start_page(asked: Asked, words: dict[str, Any], status: int = 200) -> HttpResponse:
    """The start page. `words` says what it was filled in from, and where it is sent to."""
    editions = asked.standing.offered.values()
    context = {
        "form": asked.page,
        "edition": asked.edition,
        "others": [one for one in editions if one.id != asked.edition.id],
        "asked": asked.edition_asked_for,
        "standing": asked.standing,
        **own_procedures_at_start(asked.teams, asked.edition),
        **words,
    }
    return TemplateResponse(asked.request, "decisions/start.html", context, status=status)
