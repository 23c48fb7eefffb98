"""PDFs of version 1, for ever: a record, what happened afterwards, two bound together. All signed.

Never change these files. Of the record one bit is flipped at 500 places: whoever holds the hash
that the ledger names finds each; the verifier with nothing beside it, and the signature, find those
that are theirs to find.
"""

import io
import logging
import random
from collections.abc import Iterator

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Signer

RECORD, AFTERWARDS, TOGETHER = (
    (FIXTURES / f"{name}.pdf").read_bytes() for name in ("record", "afterwards", "together")
)
REFERENCES = ["K7MX-3RQ2-9WTC", "K7MX-3RQ2-9WTD"]
PLACES = 500


def flipped() -> Iterator[tuple[int, bytes]]:
    """One bit at a time, at places that are the same in every run."""
    chance = random.Random(5)
    for place in chance.sample(range(len(RECORD)), PLACES):
        changed = bytearray(RECORD)
        changed[place] ^= 1 << chance.randrange(8)
        yield place, bytes(changed)


def check(
    data: bytes, trust: verifier.Trust, known: verifier.Known | None = None
) -> verifier.Report:
    return verifier.check_bytes(data, "a.pdf", trust, known)


def test_an_addendum_tells_its_events_and_proves_the_pages_of_the_record(
    trust: verifier.Trust,
) -> None:
    known = verifier.Known()
    report = check(AFTERWARDS, trust, known)
    assert (report.result, report.references) == ("proven", REFERENCES[1:])
    later = [line for line in report.shows if line.startswith("Later: ")]
    assert [line.split()[1] for line in later] == ["document,", "consent-withdrawn,", "reviewed,"]
    assert "Entry 4, consent-withdrawn, words: She rang and said: no more." in report.told
    assert "Entries about the record that this file does not tell: number 3." in report.shows
    assert verifier.NOT_ALL in report.not_shown
    assert check(RECORD, trust).not_shown[0].startswith("It does not show that the pages")
    assert check(RECORD, trust, known).shows[0].startswith("This very file, with every page")
    # There may be many addenda: that the ledger names none of them here makes none wrong.
    assert check(AFTERWARDS, trust, known).result == "proven"


def test_two_records_bound_together_are_both_proven(trust: verifier.Trust) -> None:
    report = check(TOGETHER, trust)
    assert (report.result, report.references) == ("proven", REFERENCES)
    other = verifier.Trust([verifier.read_key(Signer(bytes(32)).verifier_key)])
    assert check(TOGETHER, other).wrong[0].startswith("K7MX-3RQ2-9WTC-proof.json: Step 5")


def test_a_bit_flipped_anywhere_is_found(trust: verifier.Trust) -> None:
    known, alone = verifier.Known(), 0
    assert check(AFTERWARDS, trust, known).result == "proven"
    [known_id] = known.files
    for place, changed in flipped():
        assert verifier.sha256(changed).hex() not in known.files[known_id]
        report = check(changed, trust, known)
        pages = [one for one in report.wrong if "its pages were" in one]
        by_itself = bool(report.unclear or set(report.wrong) - set(pages))
        # What nothing in the file gives away is wrong beside the hash in the ledger.
        assert by_itself or pages, place
        alone += by_itself
    # The others are in pages, fonts and the signature: docs/checking-a-record.md, "One PDF".
    assert 140 < alone < 170, alone


def test_a_bit_flipped_is_found_by_the_signature(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    assert holds(RECORD)
    [signature] = PdfFileReader(io.BytesIO(RECORD)).embedded_signatures
    begin, length, rest, _ = signature.byte_range
    apart = range(begin + length, rest)  # the signature itself, with room that it does not need
    tried = [one for one in flipped() if one[0] not in apart][:20]
    assert [place for place, changed in tried if holds(changed)] == []


def holds(document: bytes) -> bool:
    """Whether pyHanko reads the file, and finds that its signature covers all of it and holds."""
    try:
        [signature] = PdfFileReader(io.BytesIO(document)).embedded_signatures
        trust = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        found = validate_pdf_signature(signature, trust)
        return found.intact and found.valid and found.coverage.name == "ENTIRE_FILE"
    except Exception:  # whatever a damaged file makes of its reader
        return False
