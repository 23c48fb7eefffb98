"""A record's proof file, in the form that the verifier reads, and in the PDF."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from decisions.copies import copy_of
from decisions.evidence.checking import check_everything
from decisions.evidence.proof import NoProofYetError, proof_file
from decisions.kept_pdf import making
from decisions.records.models import Event, Record
from infoshare.ledger import checkpoints, keys, merkle, notes
from infoshare.people.models import User
from infoshare.verifier import infoshare_verify
from tests.cast import Cast
from tests.decisions.evidence import world
from tests.decisions.walk import Walk

VERIFIER = Path(infoshare_verify.__file__)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(walk: Walk, tmp_path: Path, settings: Any) -> Record:
    """A sealed record, and a folder for keys without any yet."""
    settings.LEDGER_FOLDER = tmp_path
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


def make_key() -> None:
    keys.create(checkpoints.folder() / "keys", "a.example/ledger")


def attachments(document: bytes) -> dict[str, bytes]:
    return {name: data[0] for name, data in PdfReader(io.BytesIO(document)).attachments.items()}


def test_it_leads_from_the_record_to_a_signed_checkpoint(record: Record) -> None:
    with pytest.raises(NoProofYetError):
        proof_file(record)
    make_key()
    checkpoints.seal()
    proof = json.loads(proof_file(record))
    checkpoint = notes.read(proof["checkpoint"], checkpoints.verifier_keys())
    path = [base64.b64decode(one) for one in proof["inclusion"]]
    leaf = merkle.leaf_hash(proof["leaf"].encode())
    assert merkle.includes(proof["index"], checkpoint.size, leaf, path, checkpoint.root)
    assert json.loads(proof["leaf"])["commitment"] == record.commitment
    body = copy_of(bytes(record.snapshot.body)).body
    assert body in proof_file(record)


def test_the_pdf_carries_it_and_its_own_hash_has_a_leaf(record: Record) -> None:
    make_key()
    kept = making.make_pdf(record.pk)
    found = attachments(bytes(kept.body))
    assert found["proof.json"] == proof_file(record)
    event = record.events.get(kind=Event.DOCUMENT)
    assert event.details == {"sha256": kept.sha256, "what": "record"}
    assert event.who == "InfoShare"
    world.state_found_rows()
    assert check_everything().findings == ()


def test_nothing_keeps_a_pdf_from_its_readers(record: Record) -> None:
    make_key()
    for key in (checkpoints.folder() / "keys").glob("*.key"):
        key.chmod(0o644)  # others could read it, so it signs nothing
    kept = making.make_pdf(record.pk)
    assert set(attachments(bytes(kept.body))) == {"record.json"}


def checked(file: Path, key_file: Path) -> tuple[int, dict[str, Any]]:
    """How the verifier ends and what it says, in a process without Django or any of ours."""
    ended = subprocess.run(
        [sys.executable, "-I", VERIFIER, str(file), "--key-file", str(key_file), "--json"],
        capture_output=True, text=True, cwd=file.parent, timeout=120,
    )  # fmt: skip
    return ended.returncode, json.loads(ended.stdout)


def test_the_verifier_proves_what_was_sealed_and_finds_a_change(
    record: Record, tmp_path: Path
) -> None:
    make_key()
    kept = making.make_pdf(record.pk)
    public = checkpoints.folder() / "keys" / keys.PUBLIC
    pdf, proof = tmp_path / "record.pdf", tmp_path / "proof.json"
    pdf.write_bytes(bytes(kept.body))
    proof.write_bytes(proof_file(record))
    for file in (pdf, proof):
        status, said = checked(file, public)
        assert status == 0, said
    proof.write_bytes(proof_file(record).replace(b'"decision":"share"', b'"decision":"Share"'))
    status, said = checked(proof, public)
    assert status == 1, said


def test_it_can_be_taken_by_its_readers_and_is_noted(
    record: Record, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    address = f"/records/{record.pk}/proof.json"
    mine = signed_in(cast.priya)
    early = mine.get(address)
    assert early.status_code == 404 and b"There is no proof of this record yet" in early.content
    make_key()
    checkpoints.seal()
    taken = mine.get(address)
    assert taken.content == proof_file(record)
    assert record.events.get(kind=Event.EXPORTED).details["what"] == "proof"
    foreign = signed_in(cast.olu).get(address)
    assert foreign.status_code == 404 and b"no proof" not in foreign.content
