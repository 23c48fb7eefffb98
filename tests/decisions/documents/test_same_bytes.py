"""The same snapshot gives the same bytes: warm or cold, in any process, thread or place."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from decisions.documents import fonts, renderer
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples

TYPICAL = samples.seal(samples.typical())
PRINT = """
import hashlib, sys
from decisions.documents.record_pdf import record_pdf
print(hashlib.sha256(record_pdf(sys.stdin.buffer.read())).hexdigest())
from weasyprint.text.ffi import ffi, fontconfig
print(fontconfig.FcConfigGetFonts(ffi.NULL, fontconfig.FcSetSystem).nfont)
"""
FORKED = """
import hashlib, os, sys
from decisions.documents.record_pdf import record_pdf
snapshot = sys.stdin.buffer.read()
digest = lambda: hashlib.sha256(record_pdf(snapshot)).hexdigest()
first = digest()
child = os.fork()
if child == 0:
    sys.exit(0 if digest() == first else 3)  # a plain exit, with all its cleaning up
_, status = os.waitpid(child, 0)
from decisions.documents import fonts, renderer
warm = renderer._warm[fonts.PLAIN_FACES]
kept = len(os.listdir(warm._fonts._folder)) == len(fonts.PLAIN_FACES)
print(first if status == 0 and kept and digest() == first else (status, kept))
"""


def in_another_process(program: str, **environment: str) -> str:
    """What the program prints, given the typical record; its standard error must stay empty."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=TYPICAL,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(fonts.PROJECT), **environment},
        cwd="/",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().strip()


@pytest.fixture(scope="module")
def digest() -> str:
    return hashlib.sha256(record_pdf(TYPICAL)).hexdigest()


def test_a_cold_renderer_and_a_warm_one_agree(digest: str) -> None:
    renderer._warm.clear()
    cold = record_pdf(TYPICAL)
    record_pdf(samples.typical_with("Ελληνικά और हिन्दी and emoji \U0001f600 " * 40))
    assert record_pdf(TYPICAL) == cold
    assert hashlib.sha256(cold).hexdigest() == digest


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kolkata", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "HOME": "/nonexistent", "XDG_CACHE_HOME": "/proc"},
        {"FONTCONFIG_FILE": "/nonexistent", "FONTCONFIG_PATH": "/nonexistent"},
    ],
    ids=lambda environment: ",".join(environment),
)
def test_another_process_agrees_and_leaves_nothing(
    digest: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """It says nothing, sees no font of the machine and leaves no temporary file behind."""
    said = in_another_process(PRINT, TMPDIR=str(tmp_path), **environment)
    assert said.split() == [digest, "0"]
    assert list(tmp_path.iterdir()) == []


def test_threads_agree(digest: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(record_pdf, [TYPICAL] * 8))
    assert {hashlib.sha256(pdf).hexdigest() for pdf in printed} == {digest}


def test_a_document_waits_for_the_one_before() -> None:
    with ThreadPoolExecutor(1) as pool:
        with renderer._one_at_a_time:
            printing = pool.submit(record_pdf, TYPICAL)
            with pytest.raises(TimeoutError):
                printing.result(timeout=2)
        assert printing.result(timeout=60).startswith(b"%PDF-1.7")


def test_a_forked_worker_agrees_and_leaves_its_parent_working(digest: str) -> None:
    assert in_another_process(FORKED) == digest


def test_another_record_gives_other_bytes(digest: str) -> None:
    other = record_pdf(samples.typical_with("x", [("question:consent", "reason")]))
    assert hashlib.sha256(other).hexdigest() != digest
