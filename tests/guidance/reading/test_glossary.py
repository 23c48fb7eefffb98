"""Terms, and the links to them where a page first uses one."""

import pytest

from tests.guidance.reading.shelves import faults, glossary, html, shelf


def test_a_term_is_linked_where_it_first_stands_and_nowhere_else() -> None:
    text = "## Rain\n\n`rain` [rain](#rain) and Rain, then rain.\n\nMore rain.\n"
    page = html(shelf(text) | glossary("rain"))
    assert page.count('href="/term:t0"') == 1
    assert 'and <a class="govuk-link term" href="/term:t0">Rain</a>, then rain.' in page


def test_the_longest_term_wins_and_other_forms_count() -> None:
    page = html(shelf("Acid rain, rainbows, showers.\n") | glossary("rain, showers", "acid rain"))
    assert '<a class="govuk-link term" href="/term:t1">Acid rain</a>' in page
    assert ', rainbows, <a class="govuk-link term" href="/term:t0">showers</a>' in page


def test_a_term_with_an_apostrophe_is_found() -> None:
    assert "/term:t0" in html(shelf("A person's wish.\n") | glossary("person's wish"))


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        (["rain", "snow"], "12: no page uses 'snow'"),
        (["rain", "Rain"], "9: term.t1: 'rain' also stands for t0"),
    ],
)
def test_a_term_that_is_of_no_use(terms: list[str], fault: str) -> None:
    assert faults(shelf("It is rain.\n") | glossary(*terms)) == [
        f"library/glossary/terms.toml:{fault}"
    ]


def test_a_dead_link_in_a_meaning_is_named() -> None:
    files = shelf("It is rain.\n") | glossary("rain")
    terms = files["glossary/terms.toml"].replace(b"*meaning*", b"[x](../law/09-none.md)")
    [found] = faults(files | {"glossary/terms.toml": terms})
    assert found.startswith("library/glossary/terms.toml:5: has a dead link: ../law/09-none.md")
