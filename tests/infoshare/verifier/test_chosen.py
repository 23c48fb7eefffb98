"""An export of chosen records: proven as what it is, and whatever was done to it is named."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import rfc8785

from decisions.export.manifest import manifest, replaced
from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Ledger
from tests.infoshare.verifier.test_worked_example import DOCUMENT

PDF = b"%PDF-1.7 not really\n"
CHOSEN = "Sealed in March 2026; a sample of 2 of 3, seed 7"


def listed(folder: Path, records: list[str], entries: int, **other: Any) -> None:
    """Write the manifest of a folder with the product's own writer."""
    files = {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file() and one.name != "manifest.json"
    }
    known: dict[str, Any] = {"chosen": CHOSEN, "entries": entries, **other}
    ids = [UUID(one) for one in records]
    (folder / "manifest.json").write_bytes(manifest(files=files, records=ids, **known))


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of three records: one with its PDF, one with the people withheld and replaced."""
    ledger, folder = Ledger(), tmp_path_factory.mktemp("chosen")
    people = {"people": {"practitioner": {"name": "Canary"}}}
    one, two = sorted(ledger.seal(people) for _ in range(2))
    ledger.seal()
    ledger.event(one, "document", "document", sha256=hashlib.sha256(PDF).hexdigest())
    ledger.event(two, "shared")
    proofs = {one: ledger.proof(one), two: ledger.proof(two, without=["people"])}
    pseudonyms = {"people": {"practitioner": {"name": "Practitioner 1"}}}
    write(
        folder,
        {
            **{f"records/{name}.json": rfc8785.dumps(proof) for name, proof in proofs.items()},
            f"documents/{one}.pdf": PDF,
            f"replaced/{two}.json": replaced(record=UUID(two), sections=pseudonyms),
            f"checkpoints/{len(ledger.leaves)}": ledger.note().encode(),
            "register.csv": b"a,b\n",
        },
    )
    listed(folder, [one, two], entries=4)
    return folder


def check(path: Path, trust: verifier.Trust) -> verifier.Report:
    return verifier.check_path(path, trust, verifier.Known())


def records(folder: Path) -> list[str]:
    return sorted(one.stem for one in (folder / "records").iterdir())


def test_it_says_that_these_are_unaltered_and_not_that_there_are_no_others(
    whole: Path, trust: verifier.Trust
) -> None:
    report = check(whole, trust)
    assert (report.result, report.wrong, report.unclear) == ("proven", [], [])
    assert b"Canary" not in (whole / f"records/{records(whole)[1]}.json").read_bytes()
    shows, not_shown = " ".join(report.shows), " ".join(report.not_shown)
    assert "Each of the 2 records" in shows and "unaltered" in shows
    assert "everything on the manifest’s list is here, 2 records and 6 files" in " ".join(
        report.shows
    )
    assert "does not show that others do not exist" in not_shown and CHOSEN in not_shown
    assert "below replaced/" in not_shown
    assert "whole and as it was signed" not in shows
    checked = " ".join(report.checked)
    assert "left out of records: people (of 1)." in checked
    manifest_hash = hashlib.sha256((whole / "manifest.json").read_bytes()).hexdigest()
    assert f"SHA-256 of manifest.json: {manifest_hash}" in report.checked
    unsigned = check(whole, verifier.Trust())
    assert unsigned.result == "unclear" and CHOSEN in " ".join(unsigned.not_shown)


def anew(folder: Path, **changed: Any) -> None:
    """The manifest with other values, and the files' hashes as they are now."""
    said = json.loads((folder / "manifest.json").read_bytes())
    files = {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file() and one.name != "manifest.json"
    }
    (folder / "manifest.json").write_bytes(rfc8785.dumps({**said, "files": files, **changed}))


def a_record_gone(folder: Path) -> None:
    (folder / "records" / f"{records(folder)[0]}.json").unlink()


def a_record_gone_and_the_files_listed_anew(folder: Path) -> None:
    a_record_gone(folder)
    (gone,) = (folder / "documents").iterdir()
    gone.unlink()
    anew(folder)


def a_file_added(folder: Path) -> None:
    write(folder, {"more.csv": b"x"})


def a_table_changed(folder: Path) -> None:
    write(folder, {"register.csv": b"a,c\n"})


def a_record_not_on_the_list(folder: Path) -> None:
    anew(folder, records=records(folder)[1:])


def a_readable_section_replaced(folder: Path) -> None:
    one = records(folder)[0]
    said = {"people": {"practitioner": {"name": "Somebody else"}}}
    write(folder, {f"replaced/{one}.json": replaced(record=UUID(one), sections=said)})
    anew(folder)


def a_section_changed(folder: Path) -> None:
    file = folder / "records" / f"{records(folder)[0]}.json"
    file.write_bytes(file.read_bytes().replace(b"Canary", b"canary"))
    anew(folder)


def another_checkpoint(folder: Path) -> None:
    other = Ledger()
    write(folder, {"checkpoints/0": other.note().encode()})
    anew(folder)


def counted_wrong(folder: Path) -> None:
    anew(folder, counts={"documents": 1, "entries": 5, "records": 2})


def called_complete(folder: Path) -> None:
    anew(folder, complete=True)


CHANGES: list[tuple[Callable[[Path], None], str]] = [
    (a_record_gone, "it is missing; the manifest lists it"),
    (a_record_gone_and_the_files_listed_anew, "it is missing; the manifest lists its record"),
    (a_file_added, "more.csv: it was added"),
    (a_table_changed, "register.csv: it was changed"),
    (a_record_not_on_the_list, "the manifest does not list its record"),
    (a_readable_section_replaced, "proof file does not withhold “people”"),
    (a_section_changed, "the record is not the one that was sealed"),
    (another_checkpoint, "is not the one that the export has"),
    (counted_wrong, "manifest.json: it counts 5 entries, and here are 4"),
    (called_complete, "ledger.leaves: it is missing"),
]


@pytest.mark.parametrize(("change", "said"), CHANGES)
def test_what_was_done_is_named(
    whole: Path, tmp_path: Path, trust: verifier.Trust, change: Callable[[Path], None], said: str
) -> None:
    export = Path(shutil.copytree(whole, tmp_path / "export"))
    change(export)
    report = check(export, trust)
    assert report.result == "wrong" and said in " ".join(report.wrong), report.wrong


def test_a_whole_ledger_may_have_the_newer_manifest(tmp_path: Path, trust: verifier.Trust) -> None:
    ledger = Ledger()
    record = ledger.seal()
    ledger.event(record, "shared")
    ledger.export(tmp_path, files={})
    listed(tmp_path, [record], entries=2, is_complete=True)
    report = check(tmp_path, trust)
    assert report.result == "proven" and "whole and as it was signed" in " ".join(report.shows)
    proof = (tmp_path / f"records/{record}.json").unlink()
    assert proof is None
    anew(tmp_path, records=[], counts={"documents": 0, "entries": 0, "records": 0})
    assert "the ledger has entries about the record" in " ".join(check(tmp_path, trust).wrong)


def test_the_kept_export_of_version_2_is_proven_for_ever(trust: verifier.Trust) -> None:
    """The worked example of docs/ledger-format.md. Never change these files."""
    report = check(FIXTURES.parent / "v2", trust)
    assert (report.result, report.wrong, report.unclear) == ("proven", [], [])
    said = (FIXTURES.parent / "v2" / "manifest.json").read_text(encoding="utf-8")
    assert said in DOCUMENT.read_text(encoding="utf-8")


FORMS: list[tuple[dict[str, Any], str, str]] = [
    ({"format": "infoshare-export/3"}, "unclear", "format is not known"),
    ({"records": ["x"]}, "wrong", "not a list of UUIDs"),
    ({"records": []}, "wrong", "lists no record"),
    ({"chosen": ""}, "wrong", "how it was chosen"),
    ({"complete": 1}, "wrong", "how it was chosen"),
    ({"counts": {"records": 2}}, "wrong", "has no “documents”"),
    ({"more": 1}, "wrong", "has a key that the format does not know"),
]


def test_a_manifest_of_another_form_is_refused(
    whole: Path, tmp_path: Path, trust: verifier.Trust
) -> None:
    export = Path(shutil.copytree(whole, tmp_path / "export"))
    kept = (export / "manifest.json").read_bytes()
    for changed, result, said in FORMS:
        anew(export, **changed)
        report = check(export, trust)
        assert report.result == result and said in " ".join(report.wrong + report.unclear), report
        (export / "manifest.json").write_bytes(kept)
    ids = records(export)
    anew(export, records=[*ids, ids[0]])
    assert "one of them stands twice" in " ".join(check(export, trust).wrong)


def test_the_writer_refuses_what_no_verifier_would_take() -> None:
    one = UUID(int=1)
    files = {f"records/{one}.json": "0" * 64}
    good: dict[str, Any] = {"files": files, "records": [one], "chosen": "All", "entries": 1}
    assert json.loads(manifest(**good))["complete"] is False
    for changed in (
        {"chosen": ""},
        {"records": []},
        {"records": [one, one]},
        {"files": {**files, "manifest.json": "0" * 64}},
        {"files": {**files, "a": "x"}},
        {"files": {**files, f"records/{UUID(int=2)}.json": "0" * 64}},
        {"is_complete": True},
    ):
        with pytest.raises(ValueError):
            manifest(**{**good, **changed})
