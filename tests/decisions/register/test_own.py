"""My decisions: each with its state, narrowed by state, found by a part of its reference."""

import re
from typing import Any

import pytest
from django.urls import reverse

from decisions.records.models import Record
from decisions.register import own
from decisions.wizard.drafts import start_draft
from guidance.rulebook import catalogue
from tests.cast import Cast
from tests.decisions.walk import PLAIN, Walk, begin
from tests.roles import as_owner

HOME = reverse("home")
START = {gate: PLAIN[gate] for gate in ("urgent", "setting", "duty", "purpose")}
CONSENT = {
    **START,
    "identifiable": "living",
    "confidential": "yes",
    "consent": "not-asked",
    "share-anyway": "no",
}
ALL = {"OPEN-1", "ADVICE-2", "CONSENT-3", "SHARED-4", "LEFT-5"}


@pytest.fixture
def some(walk: Walk, cast: Cast) -> Walk:
    """Three drafts and two records of Priya's, and one of Tom's that is never hers to see."""

    def another(case: str, gates: dict[str, str], decision: str = "") -> None:
        made = begin(walk.client, cast.priya, cast.early_help)
        if decision:
            made.to_decision()
        else:
            made.walk(gates)
        made.save("about", {"case_reference": case})
        if decision:
            assert made.seal(decision, "My reasons").status_code == 303

    another("OPEN-1", START)
    another("ADVICE-2", {**START, "purpose": "not-sure"})
    another("CONSENT-3", CONSENT)
    another("SHARED-4", PLAIN, "share")
    another("LEFT-5", PLAIN, "do-not-share")
    foreign = begin(walk.client, cast.tom, cast.early_help)
    foreign.save("about", {"case_reference": "OPEN-TOM"})
    walk.save("about", {"case_reference": "Nothing else"})
    return walk


def shown(reply: Any) -> set[str]:
    """The cases that stand on the page."""
    return ALL & set(re.findall(r"[A-Z]+-\d", reply.content.decode()))


@pytest.mark.parametrize(
    ("state", "cases"),
    [
        ("in-progress", {"OPEN-1"}),
        ("waiting-for-advice", {"ADVICE-2"}),
        ("waiting-for-consent", {"CONSENT-3"}),
        ("share", {"SHARED-4"}),
        ("share-in-part", set()),
        ("do-not-share", {"LEFT-5"}),
        ("departure", {"LEFT-5"}),
        ("nonsense", ALL),
        ("", ALL),
    ],
)
def test_each_state_shows_its_own(some: Walk, state: str, cases: set[str]) -> None:
    assert shown(some.client.get(HOME, {"state": state})) == cases


def test_words_find_a_part_of_a_reference(some: Walk) -> None:
    def found(words: str, address: str = HOME) -> set[str]:
        reply = some.client.post(address, {"words": words})
        assert reply.status_code == 200
        return shown(reply)

    assert found(" en-1 ") == {"OPEN-1"}
    assert found("-") == ALL
    assert found("%") == set()
    assert found("", f"{HOME}?state=share") == {"SHARED-4"}
    assert found("-", f"{HOME}?state=share") == {"SHARED-4"}
    record = Record.objects.get(decision="share")
    assert found(record.reference[3:].lower()) == {"SHARED-4"}
    reply = some.client.post(HOME, {"words": "OPEN-"})
    assert "OPEN-TOM" not in reply.content.decode()
    # Nothing on the page leads to an address with the words in it.
    assert not re.search(r'(href|action)="[^"]*OPEN', reply.content.decode())


@pytest.mark.parametrize("words", ["x" * 101, "two\nlines", "a\ud800"])
def test_words_that_cannot_be_looked_for_are_given_back(walk: Walk, words: str) -> None:
    reply = walk.client.post(HOME, {"words": words.encode("utf-8", "replace").decode()})
    assert reply.status_code == 200
    assert (b"There is a problem" in reply.content) is (words != "a\ud800")


def test_many_are_turned_over_page_by_page(
    walk: Walk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "A_PAGE", 2)
    edition = catalogue.shipped()[catalogue.DEFAULT]
    for number in range(4):
        draft = start_draft(owner=cast.priya, team=cast.early_help, edition=edition)
        Walk(walk.client, draft).save("about", {"case_reference": f"MANY-{number}"})

    def cases(reply: Any) -> list[str]:
        return re.findall(r">(MANY-\d)<", reply.content.decode())

    assert cases(walk.client.get(HOME)) == ["MANY-3", "MANY-2"]
    assert "?drafts=2" in walk.client.get(HOME).content.decode()
    assert cases(walk.client.get(HOME, {"drafts": 2})) == ["MANY-1", "MANY-0"]
    reply = walk.client.post(HOME, {"words": "many", "drafts": 2})
    assert cases(reply) == ["MANY-1", "MANY-0"]
    assert 'name="drafts" value="1"' in reply.content.decode()


def test_who_has_nothing_yet_reads_what_comes_next(walk: Walk, cast: Cast) -> None:
    with as_owner():
        walk.draft.delete()
    text = walk.client.get(HOME).content.decode()
    assert "Start a decision" in text
    assert "A decision that you start stands here" in text
    assert "Find a draft" not in text
