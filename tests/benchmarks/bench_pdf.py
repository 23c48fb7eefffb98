"""The PDF of a typical record against warm headless Chromium printing the same HTML, in turn.

Measured twice: the record with its copy attached, and as it is kept, with its proof and the code to
the check page, and signed. Chromium prints the same HTML, and attaches and signs nothing.

Both are warm: our fonts and style sheet are loaded, and Chromium's browser is open. Each document
gets a page of its own in Chromium, as it must where one person's record may not leak into the
next one. What a single page that is used again and again would take is shown beside it.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import rfc8785
from playwright.sync_api import Browser, Page, sync_playwright

from decisions.demo.seal import make_seal
from decisions.documents import fonts
from decisions.documents.record_pdf import record_html, record_pdf
from decisions.documents.renderer import STYLE_SHEET
from decisions.kept_pdf.organisation_seal import read_seal
from infoshare import clock
from infoshare.verifier import infoshare_verify as verifier
from tests.benchmarks.measure import in_turn, machine, say
from tests.decisions.documents import real
from tests.infoshare.verifier.ledger import Ledger

LIMIT, LIMIT_AS_KEPT = 0.6, 0.8
CHECK_PAGE = "https://infoshare.example/check/"
RUNS = 25
CHROMIUM = "/usr/bin/chromium"


def whole_page(snapshot: bytes) -> str:
    """The HTML that `record_pdf` prints, with its style sheet in it and its fonts as files."""
    html = record_html(snapshot)
    faces = fonts.needed_for(html)
    sheet = fonts.style_sheet(faces) + STYLE_SHEET.read_text(encoding="utf-8")
    for face in faces:
        sheet = sheet.replace(face.address, face.path.resolve().as_uri())
    return html.replace("</head>", f"<style>{sheet}</style></head>")


def print_page(page: Page, address: str) -> bytes:
    """Chromium's PDF of the page, tagged and with an outline like ours."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def print_in_new_page(browser: Browser, address: str) -> bytes:
    """The same in a page of its own, closed afterwards."""
    page = browser.new_page()
    try:
        return print_page(page, address)
    finally:
        page.close()


def pages(pdf: bytes) -> int:
    """How many pages the PDF has."""
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def measure(browser: Browser, snapshot: bytes, address: str) -> int:
    """Measure and say; answers 1 when the limit does not hold."""
    kept = browser.new_page()
    ours, theirs = pages(record_pdf(snapshot)), pages(print_page(kept, address))
    say(f"Machine: {machine()}", f"Browser: Chromium {browser.version}")
    say(f"Pages: {ours} by record_pdf, {theirs} by Chromium")
    as_kept = keeper(snapshot)
    document = as_kept()
    folder = verifier.read_attachments(document)
    say(f"As kept: {len(document):,} bytes, with {', '.join(name for name, _ in folder)}, signed")
    pdf, kept_pdf, fresh, reused = in_turn(
        [
            ("record_pdf, warm", lambda: record_pdf(snapshot)),
            ("as it is kept: with proof, code and signature", as_kept),
            ("Chromium, browser kept open", lambda: print_in_new_page(browser, address)),
            ("Chromium, browser and page kept", lambda: print_page(kept, address)),
        ],
        RUNS,
    )
    ratio = pdf.median / fresh.median
    say(pdf, kept_pdf, fresh, reused, f"Ratio to the kept browser: {ratio:.2f} (at most {LIMIT})")
    whole = kept_pdf.median / fresh.median
    say(f"As it is kept, ratio to the kept browser: {whole:.2f} (at most {LIMIT_AS_KEPT})")
    say(f"Ratio to the kept page, for comparison: {pdf.median / reused.median:.2f}")
    return int(ratio > LIMIT or whole > LIMIT_AS_KEPT)


def keeper(snapshot: bytes) -> Callable[[], bytes]:
    """What makes the PDF as it is kept: a proof out of a ledger, attached; the seal's signature."""
    ledger, read = Ledger(), json.loads(snapshot)["sections"]
    contents = {name: one["content"] for name, one in read.items()}
    for _ in range(1000):
        ledger.enter("role-changed", b"\x11" * 32)
    record = ledger.seal_as(contents["context"]["record"], contents)
    proof = rfc8785.dumps(ledger.proof(record))
    sealed = rfc8785.dumps(ledger.proof(record)["record"])
    with tempfile.TemporaryDirectory() as name:
        files = Path(name) / "seal.pem", Path(name) / "seal.crt"
        make_seal(*files)
        seal = read_seal(*files, "")

    def make() -> bytes:
        return seal.sign(record_pdf(sealed, proof, CHECK_PAGE), clock.now())

    # Not in this thread: Playwright's loop of events runs in it, and signing begins one.
    beside = ThreadPoolExecutor(1)
    return lambda: beside.submit(make).result()


def main() -> int:
    snapshot = real.record(real.TYPICAL, "share-in-part")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "record.html"
        page.write_text(whole_page(snapshot), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            return measure(browser, snapshot, page.as_uri())
        finally:
            browser.close()


if __name__ == "__main__":
    sys.exit(main())
