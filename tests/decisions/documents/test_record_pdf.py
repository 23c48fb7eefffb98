"""The real PDF, opened: what an archive, a screen reader and a court find in it."""

import io
from hashlib import sha256
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest

from decisions.documents.record_pdf import record_pdf
from decisions.documents.sheet import UnreadableRecordError
from decisions.snapshot import commitment
from tests.decisions.documents import real, samples
from tests.decisions.documents.conftest import Words
from tests.decisions.documents.test_advice import ENTRY

SNAPSHOT = samples.seal(samples.typical())
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


def catalogue(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def test_it_is_pdf_a_3a_by_its_own_word(typical: pypdf.PdfReader) -> None:
    xmp = ElementTree.fromstring(catalogue(typical)["/Metadata"].get_data())  # noqa: S314
    said = {k: v for element in xmp.iter() for k, v in element.attrib.items()}
    assert (said[f"{PDFAID}part"], said[f"{PDFAID}conformance"]) == ("3", "A")


def test_it_has_an_output_intent_with_a_colour_profile(typical: pypdf.PdfReader) -> None:
    [intent] = catalogue(typical)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_object().get_data()) > 1000


def test_title_author_language_and_time_are_set(typical: pypdf.PdfReader) -> None:
    said = typical.metadata
    assert said is not None
    assert said.title == "Decision record K7MX-3RQ2-9WTC"
    assert said.author == "Priya Sandhu, Northmoor Council"
    assert said.creator == "InfoShare"
    assert said["/CreationDate"] == said["/ModDate"] == "D:20260304154207Z"
    assert catalogue(typical)["/Lang"] == "en-GB"
    assert catalogue(typical)["/ViewerPreferences"]["/DisplayDocTitle"]


def tags(element: Any) -> list[str]:
    """The structure types in reading order."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [tag for child in element for tag in tags(child)]
    if not isinstance(element, dict):
        return []
    below = tags(element.get("/K", []))
    return [element["/S"], *below] if "/S" in element else below


def test_it_is_tagged_with_headings_in_order_paragraphs_and_lists(
    typical: pypdf.PdfReader,
) -> None:
    root = catalogue(typical)
    assert root["/MarkInfo"]["/Marked"]
    found = tags(root["/StructTreeRoot"]["/K"])
    headings = [int(tag[2]) for tag in found if tag in {"/H1", "/H2", "/H3", "/H4"}]
    assert headings[0] == 1 and headings.count(1) == 1 and headings.count(2) == 8
    assert all(deeper - level <= 1 for level, deeper in pairwise(headings))
    assert {"/P", "/L", "/LI", "/LBody"} <= set(found)
    assert "/Table" not in found


def test_the_outline_leads_to_every_question(typical: pypdf.PdfReader) -> None:
    def titles(outline: Any) -> list[str]:
        return [t for o in outline for t in (titles(o) if isinstance(o, list) else [o.title])]

    assert "Question 4: Has the person agreed?" in titles(typical.outline)


def test_every_font_is_embedded_and_is_ours(typical: pypdf.PdfReader) -> None:
    fonts = [f.get_object() for p in typical.pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        [drawn] = font["/DescendantFonts"]
        descriptor = drawn.get_object()["/FontDescriptor"]
        assert "Noto-Sans" in descriptor["/FontName"]
        assert len(descriptor["/FontFile2"].get_data()) > 1000
        # An embedded character map would mean that some glyph was missing.
        assert font["/Encoding"] == "/Identity-H"
        assert "/ToUnicode" in font


def test_the_snapshot_is_attached_byte_for_byte(typical: pypdf.PdfReader) -> None:
    [file] = catalogue(typical)["/AF"]
    file = file.get_object()
    assert (file["/AFRelationship"], file["/UF"]) == ("/Source", "record.json")
    stream = file["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/ModDate"] == "D:20260304154207Z"
    assert typical.attachments == {"record.json": [SNAPSHOT]}


def test_nothing_in_it_acts_or_leads_outside(typical_pdf: bytes, typical: pypdf.PdfReader) -> None:
    assert not typical.is_encrypted
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalogue(typical))
    assert all("/Annots" not in page and "/AA" not in page for page in typical.pages)
    assert b"/JavaScript" not in typical_pdf


def test_each_page_names_the_record_and_its_number(typical_pdf: bytes, words: Words) -> None:
    pages = words(typical_pdf)
    assert 1 < len(pages) <= 4
    for number, page in enumerate(pages, start=1):
        assert "K7MX-3RQ2-9WTC" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize(
    ("snapshot", "most"),
    [
        (samples.seal(samples.urgent()), 2),
        (samples.seal(samples.departure()), 2),
        (SNAPSHOT, 3),
        (real.record(real.URGENT, "share"), 2),
        (real.record(real.TYPICAL, "share-in-part"), 4),
        (real.record(real.TYPICAL, "do-not-share"), 4),
        (real.record({"urgent": "no", "duty": "yes"}, "share", edition="hmg-2008"), 2),
    ],
)
def test_a_record_takes_one_to_four_pages(snapshot: bytes, most: int) -> None:
    assert 1 <= len(pypdf.PdfReader(io.BytesIO(record_pdf(snapshot))).pages) <= most


def test_the_first_page_answers_what_whom_why_who_and_when(
    typical_pdf: bytes, words: Words
) -> None:
    first = " ".join(words(typical_pdf)[0].split())
    for said in (
        "not legal advice",
        "Decision: Share part of it",
        "This follows the suggested outcome, “You can share part of it”.",
        "EH/2026/0117",
        "Priya Sandhu, Early Help, Northmoor Council",
        "4 March 2026, 15:42 GMT",
        "Food and weight can be shared without the mother’s illness.",
        "There is enough reason to share some of this information without consent.",
        "With whom: Grace Okafor, health visitor, Northmoor Community Health",
        "Learned of it Not written down",
        "Confidential. Keep it with the case",
    ):
        assert said in first


def test_legal_advice_is_in_no_byte_of_the_copy_and_the_copy_still_verifies() -> None:
    entry = {**ENTRY, "is_legal": True, "advised": "Privileged words"}
    body = samples.seal({**samples.typical(), "legal-advice": {"entries": [entry]}})
    reader = pypdf.PdfReader(io.BytesIO(record_pdf(body)))
    [attached] = reader.attachments["record.json"]
    assert b"Privileged" in body and b"Privileged" not in attached
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert sha256(attached).hexdigest() in said and commitment(body) in said
    assert "withheld from this copy" in said


def test_every_question_stands_there_with_answer_and_reasons(
    typical_pdf: bytes, words: Words
) -> None:
    said = "".join("".join(words(typical_pdf)).split())
    for question in samples.TYPICAL_QUESTIONS:
        asked = f"Question {question['number']}: " if question["number"] else ""
        answer = f"{question['answer_label']} – {question['edition_reason']}"
        text = f"{asked}{question['title']}{answer}"
        assert "".join(text.split()) in said
        assert "".join(question["reason"].split()) in said


def test_the_edition_its_digest_and_how_to_check_stand_there(
    typical_pdf: bytes, words: Words
) -> None:
    said = " ".join(" ".join(words(typical_pdf)).split())
    for text in samples.EDITION.values():
        assert text in said or text == "current"
    assert f"sha256sum record.json” works out, must be {sha256(SNAPSHOT).hexdigest()}" in said
    assert f"this copy and their record differ: {commitment(SNAPSHOT)}" in said


def test_a_departure_gives_its_reasons_first(words: Words) -> None:
    first = " ".join(words(record_pdf(samples.seal(samples.departure())))[0].split())
    assert "Decision: Do not share" in first
    assert "This departs from the suggested outcome, “Ask for advice first”." in first
    assert first.index("has withdrawn the request") < first.index("You were not sure about")


def test_guidance_that_is_not_current_is_called_so_on_the_first_page(words: Words) -> None:
    sections = samples.typical()
    sections["context"]["edition"] |= {"status": "withdrawn", "notice": "Replaced in 2018."}
    first = " ".join(words(record_pdf(samples.seal(sections)))[0].split())
    assert "The guidance this decision followed is not current. Replaced in 2018." in first


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"", "no sealed record"),
        (b"\xff\xfe", "no sealed record"),
        (b"[]", "no sealed record"),
        (SNAPSHOT + b" ", "no sealed record"),
        (SNAPSHOT.replace(b"infoshare-record/1", b"infoshare-record/9"), "infoshare-record/9"),
        (b'{"format":"infoshare-record/1","sections":{}}', "incomplete"),
        (b'{"format":"infoshare-record/1"}', "no sealed record"),
    ],
)
def test_bytes_that_are_no_record_are_refused_in_words(bad: bytes, said: str) -> None:
    with pytest.raises(UnreadableRecordError, match=said):
        record_pdf(bad)


def test_a_record_with_a_hole_is_refused_and_never_printed() -> None:
    sections = samples.typical()
    del sections["outcome"]["title"]
    with pytest.raises(UnreadableRecordError, match="title"):
        record_pdf(samples.seal(sections))
