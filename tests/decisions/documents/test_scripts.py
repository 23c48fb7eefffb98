"""Text of many scripts: shaped, in its own direction, and plain English none the heavier for it."""

import io
import logging
import subprocess

import pypdf
import pytest

from decisions.documents import fonts, renderer
from decisions.documents.direction import apart, lines
from decisions.documents.printable import printable
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples

WRITTEN = {
    "Welsh, Polish, Turkish": "Ŵŷ Łódź żółć İstanbul ığş",
    "Vietnamese": "Nguyễn Thị Hồng, ếữợặ",
    "Greek": "Η μητέρα Ἀθηνᾶ",
    "Cyrillic": "Мати ґїєы ђћ",
    "Arabic": "قالت الأم إنها لا تريد أحدًا، (٧ سنوات)؟",
    "Urdu": "بچے نے کہا کہ وہ ڈرتا ہے۔ ٹیچر ژ",
    "Bengali": "মা বললেন যে কর্তৃপক্ষ স্ত্রী র‍্যাব।",
    "Punjabi": "ਮਾਂ ਨੇ ਕਿਹਾ ਸ੍ਰੀ ਪੜ੍ਹਾਈ ੴ",
    "Gujarati": "માતાએ કહ્યું ક્ષમા શ્રી ૧૨",
    "Tamil": "தாய் குழந்தை ஸ்ரீ க்ஷ கௌ",
}
ALL_OF_THEM = "\n".join(WRITTEN.values())
REASON = [("question:purpose", "reason")]


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_every_letter_can_be_drawn(text: str) -> None:
    assert printable(text) == text


def test_all_scripts_in_one_record(caplog: pytest.LogCaptureFixture) -> None:
    """Shaped and without a missing glyph; the same bytes again; only what is used is embedded."""
    record = samples.typical()
    record["question:purpose"]["reason"] = ALL_OF_THEM
    record["people"]["practitioner"]["name"] = "محمد أحمد"
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = record_pdf(samples.seal(record))
    assert caplog.records == []
    assert record_pdf(samples.seal(record)) == pdf
    named = families(pdf)
    assert {name for name in named if "Semi-Bold" not in name} == {
        "Noto-Sans",
        *(f"Noto-Sans-{one}" for one in fonts.SCRIPTS),
    }
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    said = done.stdout.decode()
    assert "محمد أحمد" in said
    assert "[U+" not in said


def test_a_record_in_english_is_drawn_without_the_other_fonts(typical_pdf: bytes) -> None:
    assert {name.removesuffix("-Semi-Bold") for name in families(typical_pdf)} == {"Noto-Sans"}
    assert fonts.needed_for("Łódź, Ωω, Яя, हिन्दी and £5") == fonts.PLAIN_FACES
    assert fonts.needed_for("Tamil: அ") == fonts.FACES
    assert fonts.PLAIN_FACES in renderer._warm


def families(pdf: bytes) -> set[str]:
    """The fonts a PDF brings, without the letters that mark them as a part."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].rpartition("+")[2].lstrip("/") for font in found}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Plain.\n\nMore.", [("ltr", "Plain.\n\nMore.")]),
        ("", [("ltr", "")]),
        ("شكرا.\n12:30\n\nThen", [("rtl", "شكرا.\n12:30"), ("ltr", "\nThen")]),
        ("He said “شكرا”.\n(٧) شكرا", [("ltr", "He said “شكرا”."), ("rtl", "(٧) شكرا")]),
        ("شكرا\n\n", [("rtl", "شكرا\n\n")]),
    ],
)
def test_each_line_runs_its_own_way(text: str, runs: list[tuple[str, str]]) -> None:
    assert lines(text) == runs
    assert "\n".join(run.text for run in lines(text)) == text


def test_a_text_inside_a_sentence_of_ours_is_set_apart_only_where_it_could_reorder_it() -> None:
    assert apart("Priya Sandhu") == "Priya Sandhu"
    assert apart("شكرا") == "\u2068شكرا\u2069"
