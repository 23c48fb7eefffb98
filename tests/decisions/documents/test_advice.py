"""Advice in print: what was advised stands there, legal advice is only named."""

import io

import pypdf

from decisions.documents import sheet
from decisions.documents.record_pdf import record_pdf
from decisions.wizard.advice.models import How
from tests.decisions.documents import samples

ENTRY = {
    "question": "purpose",
    "title": "Is there a clear and legitimate reason to share?",
    "role": "Safeguarding lead",
    "when": "2026-03-02T10:15:00.000000Z",
    "how": "phone",
    "advised": "Share the worry, not the notes",
    "is_legal": False,
    "anonymous": True,
}


def printed(**sections: object) -> str:
    body = samples.seal({**samples.typical(), **sections})
    pages = pypdf.PdfReader(io.BytesIO(record_pdf(body))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_advice_is_printed_with_who_when_and_how() -> None:
    text = printed(advice={"entries": [ENTRY]})
    for words in ("Safeguarding lead, 2 March 2026, 10:15 GMT", "By phone", ENTRY["advised"]):
        assert str(words) in text
    assert "The person stayed anonymous" in text
    assert "Legal advice was taken" not in text


def test_legal_advice_is_named_but_not_printed() -> None:
    text = printed(**{"legal-advice": {"entries": [{**ENTRY, "is_legal": True}]}})
    assert "Legal advice was taken as well" in text
    assert "Share the worry" not in text


def test_without_advice_nothing_is_said_of_it() -> None:
    assert "Advice and disagreement" not in printed()


def test_a_decision_that_was_opened_again_says_from_which() -> None:
    context = {**samples.typical()["context"], "follows": "K7RM-4TXQ-9HDC"}
    assert "Opened again from K7RM-4TXQ-9HDC" in printed(context=context)


def test_how_advice_was_given_is_printed_in_the_words_of_the_page() -> None:
    assert {str(how.value): str(how.label) for how in How} == sheet.HOW
