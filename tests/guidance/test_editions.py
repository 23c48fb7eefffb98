"""The words of the shipped editions: complete, cited and careful."""

import re
from collections.abc import Iterator

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.citations import to_check
from guidance.rulebook.schema import SECTORS, Edition, Guide, Option
from infoshare.people.models import Sector


@pytest.fixture(params=["england-2026", "hmg-2008"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return catalogue.shipped()[request.param]


def guides(edition: Edition) -> dict[str, Guide]:
    return {one.id: one.guide for one in edition.questions} | dict(edition.steps)


def options(edition: Edition) -> Iterator[Option]:
    for asked in (*edition.questions, *edition.context):
        yield from asked.options


def test_questions_carry_the_numbers_of_the_seven(edition: Edition) -> None:
    numbers = {name: guide.number for name, guide in guides(edition).items() if guide.number}
    assert numbers == {
        "purpose": 1,
        "identifiable": 2,
        "confidential": 3,
        "consent": 4,
        "public-interest": 5,
        "right-way": 6,
        "record": 7,
    }


def test_what_is_not_one_of_the_seven_is_marked_as_added(edition: Edition) -> None:
    for name, guide in guides(edition).items():
        assert guide.number or guide.added, name


def test_answers_added_to_the_method_of_2008_are_marked() -> None:
    edition = catalogue.shipped()["hmg-2008"]
    added = {name for name, guide in guides(edition).items() if guide.added}
    assert added == {"about", "urgent", "duty", "identifiable", "public-interest"}


def test_every_question_has_its_full_guidance(edition: Edition) -> None:
    for name, guide in guides(edition).items():
        assert guide.hint and guide.help and len(guide.consider) >= 3 and guide.why, name
        assert guide.golden_rules and guide.sources, name


def test_every_golden_rule_bears_on_some_question(edition: Edition) -> None:
    used = {number for guide in guides(edition).values() for number in guide.golden_rules}
    assert used == {rule.number for rule in edition.golden_rules} == set(range(1, 8))


def test_the_withdrawn_edition_says_what_replaced_it() -> None:
    edition = catalogue.shipped()["hmg-2008"]
    assert edition.status == "withdrawn"
    for words in ("withdrawn", "2015", "2018", "May 2024", "training"):
        assert words in edition.notice


def test_every_edition_says_that_nobody_has_reviewed_it_in_law(edition: Edition) -> None:
    assert edition.legal_review == "not yet reviewed"
    assert "not legal advice" in edition.notice


def test_the_duty_of_2026_is_never_stated_as_in_force() -> None:
    edition = catalogue.shipped()["england-2026"]
    asked = edition.question("duty")
    check = "Check whether it is in force for your organisation"
    assert any(check in text for text in asked.guide.help)
    assert check in asked.option("child-information-duty").hint
    force = edition.citations["cwsa-2026-s4"].force
    assert force and check in force.check


def test_each_law_says_whether_it_was_seen_in_force() -> None:
    """Whatever names an Act or statutory guidance: when somebody looked, and what to check."""
    edition = catalogue.shipped()["england-2026"]
    for name, citation in edition.citations.items():
        if re.search(r"\bAct (19|20)\d\d|Bill\)|statutory guidance", citation.title):
            assert citation.force and citation.force.check, name
    assert {one.id for one in to_check(edition.citations.values())} >= {"cwsa-2026-s4", "ahra-1990"}
    duty = edition.citations["cwsa-2026-s4"].force
    assert duty and (duty.standing, "30 September 2026" in duty.found) == ("not-seen", True)


def test_in_child_safeguarding_telling_is_the_rule_and_consent_is_not_asked_for() -> None:
    edition = catalogue.shipped()["england-2026"]
    assert "Telling them what you share and why is the rule" in edition.steps["right-way"].help[-1]
    (told,) = [one for one in edition.steps["right-way"].words if one.id == "told"]
    assert told.instead and told.instead.needed
    assert told.instead.when.holds({"setting": "safeguarding-child"})
    assert not told.instead.when.holds({"setting": "early-help"})


def test_every_outcome_says_that_it_is_advice(edition: Edition) -> None:
    for rule in edition.rules:
        assert rule.text.endswith("This is advice. You decide."), rule.id
        assert 2 <= len(rule.next_steps) <= 5, rule.id


def test_advice_is_sought_without_naming_the_person(edition: Edition) -> None:
    for rule in edition.rules:
        if rule.outcome.value == "seek-advice":
            assert any("without naming the person" in step for step in rule.next_steps), rule.id


def test_titles_that_people_rely_on(edition: Edition) -> None:
    assert edition.rule("not-identifiable").title == "You can share"
    assert edition.rule("not-confidential").title == "You can share"
    urgent = "Share now what protects, only with those who can protect"
    assert edition.rule("urgent").title == urgent


def test_weighing_needs_reasons(edition: Edition) -> None:
    required = {one.id: one.reason_required_for for one in edition.questions}
    assert required.pop("public-interest") == ("sufficient", "limited", "insufficient")
    assert not any(required.values())


def test_reasons_read_well_in_a_record_years_later(edition: Edition) -> None:
    for option in options(edition):
        assert re.fullmatch(r"[A-Z].*\.", option.reason), option
        assert not re.search(r"\b(you|your|I|my|we|our)\b", option.reason), option


def test_no_protocol_never_matters(edition: Edition) -> None:
    (agreement,) = edition.context
    assert [option.id for option in agreement.options] == ["yes", "no", "not-known"]
    assert "None is needed" in agreement.options[1].reason
    assert "no difference" in agreement.options[2].reason


def test_editions_know_the_sectors_that_organisations_can_have() -> None:
    assert set(SECTORS) == set(Sector.values)
