"""The golden rules as a check on oneself: what speaks, what does not, and where to say it."""

import dataclasses

import pytest

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.answers import ITEMS
from decisions.wizard.golden_rules import RuleCheck, sealed_check, self_check
from decisions.wizard.items.listed import PARTS, kept
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

EDITION = catalogue.shipped()[catalogue.DEFAULT]
Answers = dict[str, dict[str, str]]


def speaking(*names: str) -> Edition:
    """Today's edition with these names alone on its first golden rule."""
    first, *rest = EDITION.golden_rules
    rules = (dataclasses.replace(first, speaks=names), *rest)
    return dataclasses.replace(EDITION, golden_rules=rules)


def plain(**more: dict[str, str]) -> Answers:
    gates = {gate: {"answer": answer} for gate, answer in PLAIN.items()}
    return {"about": {"case_reference": "C"}, **gates, "right-way": dict(RIGHT_WAY), **more}


def first(answers: Answers, *names: str, advised: tuple[str, ...] = ()) -> RuleCheck:
    return self_check(Journey(speaking(*names), answers), advised)[0]


def said(answers: Answers, *names: str, advised: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in first(answers, *names, advised=advised).spoken]


def test_a_choice_speaks_by_its_label_and_words_as_they_are() -> None:
    answers = plain(purpose={"answer": "yes", "reason": "  my <own> words"})
    assert said(answers, "setting", "purpose.reason", "right-way.told") == [
        ("What is this about?", "Early help or support"),
        (
            "Your reasons: Is there a clear and legitimate reason to share?",
            "  my <own> words",
        ),
        ("Does the person know", "Yes, they know or will be told first"),
    ]
    in_own_words = [one.in_own_words for one in first(answers, "setting", "purpose.reason").spoken]
    assert in_own_words == [False, True]


def test_only_what_counts_on_the_path_speaks() -> None:
    off = {"consent": {"answer": "given", "wishes": "canary"}}
    untold = {"right-way": {**RIGHT_WAY, "told_reason": "canary"}}
    hidden = {"duty": {"answer": "no", "law": "canary"}}
    names = ("consent", "consent.wishes", "right-way.told_reason", "duty.law", "purpose.reason")
    assert said(plain(**off, **untold, **hidden), *names) == []
    not_sharing = plain(decide={"decision": "do-not-share", "reason": "why"})
    assert said(not_sharing, "right-way.told", "decide.reason") == [
        ("Reasons for the decision", "why")
    ]


def test_a_name_that_is_asked_no_more_says_nothing() -> None:
    assert said(plain(), "gone", "purpose.gone", "right-way.gone", "items.gone") == []


def test_advice_speaks_when_noted_and_so_does_having_no_doubt() -> None:
    assert said(plain(), "advice") == [
        ("Doubts", "You answered “not sure” to none of the questions")
    ]
    doubting = plain(duty={"answer": "not-sure"})
    assert said(doubting, "advice") == []
    assert first(doubting, "advice").say_at == "advice:duty"
    assert said(doubting, "advice", advised=("duty", "duty", "purpose")) == [
        (
            "Advice you noted",
            "Does the law require you to share, or forbid it?; "
            "Is there a clear and legitimate reason to share?",
        )
    ]


def test_items_speak_by_number_and_never_by_what_they_say() -> None:
    rows = ({"what": "canary", "kind": "fact"}, {"what": "b", "kind": "fact", "reveals": "on"})
    sent = {f"{n}-{p}": row.get(p, "") for n, row in enumerate(rows, 1) for p in PARTS}
    names = ("items", "items.kind", "items.checked", "items.reveals")
    assert [text for _, text in said(plain(**{ITEMS: kept(sent, {})}), *names)] == [
        "2",
        "Fact: 2",
        "1 of 2 marked",
    ]
    assert said(plain(), *names) == []


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("consent.wishes", "right-way.told"), "right-way"),
        (("items", "right-way.what"), ITEMS),
        (("decide.reason",), ""),
        (("consent",), ""),
    ],
)
def test_where_it_would_be_said(names: tuple[str, ...], place: str) -> None:
    assert first(plain(), *names).say_at == place


def test_editions_stored_without_it_ask_nothing() -> None:
    bare = tuple(dataclasses.replace(rule, speaks=()) for rule in EDITION.golden_rules)
    assert self_check(Journey(dataclasses.replace(EDITION, golden_rules=bare), plain())) == ()


def test_the_record_points_at_own_words_and_keeps_the_note() -> None:
    answers = plain(purpose={"answer": "yes", "reason": "own words"}, decide={"rule-1": "my note"})
    checks = self_check(Journey(speaking("purpose", "purpose.reason"), answers))
    assert sealed_check(checks)[0] == {
        "number": 1,
        "title": EDITION.golden_rules[0].title,
        "spoke": [
            {
                "name": "purpose",
                "label": "Is there a clear and legitimate reason to share?",
                "text": "Yes",
            },
            {
                "name": "purpose.reason",
                "label": "Your reasons: Is there a clear and legitimate reason to share?",
                "text": "",
            },
        ],
        "note": "my note",
    }
    assert len(checks) == 7


def test_the_page_shows_it_and_the_record_keeps_it(walk: Walk) -> None:
    walk.to_decision()
    page = walk.open("decide").content.decode()
    assert page.count("Nothing in your answers speaks to this yet.") == 1  # who must not be found
    assert f'href="/drafts/{walk.draft.pk}/right-way/?return=decide">Say it there' in page
    given = {"decision": "share", "rule-5": "I left the street out"}
    reply = walk.post("decide", given, go="seal")
    page = walk.client.get(reply["Location"]).content.decode()
    assert "I left the street out" in page
    assert "Nothing in the answers speaks to this." in page
    rules = snapshot.read(bytes(Record.objects.get().snapshot.body))["decision"]["golden_rules"]
    assert [rule["number"] for rule in rules] == list(range(1, 8))
    assert rules[4] == {
        "number": 5,
        "title": EDITION.golden_rules[4].title,
        "spoke": [],
        "note": "I left the street out",
    }
