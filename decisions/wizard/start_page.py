"""The forms of the start page: the case, whether it is urgent, the setting, all on one page.

Each is the form of its step, so that what is asked, refused and kept is the same here and there.
"""

import uuid
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from decisions.wizard.answers import ABOUT
from decisions.wizard.forms import StepForm, form_for
from decisions.wizard.journey import Journey
from decisions.wizard.several import LONGEST, MOST, references, several_fault
from decisions.wizard.storage import as_answers
from guidance.rulebook.schema import Edition
from infoshare.fields import LongTextField, OptionField
from infoshare.people.models import Team

URGENT, SETTING = "urgent", "setting"


class TeamForm(forms.Form):
    """In which team: asked only of people with several."""

    team = OptionField(label="Which team is this for?", options=[])

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(str(team.pk), f"{team.name}, {team.organisation.name}", "") for team in teams]
        if len(teams) == 1:
            del self.fields["team"]
        else:
            self.fields["team"] = OptionField(label="Which team is this for?", options=options)


class OthersForm(forms.Form):
    """The further people whom the matter is about: a case reference on each line."""

    others = LongTextField(
        label=(
            "Is it about several people? Write a case reference for each of the others, "
            "one on each line"
        ),
        help_text=(
            f"At most {MOST}, of at most {LONGEST} characters. Each gets a decision of their own, "
            "which begins with what you say on this page. No names."
        ),
        rows=3,
        max_length=2_000,
        required=False,
    )

    def __init__(self, *args: Any, first: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean_others(self) -> str:
        """The lines as typed; raises `ValidationError` when they cannot each be a reference."""
        typed = str(self.cleaned_data["others"])
        fault = several_fault(typed, self.first)
        if fault:
            raise forms.ValidationError(fault)
        return typed


class StartPage:
    """The page's forms as one. Looks to a template's error summary like a single form.

    `sent` holds what was sent, or what the page is filled in with when `is_sent` is false.
    """

    def __init__(
        self, edition: Edition, teams: list[Team], sent: MultiValueDict[str, str], *, is_sent: bool
    ) -> None:
        self.edition, self.is_bound, self._sent = edition, is_sent, sent
        self._teams = {str(team.pk): team for team in teams}
        kept = {"team": sent.get("team", "")}
        self.teams = TeamForm(sent if is_sent else None, teams=teams, initial=kept)
        gates = [one.id for one in edition.questions if one.id in (URGENT, SETTING)]
        self.steps = {step: self._step_form(step) for step in (ABOUT, *gates)}
        self.others = OthersForm(
            sent if is_sent else None,
            first=sent.get(f"{ABOUT}-case_reference", ""),
            initial={"others": sent.get("others", "")},
        )
        self.id = _page_id(sent.get("page", ""))

    def _step_form(self, step: str) -> StepForm:
        kept = as_answers(self.edition, step, self._sent)
        journey = Journey(self.edition, self._urgency)
        data = self._sent if self.is_bound else None
        return form_for(step)(data, prefix=step, initial=kept, journey=journey, step=step)

    @cached_property
    def _urgency(self) -> dict[str, dict[str, str]]:
        return {URGENT: as_answers(self.edition, URGENT, self._sent)}

    @property
    def is_urgent(self) -> bool:
        """Whether the person says that somebody is at risk now."""
        return self._urgency[URGENT]["answer"] == "yes"

    @property
    def says_more(self) -> bool:
        """Whether something stands in the folded part of the page, or is wrong there."""
        about = as_answers(self.edition, ABOUT, self._sent)
        more = [text for field, text in about.items() if field != "case_reference"]
        return any(more) or bool(self._sent.get("others"))

    def is_valid(self) -> bool:
        """Whether all that is needed was sent; the setting is not, when it is urgent."""
        return self.is_bound and not self.errors

    @property
    def errors(self) -> Mapping[str, Any]:
        """The errors of every form, by the names of their fields in the page."""
        return {
            form.add_prefix(name): found
            for form in self._forms()
            for name, found in form.errors.items()
        }

    def visible_fields(self) -> list[forms.BoundField]:
        """The fields of every form in the order of the page."""
        return [bound for form in self._forms() for bound in form.visible_fields()]

    def hidden_fields(self) -> list[forms.BoundField]:
        """None: no form has any."""
        return []

    def non_field_errors(self) -> list[str]:
        """None: every error stands beside its field."""
        return []

    def _forms(self) -> Iterator[forms.Form]:
        yield self.teams
        for step, form in self.steps.items():
            if step != SETTING or not self.is_urgent or not form.can_be_kept():
                yield form
            if step == ABOUT:
                yield self.others

    def team_chosen(self) -> Team:
        """The team of a valid page."""
        return self._teams[self.teams.cleaned_data.get("team") or next(iter(self._teams))]

    def answers(self) -> dict[str, dict[str, str]]:
        """What was sent for each step, as a draft keeps it; steps left quite empty are not in."""
        given = {step: as_answers(self.edition, step, self._sent) for step in self.steps}
        return {step: fields for step, fields in given.items() if any(fields.values())}

    def further_references(self) -> tuple[str, ...]:
        """The case references of the other people, of a valid page."""
        return references(self.others.cleaned_data["others"])


def _page_id(sent: str) -> uuid.UUID:
    """The number of the page that was sent; a new one when it came without, or broken."""
    try:
        return uuid.UUID(sent)
    except ValueError:
        return uuid.uuid4()
