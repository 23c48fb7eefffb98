import re

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.listing import LONGEST_TABLE, list_paths
from tests.guidance.rulebook import oracle, toys


def rows(page: str) -> list[list[str]]:
    """The cells of every numbered row."""
    lines = page.split("## Paths", 1)[1].splitlines()
    return [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d", line)]


def test_a_small_edition_is_one_table() -> None:
    page = list_paths(toys.load(toys.umbrella()))
    assert rows(page) == [
        ["1", "yes", "yes", "–", "Share", "`lend`"],
        ["2", "yes", "no", "yes", "Share in part", "`huddle`"],
        ["3", "yes", "no", "no", "Do not share", "`sorry`"],
        ["4", "no", "–", "–", "Do not share", "`dry`"],
        ["5", "not-sure", "yes", "–", "Share", "`lend`"],
        ["6", "not-sure", "no", "–", "Seek advice", "`look-again`"],
    ]
    assert "| Share | 2 | 33% |" in page
    assert "| `dry` | rain is no | Do not share | Dry | 1 |" in page
    assert "- **`spare`** Spare?\n  - asked: when rain is yes or not-sure\n" in page


@pytest.mark.parametrize("edition_id", list(oracle.GATES))
def test_it_has_a_row_for_every_path_in_order(edition_id: str) -> None:
    listed = rows(list_paths(catalogue.shipped()[edition_id]))
    expected = [oracle.ending(edition_id, one) for one in oracle.complete(edition_id)]
    assert [int(row[0]) for row in listed] == list(range(1, len(expected) + 1))
    assert [row[-1] for row in listed] == [f"`{one.rule}`" for one in expected]


def test_no_table_is_too_long_to_read() -> None:
    page = list_paths(catalogue.shipped()["england-2026"])
    tables = page.split("## Paths", 1)[1].split("###")
    assert max(len(rows(f"## Paths{table}")) for table in tables) <= LONGEST_TABLE


def test_words_cannot_break_a_table() -> None:
    contents = toys.umbrella()
    contents["outcomes.toml"]["rule"][0]["title"] = "Dry | or not"
    assert "| Dry &#124; or not |" in list_paths(toys.load(contents))
