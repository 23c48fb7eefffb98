"""Names in passages as people write them: nearly all are found, with few false alarms."""

import pytest

from decisions.wizard.likely_names import capitalised, everyday, given_names, likely_names
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from tests.decisions.wizard.names_in_words import NAMING, PLAIN


def found_in(text: str) -> list[str]:
    return [text[start:end] for start, end in likely_names(text)]


@pytest.mark.parametrize(("text", "names"), NAMING)
def test_every_name_is_found(text: str, names: set[str]) -> None:
    found = found_in(text)
    assert not [name for name in names if not any(name in one for one in found)]


def test_few_false_alarms_where_names_are() -> None:
    extra = [
        one
        for text, names in NAMING
        for one in found_in(text)
        if not any(name in one for name in names)
    ]
    assert not extra


def test_few_false_alarms_where_none_are() -> None:
    words = sum(len(text.split()) for text in PLAIN)
    alarms = [one for text in PLAIN for one in found_in(text)]
    assert len(alarms) * 100 <= words, alarms  # at most one in a hundred words


@pytest.mark.parametrize("edition", catalogue.shipped().values(), ids=lambda one: one.id)
def test_the_guidance_itself_names_nobody(edition: Edition) -> None:
    texts = [
        text
        for question in edition.questions
        for option in question.options
        for text in (question.guide.title, question.guide.hint, option.label, option.reason)
    ]
    words = sum(len(text.split()) for text in texts)
    alarms = [one for text in texts for one in found_in(text)]
    assert words > 300
    assert len(alarms) * 500 <= words, alarms


@pytest.mark.parametrize("words", [given_names(), everyday(), capitalised()])
def test_the_lists_are_plain_lower_case_words(words: frozenset[str]) -> None:
    assert len(words) > 300
    assert all(word == word.lower() and word.replace("'", "").isalpha() for word in words)
