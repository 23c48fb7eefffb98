"""The written cases: what they reach, how much they show, and that they name nobody."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from decisions.demo.cases import Case, State
from decisions.demo.checking import earlier_answers
from decisions.demo.people import cast
from decisions.demo.reading_cases import FOLDER, shipped
from decisions.wizard.answers import ABOUT, DECIDE, ITEMS
from decisions.wizard.forms import form_for
from decisions.wizard.items.rules import faults
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import DECISIONS, Outcome
from infoshare.people.models import Role

WRITTEN = {
    entry["id"]: entry
    for file in FOLDER.glob("*.toml")
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
}
WRITTEN |= {
    f"{entry['id']} follow-up": {
        **entry["follow-up"],
        "edition": entry["edition"],
        "answers": {"urgent": "no", **entry["follow-up"]["answers"]},
    }
    for entry in WRITTEN.values()
    if "follow-up" in entry
}
CASES = {case.id: case for case in shipped()}
SEALED = [case for case in CASES.values() if case.state is State.SEALED]

# Every word with a capital letter that may stand inside a sentence. A name would not be here,
# nor is a day of the week: which one it was depends on when the demo is loaded.
CAPITALS = {"I", "Care", "Act", "N1", "N2", "Mondays"}
# First words of a sentence that stand nowhere in small letters. A name would be one.
FIRST_WORDS = {"Fax", "Planning", "Probably"}


@pytest.mark.parametrize("case_id", WRITTEN)
def test_a_case_reaches_what_its_file_says(case_id: str) -> None:
    written = WRITTEN[case_id]
    reached = conclude(catalogue.shipped()[written["edition"]], written["answers"])
    assert reached.outcome == written["expect"]["outcome"]
    assert (reached.rule.id if reached.rule else None) == written["expect"].get("rule")
    assert reached.path.answers == written["answers"], "an answer off the path"


def test_every_file_is_read() -> None:
    assert WRITTEN.keys() == CASES.keys()


def test_every_outcome_decision_and_edition_is_shown() -> None:
    assert {case.expect.outcome for case in CASES.values()} == set(Outcome)
    assert {case.answers[DECIDE]["decision"] for case in SEALED} == set(DECISIONS)
    editions = Counter(case.edition.id for case in SEALED)
    assert editions.keys() == catalogue.shipped().keys()
    assert editions[catalogue.DEFAULT] > len(SEALED) / 2


def test_most_rules_of_the_default_edition_are_shown() -> None:
    edition = catalogue.shipped()[catalogue.DEFAULT]
    shown = {case.expect.rule for case in CASES.values() if case.edition is edition}
    missing = {rule.id for rule in edition.rules} - shown
    assert missing <= {"advice-detriment", "advice-purpose", "advice-confidential"}


def test_departures_from_several_outcomes_are_shown_with_reasons() -> None:
    departures = [
        case for case in SEALED if case.answers[DECIDE]["decision"] != case.expect.outcome
    ]
    assert len({case.expect.outcome for case in departures}) >= 4
    assert all(len(case.answers[DECIDE]["reason"]) > 80 for case in departures)


def test_drafts_stand_where_drafts_stand() -> None:
    states = Counter(case.state for case in CASES.values())
    waiting = {case.expect.outcome for case in CASES.values() if case.state is State.PARKED}
    assert states[State.OPEN] >= 1
    assert states[State.READY] >= 1
    assert waiting == {Outcome.SEEK_ADVICE, Outcome.ASK_CONSENT}
    assert states[State.SEALED] >= 30


def test_cases_are_spread_over_eight_months_and_every_team() -> None:
    days = sorted(case.when.day for case in SEALED)
    assert 160 <= days[-1] <= 175
    assert days[0] <= 10
    assert max(later - earlier for earlier, later in pairwise(days)) <= 10
    assert min(Counter(case.team for case in SEALED).values()) >= 8


@pytest.mark.parametrize("case_id", CASES)
def test_each_page_of_the_wizard_would_take_it(case_id: str) -> None:
    case = CASES[case_id]
    for answers in saved(case):
        journey = Journey(case.edition, answers)
        for step, given in answers.items():
            if step == ITEMS:
                assert case.edition.items
                assert not faults(case.edition.items, given)
                continue
            form = form_for(step)(data=given, journey=journey, step=step)
            assert form.is_valid(), (step, form.errors)


def saved(case: Case) -> Iterator[dict[str, dict[str, str]]]:
    if case.earlier is not None:
        yield dict(earlier_answers(case))
    yield dict(case.answers)


def texts(case: Case) -> Iterator[str]:
    for answers in saved(case):
        for step, given in answers.items():
            yield from (text for name, text in given.items() if step != ABOUT and text)


def inside(text: str) -> set[str]:
    """The words with a capital letter that do not begin a sentence."""
    return set(re.findall(r"(?<=[a-z0-9,;:’'\-)] )[\"“(]?([A-Z]\w*)", text))


def test_a_name_inside_a_sentence_would_be_found() -> None:
    assert inside("I told Alice, and (so) Bob said no.") == {"Alice", "Bob"}


@pytest.mark.parametrize("case_id", CASES)
def test_it_names_nobody(case_id: str) -> None:
    case = CASES[case_id]
    ours = {word for person in cast().people.values() for word in person.name.split()}
    for text in texts(case):
        assert not re.search(r"\b(Mr|Mrs|Ms|Miss|Dr|Sir|Lady)\b", text), text
        assert not ours & set(re.findall(r"\w+", text)), text
        assert inside(text) <= CAPITALS, text


def test_no_sentence_begins_with_a_name() -> None:
    known = " ".join(
        content.decode() for one in catalogue.shipped().values() for content in one.files.values()
    )
    written = [text for case in CASES.values() for text in texts(case)]
    small = set(re.findall(r"\b[a-z]+", " ".join([known, *written])))
    first = set(re.findall(r"(?:^|[.!?] )[“\"(]?([A-Z]\w*)", "\n".join(written), re.MULTILINE))
    assert {word for word in first if word.lower() not in small} == FIRST_WORDS


@pytest.mark.parametrize("case_id", CASES)
def test_it_is_written_in_plain_sentences(case_id: str) -> None:
    for text in texts(CASES[case_id]):
        sentences = re.split(r"(?<=[.!?])\s+", text)
        assert max(len(sentence.split()) for sentence in sentences) <= 35, text
        assert "\n" not in text
        assert text == text.strip()


def test_the_people_have_every_role_and_two_organisations() -> None:
    people = cast()
    assert {person.role for person in people.people.values()} == set(Role)
    assert len(people.organisations) == 2
    assert len(people.teams) == 4
    auditors = [one.organisation for one in people.people.values() if one.role == "auditor"]
    assert sorted(auditors) == sorted(people.organisations)
    assert all("invented" in one.name for one in people.organisations.values())
