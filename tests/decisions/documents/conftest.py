"""Opening a PDF and reading it, for every test of this room."""

import io
import shutil
import subprocess
from collections.abc import Callable

import pypdf
import pytest

from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples

Words = Callable[[bytes], list[str]]


def _words(pdf: bytes) -> list[str]:
    """The text of each page as poppler reads it (raw: else it drops a hyphen at a line's end)."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8").split("\f")[:-1]


@pytest.fixture(scope="session")
def words() -> Words:
    """What a reader can copy out of a PDF, page by page."""
    assert shutil.which("pdftotext"), "poppler-utils is not installed: run `make setup`"
    return _words


@pytest.fixture(scope="session")
def typical_pdf() -> bytes:
    return record_pdf(samples.seal(samples.typical()))


@pytest.fixture(scope="session")
def typical(typical_pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typical_pdf), strict=True)
