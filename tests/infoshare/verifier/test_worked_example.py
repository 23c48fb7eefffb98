"""Version 1, for ever: the worked example of docs/ledger-format.md. Never change these files."""

import re
from pathlib import Path

import rfc8785

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Signer

PROOF = (FIXTURES / "proof.json").read_bytes()
DOCUMENT = Path(__file__).parents[3] / "docs" / "ledger-format.md"


def test_it_is_proven_and_says_what_of_it(trust: verifier.Trust) -> None:
    report = verifier.check_bytes(PROOF, "proof.json", trust)
    assert (report.result, report.wrong, report.unclear) == ("proven", [], [])
    assert len(report.checked) == 7
    assert "Sections that can be read: context." in report.shows
    assert any("left out of this copy: decision." in line for line in report.shows)
    assert "Later: exported, at 2026-11-22T10:00:00.000000Z (entry 2)." in report.shows
    assert report.record == "6d1f0a3c-2f8e-4b57-9d0c-0a1b2c3d4e5f"


def test_every_number_of_the_example_is_found_again() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    record = verifier.read_json((FIXTURES / "record.json").read_bytes())
    assert f"commitment                {verifier.read_record(record).commitment}" in said
    tree = verifier.Growing()
    for number, line in enumerate((FIXTURES / "ledger.leaves").read_bytes().splitlines()):
        assert verifier.read_leaf(line.decode()).seq == number
        assert f"leaf hash {number}               {verifier.leaf_hash(line).hex()}" in said
        tree.append(line)
        if number:
            assert f"root of {number + 1} leaves          {tree.root().hex()}" in said


def test_the_kept_files_and_the_document_say_the_same() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    for name in ("proof.json", "record.json", "ledger.leaves", "verifier.key"):
        assert (FIXTURES / name).read_text(encoding="utf-8").rstrip("\n") in said
    assert re.search(r"\+AQOhB7/", Signer().verifier_key)
    assert Signer().verifier_key in (FIXTURES / "verifier.key").read_text()


def test_canonical_json_is_that_of_another_hand() -> None:
    odd = {
        "é": '\u2028\x7f\x1f\n"\\/',
        "\U0001f600": [True, None, -1],
        "\ufb33": {},
        "a": 2**53 - 1,
    }
    assert verifier.canonical(odd) == rfc8785.dumps(odd)
    assert verifier.read_json(rfc8785.dumps(odd)) == odd
