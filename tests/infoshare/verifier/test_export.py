"""A whole export: proven when it is whole, and whatever was done to it is named."""

import hashlib
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785

from infoshare.verifier import infoshare_verify as verifier
from tests.infoshare.verifier.ledger import Ledger, Signer, list_files

PDF = b"%PDF-1.7 not really\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of a ledger with records, events, batches, documents and other files."""
    ledger, folder = Ledger(), tmp_path_factory.mktemp("export")
    ledger.enter("ledger-began", b"\x11" * 32)
    records = [ledger.seal() for _ in range(4)]
    files = {"README.txt": b"Read me\n", "infoshare_verify.py": b"# the program\n"}
    for number, record in enumerate(records):
        document = PDF + bytes([number])
        file_hash = hashlib.sha256(document).hexdigest()
        ledger.event(record, "document", "document", sha256=file_hash)
        files[f"documents/{record}.pdf"] = document
    files["documents/list.csv"] = b"a,b\n"
    file_hash = hashlib.sha256(files["documents/list.csv"]).hexdigest()
    ledger.event(records[0], "exported", "exported", sha256=file_hash, what="list")
    ledger.viewed(records)
    for record in records[1:3]:
        ledger.event(record, "shared")
    ledger.export(folder, sizes=[1, 5, 8], files=files)
    return folder


def check(path: Path, trust: verifier.Trust) -> verifier.Report:
    return verifier.check_path(path, trust, verifier.Known())


@pytest.fixture
def export(whole: Path, tmp_path: Path) -> Path:
    """A copy to do something to."""
    return Path(shutil.copytree(whole, tmp_path / "export"))


def test_a_whole_one_is_proven(whole: Path, trust: verifier.Trust) -> None:
    report = check(whole, trust)
    assert (report.result, report.wrong, report.unclear) == ("proven", [], [])
    assert "Leaves that were hashed in order: 13." in report.checked
    assert "Checkpoints that the leaves were held against: 4." in report.checked
    assert "Proof files of records that hold: 4." in report.checked
    assert "Documents that were looked up in the ledger: 5." in report.checked
    unsigned = check(whole, verifier.Trust())
    assert (unsigned.result, unsigned.wrong) == ("unclear", [])


@pytest.mark.parametrize("top", ["", "export-2026/"])
def test_a_zip_file_of_it_is_proven_too(
    whole: Path, trust: verifier.Trust, tmp_path: Path, top: str
) -> None:
    file = pack(whole, tmp_path / "export.zip", top)
    assert check(file, trust).result == "proven"
    with zipfile.ZipFile(tmp_path / "less.zip", "w") as less:
        less.write(whole / "manifest.json", "manifest.json")
    assert "ledger.leaves: it is missing" in " ".join(check(tmp_path / "less.zip", trust).wrong)
    data = bytearray(file.read_bytes())
    data[data.index(b"ledger.leaves") + 60] ^= 1
    file.write_bytes(data)
    report = check(file, trust)
    assert report.result != "proven" and "ledger.leaves" in " ".join(report.wrong)


def pack(folder: Path, file: Path, top: str = "") -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in sorted(folder.rglob("*")):
            packed.write(one, top + one.relative_to(folder).as_posix())
    return file


def paths(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def test_200_random_manipulations_are_all_named(whole: Path, trust: verifier.Trust) -> None:
    kept = {name: (whole / name).read_bytes() for name in paths(whole)}
    chance = random.Random(5)
    for _ in range(200):
        changes = manipulate(dict(kept), chance)
        name, files = changes
        found = verifier.Report("x", "this export")
        try:
            verifier.Export(Held(files), trust, found, None, lambda said: None).check()
        except (verifier.Wrong, verifier.Unclear) as error:
            found.wrong.append(str(error))
        assert found.wrong and name in " ".join(found.wrong), (name, found.wrong)


class Held:
    """An export in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def names(self) -> list[str]:
        return list(self.files)

    def open(self, name: str):  # type: ignore[no-untyped-def]
        import io

        if name not in self.files:
            raise FileNotFoundError(name)
        return io.BytesIO(self.files[name])


def manipulate(files: dict[str, bytes], chance: random.Random) -> tuple[str, dict[str, bytes]]:
    """One manipulation by somebody who may write the manifest anew; gives what has to be named."""
    covered = [name for name in sorted(files) if name.startswith(("rec", "doc", "led", "check"))]
    name, other = chance.choice(covered), chance.choice(sorted(files))
    what = chance.choice(["flip", "cut", "drop", "add", "swap lines", "drop line", "twice", "old"])
    data = bytearray(files[name])
    if what == "flip":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        files[name] = bytes(data)
    elif what == "cut":
        files[name] = bytes(data[: chance.randrange(len(data))])
    elif what == "drop":
        name = chance.choice([one for one in covered if not one.startswith(("doc", "check"))])
        del files[name]
    elif what == "add":
        name = f"documents/{chance.randrange(10**6)}.pdf"
        files[name] = PDF + name.encode()
    elif what == "old":  # without writing the manifest anew
        files[other] += b" "
        return other, files
    else:
        name = "ledger.leaves"
        lines = files[name].splitlines(keepends=True)
        one, two = chance.sample(range(len(lines)), 2)
        if what == "swap lines":
            lines[one], lines[two] = lines[two], lines[one]
        elif what == "drop line":
            del lines[one]
        else:
            lines.insert(one, lines[two])
        files[name] = b"".join(lines)
    listed = {n: hashlib.sha256(d).hexdigest() for n, d in files.items() if n != "manifest.json"}
    files["manifest.json"] = rfc8785.dumps({"files": listed, "format": "infoshare-export/1"})
    return name, files


Change = Callable[[Path], None]


def added(folder: Path) -> None:
    (folder / "more.txt").write_text("x")


def linked(folder: Path) -> None:
    (folder / "README.txt").unlink()
    (folder / "README.txt").symlink_to("/etc/hostname")


def renamed(folder: Path) -> None:
    one, two = sorted((folder / "records").iterdir())[:2]
    one.write_bytes(two.read_bytes())
    list_files(folder)


def no_checkpoints(folder: Path) -> None:
    shutil.rmtree(folder / "checkpoints")
    list_files(folder)


def one_leaf_more(folder: Path) -> None:
    last = (folder / "ledger.leaves").read_text().splitlines()[-1]
    more = last.replace('"seq":12', '"seq":13').replace('"revision":3', '"revision":4')
    with (folder / "ledger.leaves").open("a") as file:
        file.write(more + "\n")
    list_files(folder)


def misnamed_checkpoint(folder: Path) -> None:
    (folder / "checkpoints" / "5").rename(folder / "checkpoints" / "6")
    list_files(folder)


def document_of_another(folder: Path) -> None:
    one, two = sorted((folder / "documents").glob("*.pdf"))[:2]
    one.write_bytes(two.read_bytes())
    list_files(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (added, "more.txt: it was added"),
        (linked, "README.txt: it is damaged or no plain file"),
        (renamed, "named after another record"),
        (no_checkpoints, "there is no checkpoint in the export"),
        (one_leaf_more, "1 more leaves than the newest checkpoint"),
        (misnamed_checkpoint, "checkpoints/6: it is named after another size"),
        (document_of_another, "no entry in the ledger names this file for its record"),
    ],
)
def test_what_was_done_is_said(
    export: Path, trust: verifier.Trust, change: Change, said: str
) -> None:
    change(export)
    report = check(export, trust)
    assert report.result == "wrong" and said in " ".join(report.wrong), report.wrong


def test_a_ledger_written_anew_by_somebody_else_is_found(
    tmp_path: Path, trust: verifier.Trust
) -> None:
    ledger = Ledger(Signer(bytes(32)))
    ledger.seal()
    ledger.export(tmp_path, files={})
    report = check(tmp_path, trust)
    assert "none of the verifier keys" in report.wrong[0]
    own = verifier.Trust([verifier.read_key(Signer(bytes(32)).verifier_key)])
    assert check(tmp_path, own).result == "proven"


def test_two_histories_of_one_ledger_are_found(tmp_path: Path, trust: verifier.Trust) -> None:
    ledger = Ledger()
    record = ledger.seal()
    other = Ledger()
    other.enter("role-changed", bytes(32))
    proof = ledger.proof(record)
    proof["checkpoint"] = other.note()
    ledger.export(tmp_path, files={"checkpoints/1": other.note().encode()})
    assert "two checkpoints of the same size differ" in " ".join(check(tmp_path, trust).wrong)


def test_a_signed_ledger_that_cannot_be_is_refused(tmp_path: Path, trust: verifier.Trust) -> None:
    """Its own signer may not go back in time, or leave an entry about a record out."""
    back = Ledger()
    back.enter("role-changed", bytes(32), time="2026-11-22T09:00:00.000001Z")
    back.enter("role-changed", bytes(32), time="2026-11-22T09:00:00.000000Z")
    back.export(tmp_path / "back", files={})
    report = check(tmp_path / "back", trust)
    assert "the leaf at place 1: it was entered at an earlier time" in report.wrong[0]
    gap = Ledger()
    record = gap.seal()
    gap.revisions[record] += 1
    gap.event(record, "shared")
    gap.export(tmp_path / "gap", files={})
    report = check(tmp_path / "gap", trust)
    assert "the leaf at place 1: it is entry 3 about its record, but 2" in report.wrong[0]


def test_proof_files_of_another_time_or_ledger_are_refused(
    tmp_path: Path, trust: verifier.Trust
) -> None:
    ledger = Ledger()
    record = ledger.seal()
    ledger.export(tmp_path, files={})
    ledger.enter("role-changed", bytes(32))
    name = f"records/{record}.json"
    (tmp_path / name).write_bytes(rfc8785.dumps(ledger.proof(record)))
    list_files(tmp_path)
    assert f"{name} has a checkpoint newer than" in " ".join(check(tmp_path, trust).wrong)
    other = Signer(name="other.example/ledger")
    ledger.origin, ledger.signers = other.name, (other,)
    (tmp_path / name).write_bytes(rfc8785.dumps(ledger.proof(record)))
    list_files(tmp_path)
    both = verifier.Trust([verifier.read_key(one.verifier_key) for one in (Signer(), other)])
    assert "of another ledger than those before" in " ".join(check(tmp_path, both).wrong)


def test_a_disposed_record_needs_no_proof_file(tmp_path: Path, trust: verifier.Trust) -> None:
    ledger = Ledger()
    record = ledger.seal()
    ledger.event(record, "disposed", "disposed")
    ledger.export(tmp_path, files={})
    (tmp_path / f"records/{record}.json").unlink()
    list_files(tmp_path)
    assert check(tmp_path, trust).result == "proven"


def test_a_file_beside_its_export_is_held_against_it(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, other = sorted((whole / "documents").glob("*.pdf"))[0], tmp_path / "other.pdf"
    other.write_bytes(document.read_bytes() + b" ")
    key, table = ["--key", Signer().verifier_key], whole / "documents" / "list.csv"
    assert verifier.main([str(document), str(table), str(whole), *key]) == 0
    said = capsys.readouterr().out
    assert said.count("This very file, with every page and word in it") == 2
    assert verifier.main([str(other), str(whole), *key]) == 2
    assert verifier.main([str(document), str(whole)]) == 2


@pytest.mark.parametrize("data", [b"PK", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(200)])
def test_a_broken_zip_file_is_not_understood(
    tmp_path: Path, trust: verifier.Trust, data: bytes
) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    assert check(tmp_path / "x.zip", trust).result == "unclear"
