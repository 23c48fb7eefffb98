# ruff: noqa: E501 - one case a line
from typing import Any

import pytest

from guidance.rulebook.conditions import read_condition
from guidance.rulebook.tables import Table
from guidance.rulebook.words import condition_words, listed
from tests.guidance.rulebook.toys import chosen

WET = chosen("rain", "yes", "not-sure")
HAT = {"question": "hat", "answered": True}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (chosen("rain", "yes"), "rain is yes"),
        (WET, "rain is yes or not-sure"),
        (HAT, "hat is answered"),
        ({"not": WET}, "rain is not yes or not-sure"),
        ({"not": HAT}, "not (hat is answered)"),
        ({"all": [WET, HAT]}, "rain is yes or not-sure and hat is answered"),
        ({"any": [WET, HAT]}, "rain is yes or not-sure, or hat is answered"),
        ({"any": [{"all": [WET, HAT]}, HAT]}, "(rain is yes or not-sure and hat is answered), or hat is answered"),
        ({"all": [{"any": [WET]}, HAT]}, "rain is yes or not-sure and hat is answered"),
    ],
)  # fmt: skip
def test_a_condition_in_words(raw: dict[str, Any], expected: str) -> None:
    assert condition_words(read_condition(Table("f", "k", raw))) == expected


def test_no_condition_is_always() -> None:
    assert condition_words(None) == "always"


def test_a_list_in_words() -> None:
    assert [listed(list("abc"[:count]), "or") for count in (1, 2, 3)] == [
        "a",
        "a or b",
        "a, b or c",
    ]
