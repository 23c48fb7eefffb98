"""The one place that runs WeasyPrint: warm, alone, and cut off from network and files.

WeasyPrint shares one font map of Pango, which is not safe for threads, so one document is made
at a time in a process. What is slow to begin with (fonts, parsed style sheet) is made once.
"""

import atexit
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from warnings import catch_warnings, filterwarnings

from decisions.documents import fonts

STYLE_SHEET = fonts.PROJECT / "templates" / "documents" / "record.css"


class RefusedError(Exception):
    """A document asked for something outside itself. None of ours ever should."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels inside the PDF."""

    name: str
    description: str
    content: bytes
    moment: datetime


@cache
def _library() -> Any:
    """WeasyPrint, started without the machine's fonts."""
    with fonts.no_system_fonts(), catch_warnings():
        # True, and wanted: a document's only fonts are those it brings.
        filterwarnings("ignore", "No fonts configured in FontConfig")
        import weasyprint

        # Pango would do this in a thread of its own, maybe after the block has ended.
        weasyprint.text.ffi.ffi.cdef("int FcInit(void);")
        weasyprint.text.ffi.fontconfig.FcInit()
    return weasyprint


class Renderer:
    """WeasyPrint with our fonts and style sheet loaded. Not safe for threads: see `draw`."""

    def __init__(self, faces: Sequence[fonts.Face] = fonts.PLAIN_FACES) -> None:
        self._weasyprint = _library()
        self._fetcher = _only_our_fonts(self._weasyprint)
        with fonts.no_system_fonts():
            self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._sheet = self._weasyprint.CSS(
            string=fonts.style_sheet(faces) + STYLE_SHEET.read_text(encoding="utf-8"),
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )

    def pdf(self, html: str, attached: Sequence[Attached], identifier: bytes) -> bytes:
        """PDF/A-3a of the page, with the files attached as its source."""
        page = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher)
        drawn: bytes = page.write_pdf(
            stylesheets=[self._sheet],
            font_config=self._fonts,
            attachments=[self._attachment(one) for one in attached],
            pdf_variant="pdf/a-3a",
            pdf_identifier=identifier,
            finisher=_name_attachments_once if attached else None,
        )
        return drawn

    def _attachment(self, attached: Attached) -> Any:
        moment = attached.moment
        return self._weasyprint.Attachment(
            string=attached.content,
            name=attached.name,
            description=attached.description,
            created=moment,
            modified=moment,
            relationship="Source",
            url_fetcher=self._fetcher,
        )

    def put_away(self) -> None:
        """Delete the copies of the fonts that WeasyPrint keeps in a temporary folder."""
        shutil.rmtree(self._fonts._folder, ignore_errors=True)

    def let_go(self) -> None:
        """Leave those copies to the process that made them."""
        self._fonts._folder = None


def _only_our_fonts(weasyprint: Any) -> Any:
    """A fetcher that hands out the table's fonts and refuses every other address."""
    addresses = {face.address: face.path for face in fonts.FACES}

    class OnlyOurFonts(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            path: Path | None = addresses.get(url)
            if path is None:
                raise RefusedError(f"A document may not fetch {url}")
            return weasyprint.urls.URLFetcherResponse(url, body=path.read_bytes())

    return OnlyOurFonts()


def _name_attachments_once(document: Any, pdf: Any) -> None:
    """WeasyPrint 70 lists each attachment twice among the catalogue's associated files."""
    files = pdf.catalog["AF"]
    files[:] = dict.fromkeys(files)


_warm: dict[Sequence[fonts.Face], Renderer] = {}
_one_at_a_time = Lock()


def draw(html: str, attached: Attached | Sequence[Attached] | None, identifier: bytes) -> bytes:
    """The page as PDF/A-3a bytes, the same for the same input; safe to call from any thread.

    A page that the plain fonts can draw is drawn without the others, so it is neither slower nor
    larger for them. Raises `fonts.FontMissingError` when a bundled font is not installed.
    """
    files = (attached,) if isinstance(attached, Attached) else attached or ()
    with _one_at_a_time:
        faces = fonts.needed_for(html)
        if faces not in _warm:
            _warm[faces] = Renderer(faces)
        return _warm[faces].pdf(html, files, identifier)


def _begin_again() -> None:
    """In a forked child: a lock and renderers of its own.

    The inherited ones would delete their parent's fonts when they are dropped.
    """
    global _one_at_a_time
    for one in _warm.values():
        one.let_go()
    _warm.clear()
    _one_at_a_time = Lock()


def _put_away() -> None:
    """At the end of the process, which WeasyPrint's own cleaning up does not outlive."""
    for one in _warm.values():
        one.put_away()


os.register_at_fork(after_in_child=_begin_again)
atexit.register(_put_away)
