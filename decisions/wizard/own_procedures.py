"""What the draft's organisation says of its own, at a step and in the record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from decisions.wizard.answers import ABOUT, GUIDES, URGENT
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from guidance.local import places
from guidance.local.models import Procedure
from guidance.local.procedures import held_at, in_force, in_force_for_all
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.people.models import Team

AT_START = (URGENT, places.SETTING)


def own_procedures(draft: Draft, journey: Journey, step: str) -> dict[str, Any]:
    """For the page of a step: the procedures in force today, and the settings in words.

    One SQL statement.
    """
    question = GUIDES.get(step, step)
    setting = _setting(journey, question)
    return {
        "own_procedures": in_force(draft.organisation_id, question, setting, clock.today()),
        "own_settings": places.settings_of(question) if setting else {},
    }


def own_procedures_at_start(teams: Sequence[Team], edition: Edition) -> dict[str, Any]:
    """For the start page: what holds for its questions in the organisations of these teams."""
    titles = {one.id: one.guide.title for one in edition.questions if one.id in AT_START}
    organisations = {team.organisation_id for team in teams}
    return {
        "own_procedures": in_force_for_all(organisations, [ABOUT, *titles], clock.today()),
        "own_titles": {ABOUT: "The case", **titles},
    }


def procedures_held(draft: Draft, journey: Journey) -> dict[str, list[dict[str, Any]]]:
    """For each step on the path, which versions were in force when it was last answered.

    Only named, by number and date: their words are kept by the organisation.
    """
    written: dict[str, list[Procedure]] = {}
    questions = [GUIDES.get(step, step) for step in journey.steps]
    of_ours = Procedure.objects.filter(
        organisation_id=draft.organisation_id, question__in=questions
    )
    for one in of_ours.order_by("number"):
        written.setdefault(one.question, []).append(one)
    if not written:
        return {}
    answered: Mapping[str, datetime] = dict(
        draft.revisions.filter(applied=True).values_list("step").annotate(Max("saved_at"))
    )
    found = {}
    for step in journey.steps:
        question = GUIDES.get(step, step)
        settings = {"", _setting(journey, question)}
        here = [one for one in written.get(question, ()) if one.setting in settings]
        held = held_at(here, answered.get(step, clock.now()))
        if held:
            found[step] = [_named(one) for one in held]
    return found


def _setting(journey: Journey, question: str) -> str:
    """The setting that was answered on the path, for a question that comes after it."""
    if not places.knows_setting(journey.edition, question):
        return ""
    return journey.conclusion.path.answers.get(places.SETTING, "")


def _named(one: Procedure) -> dict[str, Any]:
    return {
        "procedure": one.pk,
        "version": one.number,
        "setting": one.setting,
        "in_force_from": one.in_force_from.isoformat(),
    }
