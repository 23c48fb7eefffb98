"""Where a procedure can stand: the questions and steps of the editions, and the settings."""

from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition, Guide

SETTING = "setting"
ABOUT = "about"  # the step before every question


def questions() -> dict[str, Guide]:
    """The guide of each question and step that any shipped edition has, by id, in their order."""
    shipped = catalogue.shipped()
    editions = [shipped[catalogue.DEFAULT], *shipped.values()]
    steps = {step: guide for one in reversed(editions) for step, guide in one.steps.items()}
    gates: dict[str, Guide] = {}
    for edition in editions:
        for one in edition.questions:
            gates.setdefault(one.id, one.guide)
    return {ABOUT: steps[ABOUT], **gates, **steps}


def settings_of(question: str) -> dict[str, str]:
    """Id and label of each setting for which a question can have a procedure of its own.

    Before the setting is known, nothing can be shown for one setting only.
    """
    edition = catalogue.shipped()[catalogue.DEFAULT]
    if not knows_setting(edition, question):
        return {}
    return {option.id: option.label for option in edition.question(SETTING).options}


def knows_setting(edition: Edition, question: str) -> bool:
    """Whether a question or step comes after the one that asks for the setting."""
    asked = [one.id for one in edition.questions]
    if SETTING not in asked or question == ABOUT:
        return False
    return question not in asked[: asked.index(SETTING) + 1]
