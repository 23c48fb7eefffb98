"""How a page's Markdown becomes HTML."""

import pytest

from tests.guidance.reading.shelves import faults, html, read, shelf


def test_html_is_shown_as_text_and_never_let_through() -> None:
    page = html(shelf("<script>alert(1)</script>\n\nA <b onclick='x'>bold</b> word.\n"))
    assert "&lt;script&gt;" in page and "&lt;b onclick" in page
    assert "<script" not in page and "<b " not in page


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JAVASCRIPT:x()", "data:text/html,x"])
def test_a_link_that_would_do_something_is_refused(target: str) -> None:
    [found] = faults(shelf(f"See [this]({target}).\n"))
    assert "cannot be understood" in found


def test_an_address_cannot_end_its_attribute() -> None:
    library = read(shelf("[a](#wet)\n\n## Wet\n\nYes.\n"))
    page = library.html("law/01-rain.md", lambda target: '"><script>')
    assert 'href="&quot;&gt;&lt;script&gt;"' in page


def test_words_get_the_classes_of_the_pages() -> None:
    page = html(shelf("## Wet & cold\n\nIt's *wet*.\n\n- one\n\n1. two\n\n> three\n"))
    assert '<h2 id="wet-cold" class="govuk-heading-m">Wet &amp; cold</h2>' in page
    assert '<p class="govuk-body">It’s <em>wet</em>.</p>' in page
    for names in ("govuk-list govuk-list--bullet", "govuk-list govuk-list--number"):
        assert f'class="{names}"' in page
    assert '<blockquote class="govuk-inset-text">' in page


def test_a_table_keeps_its_meaning_when_it_is_stacked() -> None:
    page = html(shelf("| Rule | 2008 |\n|:--|---|\n| 1 | Wet |\n"))
    assert '<table role="table" class="govuk-table stack">' in page
    assert '<th role="columnheader" class="govuk-table__header" scope="col">2008</th>' in page
    assert '<th role="rowheader" scope="row" class="govuk-table__header">1</th>' in page
    assert '<td role="cell" class="govuk-table__cell" data-label="2008">Wet</td>' in page
    assert "style=" not in page


def test_plain_words_for_whoever_counts_or_searches() -> None:
    library = read(shelf("## Wet\n\nOne *line*,\nand another.\n\n- an [entry](#wet)\n"))
    words = ["Rain", "It falls.", "Wet", "One line, and another.", "an entry"]
    assert library.plain(library.pages[0]) == words
