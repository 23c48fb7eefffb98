"""What a step's own fields are called on this draft's path, and which of them it needs. Pure."""

from dataclasses import replace
from typing import TYPE_CHECKING

from decisions.wizard.answers import StepAnswers, guide
from guidance.rulebook.schema import Words
from infoshare.typed_text import is_blank

if TYPE_CHECKING:
    from decisions.wizard.journey import Journey


def own_words(journey: "Journey", step: str) -> dict[str, Words]:
    """The edition's words for the step's own fields by id, as they fit the answers on the path."""
    found = guide(journey.edition, step)
    return {words.id: _fitting(journey, words) for words in (found.words if found else ())}


def missing_words(journey: "Journey", step: str, given: StepAnswers) -> dict[str, str]:
    """What to say of each field that the edition needs on this path and that is left empty."""
    return {
        name: words.instead.needed
        for name, words in own_words(journey, step).items()
        if words.instead and words.instead.needed and is_blank(given.get(name, ""))
    }


def _fitting(journey: "Journey", words: Words) -> Words:
    instead = words.instead
    if instead is None or not instead.when.holds(journey.conclusion.path.answers):
        return replace(words, instead=None)
    return replace(words, label=instead.label, hint=instead.hint)
