"""The pocket guide as one sheet of paper, printed on both sides. Nothing on it is about anybody."""

from datetime import date
from functools import cache
from hashlib import sha256

from decisions.documents.renderer import draw
from decisions.documents.templates import template
from decisions.wizard.dates import MONTHS
from guidance.reading import shelf
from guidance.reading.library import Library
from guidance.reading.schema import Page

SECTION = "pocket-guide"


@cache
def pocket_guide_pdf() -> bytes:
    """PDF/A-3a of the shipped pocket guide, made once; the same bytes in any process.

    Raises `FontMissingError` when the bundled fonts are not installed.
    """
    html = pocket_guide_html(shelf.shipped())
    return draw(html, None, sha256(html.encode()).hexdigest()[:32].encode("ascii"))


def pocket_guide_html(library: Library) -> str:
    """The page that `pocket_guide_pdf` prints."""
    page = guide(library)
    return template("pocket-guide.html").render(
        page=page,
        body=library.paper(page.file),
        sources=[library.sources[name] for name in page.sources],
        checked=_day(page.checked),
    )


def guide(library: Library) -> Page:
    """The page of the library that is the pocket guide."""
    return library.section(SECTION)[0]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
