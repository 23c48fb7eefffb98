"""Methods, items and what speaks to a golden rule: what an edition may say of them."""

from typing import Any

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.lint import lint
from guidance.rulebook.right_way import ITEM_FIELDS
from guidance.rulebook.schema import EditionError
from tests.guidance.rulebook import toys


def method(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "safe": "Hold it.", "sources": ["weather"], **more}


def items(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**toys.guide("One by one"), "field": list(fields), **more}


WHAT = {"id": "what", "label": "What?"}
KIND = {"id": "kind", "label": "Which?", "choice": [{"id": "fact", "label": "Fact"}]}


def with_words(**tables: Any) -> toys.Contents:
    contents = toys.umbrella()
    contents["questions.toml"] |= tables
    return contents


def test_they_are_read_in_their_order() -> None:
    edition = toys.load(
        with_words(method=[method("post"), method("other")], items=items(WHAT, KIND))
    )
    assert [one.id for one in edition.methods] == ["post", "other"]
    assert edition.items
    assert list(edition.items.fields) == ["what", "kind"]
    assert edition.items.fields["kind"].choices[0].label == "Fact"
    assert lint(edition) == []


def test_an_edition_stored_without_them_still_reads() -> None:
    edition = toys.load(toys.umbrella())
    assert (edition.items, edition.methods) == (None, ())
    assert edition.golden_rules[0].speaks == ()


FAULTS = [
    ("method.post: post is used twice", {"method": [method("post"), method("post")]}),
    ("method.post.safe: is empty", {"method": [method("post", safe="")]}),
    ("method.post.colour: is not a known key", {"method": [method("post", colour="red")]}),
    ("method.post.sources: no citation is called x", {"method": [method("post", sources=["x"])]}),
    ("items.field: what is missing", {"items": items(KIND)}),
    ("items.field.size.id: 'size' is not one of", {"items": items(WHAT, {"id": "size"})}),
    ("items.field.kind.choice: is missing", {"items": items(WHAT, {**WHAT, "id": "kind"})}),
    ("items.sources: no citation is called x", {"items": items(WHAT, sources=["x"])}),
    ("items.colour: is not a known key", {"items": items(WHAT, colour="red")}),
]


@pytest.mark.parametrize(("says", "tables"), FAULTS, ids=[says for says, _ in FAULTS])
def test_what_is_not_understood_is_refused(says: str, tables: dict[str, Any]) -> None:
    with pytest.raises(EditionError) as raised:
        toys.load(with_words(**tables))
    assert str(raised.value).startswith(f"questions.toml: {says}")


def spoken(*names: str) -> list[str]:
    contents = with_words(items=items(WHAT, KIND))
    contents["edition.toml"]["golden_rule"][0]["speaks"] = list(names)
    return [str(error) for error in lint(toys.load(contents))]


def test_a_golden_rule_may_only_list_answers_that_there_are() -> None:
    assert spoken("rain", "rain.reason", "right-way.told", "items", "items.kind", "advice") == []
    for unknown in ("snow", "rain.colour", "right-way.colour", "items.what", "decide.decision"):
        (fault,) = spoken("rain", unknown)
        assert fault.startswith(
            f"edition.toml: golden_rule.1.speaks: no answer is called {unknown}; known: "
        )


def test_a_list_of_methods_needs_another_way() -> None:
    (fault,) = lint(toys.load(with_words(method=[method("post")])))
    assert str(fault).startswith("questions.toml: method: has no 'other'")


@pytest.mark.parametrize("name", catalogue.shipped())
def test_the_shipped_editions_say_all_of_it(name: str) -> None:
    edition = catalogue.shipped()[name]
    assert edition.items
    assert set(edition.items.fields) == set(ITEM_FIELDS)
    assert len(edition.methods) == 7
    assert all(rule.speaks for rule in edition.golden_rules)
