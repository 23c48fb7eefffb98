"""The file of an export: whole, pseudonymised, and proven by a process that has no Django."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.test import Client

from decisions.export import writing
from decisions.export.models import Export, Form
from decisions.export.writing import NothingProven, write_export
from decisions.kept_pdf import afterwards, making
from decisions.records.models import Record
from infoshare.ledger import checkpoints, keys
from infoshare.people.models import User
from infoshare.verifier import infoshare_verify as verifier
from tests.cast import Cast
from tests.decisions.evidence import world
from tests.decisions.export.made import plan
from tests.decisions.walk import RIGHT_WAY

VERIFIER = Path(verifier.__file__)
pytestmark = pytest.mark.django_db


@pytest.fixture
def records(
    cast: Cast, signed_in: Callable[[User], Client], tmp_path: Path, settings: Any
) -> list[Record]:
    """Three records with what happened to them; two have a PDF, one of these an addendum."""
    settings.LEDGER_FOLDER = tmp_path / "ledger"
    keys.create(checkpoints.folder() / "keys", "a.example/ledger")
    made = world.build(cast, signed_in)
    for one in made[:2]:
        making.make_pdf(one.pk)
    afterwards.make_afterwards(made[0].pk)
    return made


def written(export: Export, folder: Path) -> tuple[writing.Written, zipfile.ZipFile]:
    heard: list[int] = []
    to = folder / "export.zip"
    said = write_export(export, to, keep_going=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == export.total
    return said, zipfile.ZipFile(to)


def verify(path: Path) -> tuple[int, str]:
    """What the verifier says in a process of its own, which cannot import Django."""
    (key,) = checkpoints.verifier_keys()
    words = [sys.executable, "-I", VERIFIER, path, "--key", str(key)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


def table(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def sheet(file: zipfile.ZipFile) -> bytes:
    """The cells of the register as XLSX, which is packed."""
    with zipfile.ZipFile(io.BytesIO(file.read("register.xlsx"))) as book:
        return book.read("xl/worksheets/sheet1.xml")


def test_a_whole_export_is_proven_and_its_pdfs_are_those_that_are_kept(
    cast: Cast, records: list[Record], tmp_path: Path
) -> None:
    said, file = written(plan(cast, records), tmp_path)
    status, report = verify(tmp_path / "export.zip")
    assert status == 0, report
    assert "Each of the 3 records, and each document in the export, is unaltered" in report
    assert f"SHA-256 of manifest.json: {said.manifest_sha256}" in report
    assert (tmp_path / "export.zip").stat().st_mode & 0o777 == 0o600

    names = file.namelist()
    first = records[0]
    pdf = f"documents/{first.pk}-{first.reference}.pdf"
    assert file.read(pdf) == bytes(first.pdf.body)  # type: ignore[attr-defined]
    kept = first.kept_documents.get()
    assert file.read(pdf.replace(".pdf", "-afterwards.pdf")) == bytes(kept.body)
    assert sum(name.startswith("documents/") for name in names) == 3
    for one in records:
        proof = file.read(f"records/{one.pk}.json")
        assert proof == rfc8785.dumps(json.loads(proof))
        # Everything but views is told, so the numbers of the leaves have no gap.
        told = [json.loads(event["leaf"])["revision"] for event in json.loads(proof)["events"]]
        assert told == list(range(2, len(told) + 2))

    register, events = table(file.read("register.csv")), table(file.read("events.csv"))
    assert [row["Reference"] for row in register] == [one.reference for one in records]
    assert {row["By"] for row in register} == {cast.priya.name}
    assert all(one.reference.encode() in sheet(file) for one in records)
    read = [row for row in events if row["What"] == "The record was read."]
    assert {row["Who"] for row in read} >= {cast.priya.name, cast.maya.name}
    assert all(row["Entry in the ledger"] for row in events)
    readme = file.read("README.txt").decode()
    assert "The yearly audit" in readme
    assert max(map(len, readme.splitlines())) < 90


def test_a_pseudonymised_one_names_nobody_and_is_proven(
    cast: Cast, records: list[Record], tmp_path: Path
) -> None:
    _, file = written(plan(cast, records, Form.PSEUDONYMISED), tmp_path)
    status, report = verify(tmp_path / "export.zip")
    assert status == 0, report
    everything = b"".join(map(file.read, file.namelist())) + sheet(file)
    assert not any(name.startswith("documents/") for name in file.namelist())
    named = [cast.priya.name, cast.maya.name, cast.ada.name, RIGHT_WAY["recipient"]]
    for name in [*named, "Housing officer", str(cast.priya.pk), records[0].snapshot.case_reference]:
        assert name.encode() not in everything

    register, events = table(file.read("register.csv")), table(file.read("events.csv"))
    (priya,) = {row["By"] for row in register}
    (recipient,) = {row["Shared with"] for row in register}
    sealed = [row for row in events if row["What"] == "The decision was sealed."]
    assert {row["Who"] for row in sealed} == {priya}
    for one in records:
        said = json.loads(file.read(f"replaced/{one.pk}.json"))["sections"]
        assert said["people"]["practitioner"] == {"name": priya}
        assert said["sharing"]["recipient"] == recipient
    written(plan(cast, records, Form.PSEUDONYMISED), tmp_path)
    other = table(zipfile.ZipFile(tmp_path / "export.zip").read("register.csv"))
    assert {row["By"] for row in other} != {priya}


def test_without_a_key_nothing_is_written_as_if_it_were_proven(
    cast: Cast, records: list[Record], tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER_FOLDER = tmp_path / "elsewhere"
    with pytest.raises(NothingProven, match="no signing key"):
        write_export(plan(cast, records), tmp_path / "x.zip", keep_going=lambda count: None)
