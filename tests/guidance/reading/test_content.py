"""The words of the shipped library: sourced, dated, plain, and true to the editions."""

import re

from guidance.reading import shelf
from guidance.reading.sections import BY_ID
from infoshare.reading import grade

LIBRARY = shelf.shipped()


def test_every_page_is_plain_enough_to_read() -> None:
    hard = {
        page.file: found
        for page in LIBRARY.pages
        if (found := round(grade(LIBRARY.plain(page)), 1)) > BY_ID[page.section].hardest
    }
    assert hard == {}
    assert [one.id for one in BY_ID.values() if one.hardest > 9] == ["law"]


def test_every_summary_is_one_line_that_ends() -> None:
    for page in LIBRARY.pages:
        assert re.fullmatch(r"[^\n]+[.?!]", page.summary), page.file


def test_the_fourteen_questions_are_answered_and_brought_up_to_date() -> None:
    answers = LIBRARY.section("questions-and-answers")
    numbers = [page.file.partition("/")[2][:2] for page in answers]
    assert numbers == [f"{number:02}" for number in range(1, 15)]
    for page in answers:
        assert "what-has-changed-since" in LIBRARY.headings(page), page.file
        assert "hmg-2008/qa-2008" in page.sources, page.file


def test_the_rules_of_four_years_stand_side_by_side() -> None:
    words = LIBRARY.plain(LIBRARY.page("golden-rules", "side-by-side"))
    at = words.index("Rule")
    assert words[at : at + 5] == ["Rule", "2008", "2015", "2018", "2024"]
    assert [words[at + 5 * row] for row in range(1, 8)] == [f"Rule {n}" for n in range(1, 8)]


def test_no_page_is_older_than_what_it_stands_on() -> None:
    for page in LIBRARY.pages:
        for name in page.sources:
            assert LIBRARY.sources[name].checked <= page.checked, (page.file, name)


def test_every_source_of_the_library_is_used() -> None:
    own = {name for name in LIBRARY.sources if "/" not in name}
    used = {name for one in (*LIBRARY.pages, *LIBRARY.terms) for name in one.sources}
    assert own - used == set()


def test_the_duty_of_2026_is_never_stated_as_in_force() -> None:
    check = "Check whether it is in force for your organisation"
    for page in LIBRARY.pages:
        if any(name.endswith("cwsa-2026-s4") for name in page.sources):
            assert any(check in text for text in LIBRARY.plain(page)), page.file
