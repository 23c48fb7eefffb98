"""What a document is, whatever it is called. No database."""

import pytest

from guidance.protocols.documents import KINDS, RefusedDocument, kind_of
from tests.guidance.protocols.entries import PDF, open_text, word, zipped

GOOD = {
    "a.PDF": PDF,
    "C:\\folder\\a.docx": word(),
    "a.odt": open_text(),
    "a.b.txt": "Schöne Grüße\n<script>alert(1)</script>\n".encode(),
}
SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
WITH_MACROS = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
BAD = {
    "an exe as pdf": ("a.pdf", b"MZ\x90\0" + b"\0" * 200, "Windows Executable"),
    "half a pdf": ("a.pdf", PDF[:20], "inside it is not a PDF"),
    "html as pdf": ("a.pdf", b"<html>%PDF-1.7 %%EOF</html>", "HTML"),
    "a zip as docx": ("a.docx", zipped(a=b"words"), "not a Word document"),
    "a sheet as docx": ("a.docx", word(main="application/vnd.ms-excel"), "not a Word"),
    "macros": ("a.docx", word(WITH_MACROS), "not a Word"),
    "a list of parts that attacks": ("a.docx", word("<!DOCTYPE x>"), "not a Word"),
    "an odt as docx": ("a.docx", open_text(), "not a Word"),
    "a docx as odt": ("a.odt", word(), "not an OpenDocument"),
    "a sheet as odt": ("a.odt", open_text(SHEET), "not an OpenDocument"),
    "a broken zip": ("a.odt", open_text()[:60], "not an OpenDocument"),
    "a pdf as text": ("a.txt", b"%PDF-1.7\n\xff\xfe", "not plain text"),
    "NUL in text": ("a.txt", b"a\0b", "not plain text"),
    "an exe": ("a.exe", b"MZ", "Choose a PDF"),
    "two endings": ("a.pdf.exe", PDF, "Choose a PDF"),
    "no ending": ("pdf", PDF, "Choose a PDF"),
    "nothing": ("a.pdf", b"", "empty"),
}  # fmt: skip


def test_each_kind_is_known_by_its_inside() -> None:
    found = [kind_of(name, content) for name, content in GOOD.items()]
    assert found == list(KINDS.values())


def test_what_is_disguised_is_refused_in_words() -> None:
    for case, (name, content, words) in BAD.items():
        with pytest.raises(RefusedDocument) as refused:
            kind_of(name, content)
        assert words in str(refused.value), case


def test_a_part_that_swells_is_not_read() -> None:
    swollen = zipped(mimetype=b"x" * (2 * 1024 * 1024), content_xml=b"")
    with pytest.raises(RefusedDocument):
        kind_of("a.odt", swollen)
