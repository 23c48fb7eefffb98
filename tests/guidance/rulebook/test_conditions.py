from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.rulebook.conditions import AllOf, Answered, AnyOf, Not, OneOf, read_condition
from guidance.rulebook.schema import EditionError
from guidance.rulebook.tables import Table

RAIN = {"question": "rain", "is": "yes"}


def read(raw: object) -> Any:
    return read_condition(Table("outcomes.toml", "rule.x.when", raw))


@pytest.mark.parametrize(
    ("raw", "answers", "expected"),
    [
        (RAIN, {"rain": "yes"}, True),
        (RAIN, {"rain": "no"}, False),
        (RAIN, {}, False),
        ({"question": "rain", "one_of": ["yes", "a-bit"]}, {"rain": "a-bit"}, True),
        ({"question": "rain", "one_of": ["yes", "a-bit"]}, {"rain": "no"}, False),
        ({"question": "rain", "one_of": ["yes", "a-bit"]}, {}, False),
        ({"question": "rain", "answered": True}, {"rain": "no"}, True),
        ({"question": "rain", "answered": True}, {}, False),
        ({"not": RAIN}, {}, True),
        ({"not": RAIN}, {"rain": "yes"}, False),
        ({"all": [RAIN, {"question": "hat", "is": "no"}]}, {"rain": "yes", "hat": "no"}, True),
        ({"all": [RAIN, {"question": "hat", "is": "no"}]}, {"rain": "yes"}, False),
        ({"any": [RAIN, {"question": "hat", "is": "no"}]}, {"hat": "no"}, True),
        ({"any": [RAIN, {"question": "hat", "is": "no"}]}, {"hat": "yes"}, False),
    ],
)
def test_a_condition_holds(raw: object, answers: dict[str, str], expected: bool) -> None:
    assert read(raw).holds(answers) is expected


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({}, ": write {question, is}, "),
        ({"question": "rain"}, ": write {question, is}, "),
        ({"question": "rain", "is": "yes", "one_of": ["no"]}, ": write {question, is}, "),
        ({"question": "rain", "is_not": "yes"}, ": write {question, is}, "),
        ({"all": [RAIN], "any": [RAIN]}, ": write {question, is}, "),
        ({"question": "rain", "is": ["yes"]}, ".is: must be text"),
        ({"question": 1, "is": "yes"}, ".question: must be text"),
        ({"question": "rain", "one_of": "yes"}, ".one_of: must be a list"),
        ({"question": "rain", "one_of": []}, ".one_of: is empty"),
        ({"question": "rain", "answered": False}, ".answered: can only be true"),
        ({"question": "rain", "answered": "yes"}, ".answered: must be true or false"),
        ({"all": []}, ".all: is empty"),
        ({"any": {}}, ".any: must be a list"),
        ({"any": [RAIN, "x"]}, ".any[2]: must be a table"),
        ({"not": [RAIN]}, ".not: must be a table"),
        ({"not": {"all": [{"question": "rain", "is": 1}]}}, ".not.all[1].is: must be text"),
    ],
)
def test_anything_else_is_refused_by_file_and_key(raw: object, problem: str) -> None:
    with pytest.raises(EditionError) as raised:
        read(raw)
    assert str(raised.value).startswith(f"outcomes.toml: rule.x.when{problem}")


def test_a_condition_nobody_could_read_is_refused() -> None:
    raw: dict[str, Any] = RAIN
    for _ in range(12):
        raw = {"not": raw}
    with pytest.raises(EditionError, match="is nested deeper than 10 levels"):
        read(raw)


PLAIN = st.one_of(
    st.builds(OneOf, st.sampled_from("ab"), st.lists(st.sampled_from("xy"), min_size=1).map(tuple)),
    st.builds(Answered, st.sampled_from("ab")),
)
CONDITIONS = st.recursive(
    PLAIN,
    lambda parts: st.one_of(
        st.builds(AllOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=8,
)
ANSWERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"))


@given(CONDITIONS, CONDITIONS, ANSWERS)
def test_all_any_and_not_keep_to_logic(one: Any, other: Any, answers: dict[str, str]) -> None:
    assert Not(one).holds(answers) is not one.holds(answers)
    both = AllOf((one, other)).holds(answers)
    assert both == Not(AnyOf((Not(one), Not(other)))).holds(answers)


@given(CONDITIONS, ANSWERS)
def test_only_what_it_mentions_can_change_it(condition: Any, answers: dict[str, str]) -> None:
    mentioned = {mention.question for mention in condition.mentions()}
    kept = {name: answer for name, answer in answers.items() if name in mentioned}
    assert condition.holds(kept) == condition.holds(answers)
