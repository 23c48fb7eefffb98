"""Details of a question: what an edition may say of them, and that they decide nothing."""

from typing import Any

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.loader import digest, load_edition
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Edition, EditionError
from tests.guidance.rulebook import toys

Detail = dict[str, Any]
PLACE = "questions.toml: question.friend.detail"


def detail(**more: Any) -> Detail:
    return {"id": "name", "label": "Which friend?", "hint": "", "kind": "line", **more}


def choices(*names: str) -> list[dict[str, str]]:
    return [{"id": name, "label": name.title()} for name in names]


def with_details(*details: Detail) -> toys.Contents:
    contents = toys.umbrella()
    contents["questions.toml"]["question"][2]["detail"] = list(details)
    return contents


def test_details_are_read_in_their_order() -> None:
    which = detail(id="size", kind="choice", choice=choices("small", "large"), show_when=["yes"])
    why = detail(id="why", kind="text", show_when=["no"], required_when=["no"])
    first, second = toys.load(with_details(which, why)).question("friend").details
    assert (first.id, first.kind, first.show_when, first.required_when) == (
        "size", "choice", ("yes",), (),
    )  # fmt: skip
    assert [(one.id, one.label, one.hint) for one in first.choices] == [
        ("small", "Small", ""),
        ("large", "Large", ""),
    ]
    assert (second.choices, second.required_when) == ((), ("no",))
    assert (second.is_shown("no"), second.is_shown("yes")) == (True, False)


def test_a_detail_without_answers_is_shown_whatever_the_answer() -> None:
    (one,) = toys.load(with_details(detail())).question("friend").details
    assert all(one.is_shown(answer) for answer in ("yes", "no", ""))


FAULTS: list[tuple[str, list[Detail]]] = [
    (
        ".name.kind: 'number' is not one of line, text, choice, date, past-date",
        [detail(kind="number")],
    ),
    (".answer.id: 'answer' is taken", [detail(id="answer")]),
    (".reason.id: 'reason' is taken", [detail(id="reason")]),
    (".Big Hat.id: 'Big Hat' is not an id", [detail(id="Big Hat")]),
    (".name: name is used twice", [detail(), detail()]),
    (".name.label: is empty", [detail(label="")]),
    (".name.choice: is missing", [detail(kind="choice")]),
    (".name.choice: is empty", [detail(kind="choice", choice=[])]),
    (".name.choice.a: a is used twice", [detail(kind="choice", choice=choices("a", "a"))]),
    (".name.choice: is not a known key", [detail(choice=choices("a"))]),
    (".name.colour: is not a known key", [detail(colour="red")]),
    (".name: no option is called maybe; known: yes, no", [detail(show_when=["maybe"])]),
    (".name: no option is called maybe; known: yes, no", [detail(required_when=["maybe"])]),
    (
        ".name.required_when: is required for no but not shown for it",
        [detail(show_when=["yes"], required_when=["no"])],
    ),
]


@pytest.mark.parametrize(("says", "details"), FAULTS, ids=[says for says, _ in FAULTS])
def test_a_detail_that_is_not_understood_is_refused(says: str, details: list[Detail]) -> None:
    with pytest.raises(EditionError) as raised:
        toys.load(with_details(*details))
    assert str(raised.value).startswith(PLACE + says)


def test_the_digest_covers_details() -> None:
    plain, more = toys.files(toys.umbrella()), toys.files(with_details(detail()))
    assert digest(plain) != digest(more)
    assert load_edition(more).digest == digest(more)


def test_an_edition_stored_without_details_still_reads() -> None:
    edition = toys.load(toys.umbrella())
    assert {question.details for question in edition.questions} == {()}
    assert edition.digest == digest(toys.files(toys.umbrella()))


@pytest.mark.parametrize("edition", catalogue.shipped().values(), ids=lambda edition: edition.id)
def test_details_decide_nothing(edition: Edition) -> None:
    files = dict(edition.files)
    text = files["questions.toml"].decode()
    bare = load_edition({**files, "questions.toml": without_details(text).encode()})
    assert not any(question.details for question in bare.questions)
    assert conclusions(bare) == conclusions(edition)


def without_details(questions: str) -> str:
    """The file with the tables of its details taken out, line by line."""
    kept, inside = [], False
    for line in questions.splitlines(keepends=True):
        if line.startswith("["):
            inside = line.startswith("[[question.detail")
        if not inside:
            kept.append(line)
    return "".join(kept)


def conclusions(edition: Edition) -> list[Any]:
    return [(one.path, one.outcome, one.rule and one.rule.id) for one in complete_paths(edition)]


NEEDED = {("consent", "ground"), ("consent", "ground-why"), ("public-interest", "part")}


@pytest.mark.parametrize("edition", catalogue.shipped().values(), ids=lambda edition: edition.id)
def test_few_details_are_needed_and_none_in_a_plain_case(edition: Edition) -> None:
    needed = {
        (question.id, detail.id): detail.required_when
        for question in edition.questions
        for detail in question.details
        if detail.required_when
    }
    assert needed.keys() == NEEDED
    assert set(needed.values()) == {("not-appropriate",), ("limited",)}


@pytest.mark.parametrize("edition", catalogue.shipped().values(), ids=lambda edition: edition.id)
def test_a_detail_is_short(edition: Edition) -> None:
    for question in edition.questions:
        for one in question.details:
            assert len(one.label.split()) <= 12, one.label
            assert len(one.hint.split()) <= 32, one.hint
            assert len(one.label) <= 70, one.label


# --- Details and words of a step -----------------------------------------------------------


def with_step(**more: Any) -> toys.Contents:
    contents = toys.umbrella()
    contents["questions.toml"]["step"][0].update(more)
    return contents


def test_a_step_has_words_and_details() -> None:
    words = {"id": "method", "label": "How?", "hint": ""}
    why = detail(id="why", of="told", show_when=["no"], required_when=["no"])
    guide = toys.load(with_step(field=[words], detail=[why])).steps["right-way"]
    assert [(one.id, one.label, one.hint) for one in guide.words] == [("method", "How?", "")]
    assert [(one.id, one.of, one.show_when) for one in guide.details] == [("why", "told", ("no",))]


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("detail.name.of: is missing", {"detail": [detail(show_when=["yes"])]}),
        ("detail.name.of: no field is called moon", {"detail": [detail(of="moon")]}),
        ("detail.what.id: 'what' is taken", {"detail": [detail(id="what")]}),
        (
            "detail.b: no value is called c; known: a",
            {
                "detail": [
                    detail(id="z", kind="choice", choice=choices("a")),
                    detail(id="b", of="z", show_when=["c"]),
                ]
            },
        ),
        (
            "field.case_reference: no field is called case_reference",
            {"field": [{"id": "case_reference", "label": "Case", "hint": ""}]},
        ),
    ],
)
def test_what_is_wrong_in_a_step_is_refused(fault: str, more: dict[str, Any]) -> None:
    with pytest.raises(EditionError) as refused:
        toys.load(with_step(**more))
    assert str(refused.value).startswith(f"questions.toml: step.right-way.{fault}")


# --- To whom an option is offered ----------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("sectors: 'circus' is not one of", {"sectors": ["circus"]}),
        (
            "offered_when: no question is called moon",
            {"offered_when": {"question": "moon", "is": "yes"}},
        ),
    ],
)
def test_an_option_is_offered_only_by_what_exists(fault: str, more: dict[str, Any]) -> None:
    contents = toys.umbrella()
    contents["questions.toml"]["question"][2]["option"][0].update(more)
    with pytest.raises(EditionError) as refused:
        toys.load(contents)
    assert f".{fault}" in str(refused.value)
