"""The PDF of a typical record against Chromium printing the same page, both warm, in turn.

The limit is 0.6 of Chromium's time. Chromium is given every advantage: its browser, page, style
sheet and fonts stay loaded; only the record's content is new each time.
"""

import base64
import io
import sys

import pypdf
from playwright.sync_api import Page, sync_playwright

from decisions.documents import fonts
from decisions.documents.record_pdf import record_html, record_pdf
from decisions.documents.renderer import STYLE_SHEET
from tests.benchmarks.measure import in_turn, machine, say
from tests.decisions.documents import samples

LIMIT = 0.6
RUNS = 25
CHROMIUM = "/usr/bin/chromium"


def style_sheet() -> str:
    """The document's style sheet with its fonts inside, for a browser."""
    sheet = fonts.style_sheet() + STYLE_SHEET.read_text(encoding="utf-8")
    for face in fonts.FACES:
        font = base64.b64encode(face.path.read_bytes()).decode("ascii")
        sheet = sheet.replace(face.address, f"data:font/ttf;base64,{font}")
    return sheet


def print_page(page: Page, html: str) -> bytes:
    """Chromium's PDF of the page, after its content was put in."""
    page.evaluate(
        "html => document.body.replaceWith("
        "new DOMParser().parseFromString(html, 'text/html').body)",
        html,
    )
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def main() -> int:
    """Measure, print, and answer 1 when the limit does not hold."""
    snapshot = samples.seal(samples.typical())
    html = record_html(snapshot)
    say(f"Machine: {machine()}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(html)
        page.add_style_tag(content=style_sheet())
        page.evaluate("document.fonts.ready")
        say(
            f"Pages: {pages(record_pdf(snapshot))} by record_pdf, "
            f"{pages(print_page(page, html))} by Chromium {browser.version}"
        )
        ours, theirs = in_turn(
            [
                ("record_pdf, warm", lambda: record_pdf(snapshot)),
                ("Chromium, warm", lambda: print_page(page, html)),
            ],
            RUNS,
        )
        browser.close()
    ratio = ours.median / theirs.median
    say(ours, theirs, f"Ratio of the medians: {ratio:.2f} (limit {LIMIT})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
