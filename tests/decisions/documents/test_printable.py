"""What a document prints for a text: all that can be drawn as it is, the rest as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.documents import fonts
from decisions.documents.printable import printable


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, “quoted” – and £5, €3 …",
        "Łukasz Żółć, Zoë, Nguyễn Văn An, José, Ἀθηνᾶ, Олександр",
        "नमस्ते",
        "<b>&amp;</b> {{ 7 * 7 }} [U+0041]",
        "  two spaces, a tab\tand\n\nan empty line\n",
        "e\u0301 is two characters",
        "right-to-left mark\u200f and joiner\u200d",
    ],
)
def test_what_can_be_drawn_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\U0001f600", "[U+1F600]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("\x00\x07\x1b\x7f\x85", "[U+0000][U+0007][U+001B][U+007F][U+0085]"),
        ("\ufeff\ufffe\ufffd", "[U+FEFF][U+FFFE]\ufffd"),
        ("\ue000\U000f0000", "[U+E000][U+F0000]"),
        ("\ud800", "[U+D800]"),
        ("\u00ad\u200b\u2060", "[U+00AD][U+200B][U+2060]"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
    ],
)
def test_what_cannot_be_drawn_or_would_mislead_is_printed_as_its_number(
    text: str, printed: str
) -> None:
    assert printable(text) == printed


@given(st.text(st.characters(codec=None)))
def test_only_characters_with_a_glyph_are_ever_printed(text: str) -> None:
    drawn = set(map(ord, printable(text))) - {ord("\n"), ord("\t")}
    assert drawn <= fonts.covered()


@given(st.text(min_size=81, max_size=400, alphabet=st.characters(categories=["L", "N"])))
def test_an_endless_word_gets_breaks_and_loses_nothing(word: str) -> None:
    plain = "".join(printable(letter) for letter in word)
    broken = printable(word)
    assert broken.replace("\u200b", "") == plain
    assert max(map(len, broken.split("\u200b"))) <= 80
