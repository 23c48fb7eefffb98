"""The square code on the first page: what it holds, what a screen reader says, and none without."""

import io
from typing import Any

import pypdf
import segno

from decisions.documents import check_code
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples
from tests.decisions.documents.conftest import Words

TYPICAL = samples.seal(samples.typical())
PAGE = "https://infoshare.example/check/"
LEADS_TO = f"{PAGE}?reference=K7MX-3RQ2-9WTC"


def figures(element: Any) -> list[Any]:
    """The figures among the tags."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [one for child in element for one in figures(child)]
    if not isinstance(element, dict):
        return []
    own = [element] if element.get("/S") == "/Figure" else []
    return own + figures(element.get("/K", []))


def test_it_holds_the_address_of_the_check_page_with_the_reference() -> None:
    drawn = check_code.check_code(PAGE, "K7MX-3RQ2-9WTC")
    expected = segno.make_qr(LEADS_TO, error="m").svg_inline(border=0, omitsize=True)
    path = expected.partition(' d="')[2].partition('"')[0]
    assert path and f' d="{path}"' in drawn


def test_it_stands_on_the_first_page_with_its_words_and_nothing_leads_outside(
    words: Words,
) -> None:
    pdf = record_pdf(TYPICAL, None, PAGE)
    assert pdf == record_pdf(TYPICAL, None, PAGE) != record_pdf(TYPICAL)
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    root: Any = reader.trailer["/Root"]
    [figure] = figures(root["/StructTreeRoot"]["/K"])
    assert figure["/Alt"] == f"Square code (QR) that opens {LEADS_TO}"
    assert figure["/Pg"].get_object() == reader.pages[0].get_object()
    assert all("/Annots" not in page for page in reader.pages)
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in root["/Metadata"].get_data()
    first, *rest = (" ".join(page.split()) for page in words(pdf))
    assert f"To check it Enter K7MX-3RQ2-9WTC at {PAGE}, or scan the code above" in first
    assert "What is shared, with whom and how" in first and len(rest) == 2


def test_without_an_address_there_is_no_code_and_the_page_is_named(words: Words) -> None:
    pdf = record_pdf(TYPICAL)
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert figures(root["/StructTreeRoot"]["/K"]) == []
    said = " ".join("".join(words(pdf)).split())
    assert "Enter K7MX-3RQ2-9WTC on the page “Check a record” of InfoShare" in said
    assert "://" not in said and "scan the code" not in said
