"""Whatever people type is printed, wraps, flows over pages, and never stops the document."""

import io
import json
import logging
import re
import subprocess
import unicodedata

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.documents.printable import BREAK, printable
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples
from tests.decisions.documents.conftest import Words

COUNT = len(samples.FREE_TEXT)
CONSENT = [("question:consent", "reason")]
# A document takes about half a second.
PRINTED = settings(max_examples=max(6, settings().max_examples // 20))
LETTERS = st.characters(
    categories=["Lu", "Ll", "Nd", "Po", "Sm"], max_codepoint=0x4FF, exclude_characters="\u037e"
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_ten_thousand_characters_flow_over_pages(words: Words) -> None:
    text = " ".join(f"{number:04}" for number in range(2000))
    pages = words(record_pdf(samples.typical_with(text, CONSENT)))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    body = " ".join(line for page in pages for line in page.splitlines() if "Page" not in line)
    assert all(f"{number:04}" in body for number in range(2000))


def test_a_long_word_stays_on_the_page(words: Words) -> None:
    word = "".join(chr(ord("a") + number % 26) for number in range(10_000))
    pdf = record_pdf(samples.typical_with(word, CONSENT))
    said = squeezed("".join(words(pdf)))
    assert all(word[at : at + 40] in said for at in range(0, 1000, 40))
    assert right_edge(pdf) <= 595.3 - 56.6  # A4 less the margin of 20 mm, in points


def right_edge(pdf: bytes) -> float:
    """How far right the widest line goes, in points."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return max(map(float, re.findall(rb'xMax="([0-9.]+)"', boxes.stdout)))


def test_line_breaks_are_kept(words: Words) -> None:
    text = "first line\n\n  indented third line\r\nfourth"
    said = "\n".join(words(record_pdf(samples.typical_with(text, CONSENT))))
    lines = [line.strip() for line in said.splitlines()]
    assert {"first line", "indented third line", "fourth"} <= set(lines)


def test_a_character_without_a_glyph_is_printed_as_its_number_and_kept_in_the_json(
    words: Words,
) -> None:
    pdf = record_pdf(samples.typical_with("She is \U0001f600 \u202eyad\u202c", CONSENT))
    said = " ".join(" ".join(words(pdf)).split())
    assert "She is [U+1F600] [U+202E]yad[U+202C]" in said
    assert "is printed as its Unicode number" in said
    [attached] = pypdf.PdfReader(io.BytesIO(pdf)).attachments["record.json"]
    kept = json.loads(attached)["sections"]["question:consent"]["content"]["reason"]
    assert kept == "She is \U0001f600 \u202eyad\u202c"


def test_the_note_on_numbers_stands_only_where_one_is_printed(
    typical_pdf: bytes, words: Words
) -> None:
    assert "Unicode number" not in " ".join(words(typical_pdf))


@PRINTED
@given(st.text(LETTERS, min_size=1, max_size=200))
def test_letters_come_back_out_of_the_document(words: Words, text: str) -> None:
    said = squeezed("".join(words(record_pdf(samples.typical_with(text, CONSENT)))))
    printed = squeezed(printable(text)).replace(BREAK, "")
    assert unicodedata.normalize("NFC", printed) in unicodedata.normalize("NFC", said)


@PRINTED
@given(st.lists(st.text(max_size=60), min_size=COUNT, max_size=COUNT))
def test_no_text_stops_the_document_or_draws_a_missing_glyph(
    caplog: pytest.LogCaptureFixture, texts: list[str]
) -> None:
    sections = samples.departure()
    fields = [field for field in samples.FREE_TEXT if field[0] in sections]
    for (section, field), text in zip(fields, texts, strict=False):
        sections[section][field] = text
    snapshot = samples.seal(sections)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        reader = pypdf.PdfReader(io.BytesIO(record_pdf(snapshot)), strict=True)
    assert caplog.records == []
    assert reader.attachments == {"record.json": [snapshot]}
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    assert {font["/Encoding"] for font in fonts} == {"/Identity-H"}
