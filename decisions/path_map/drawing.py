"""The flow map of an edition with one path on it, as a drawing and in words."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from guidance.rulebook import catalogue, diagram
from guidance.rulebook.flow import is_taken
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Edition
from guidance.rulebook.words import OUTCOME_WORDS


def map_context(
    edition: Edition, answers: Mapping[str, str], marks: Mapping[str, str]
) -> dict[str, Any]:
    """What the page of a map shows: the path of the answers on their own stored edition.

    `marks` says in words what stands at each question on the path.
    """
    conclusion = conclude(edition, answers)
    linked = _linked(edition)
    return {
        "edition": edition,
        "conclusion": conclusion,
        "way": [(edition.question(name), marks[name]) for name in conclusion.path.asked],
        "marks": marks,
        "stops": diagram.describe(edition),
        "is_taken": is_taken,
        "outcomes": OUTCOME_WORDS,
        "linked": linked,
        "drawing": mark_safe(  # noqa: S308  (an XML writer made it)
            diagram.draw(
                edition,
                answers,
                link=(lambda name: _address(edition, name)) if linked else None,
                marks=marks,
            )
        ),
    }


def _linked(edition: Edition) -> bool:
    """Whether what ships today has a page for every question of the stored copy."""
    now = catalogue.shipped().get(edition.id)
    asked = {one.id for one in now.questions} if now else set[str]()
    return all(one.id in asked for one in edition.questions)


def _address(edition: Edition, question: str) -> str:
    return reverse("guidance:question", args=[edition.id, question])
