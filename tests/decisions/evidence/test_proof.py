"""A record's proof file, in the form that the verifier reads, and in the PDF."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from decisions.copies import copy_of
from decisions.evidence.checking import check_everything
from decisions.evidence.proof import NoProofYetError, proof_file
from decisions.kept_pdf import making
from decisions.records.models import Event, Record
from infoshare.ledger import checkpoints, keys, merkle, notes
from tests.decisions.walk import Walk

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
    assert check_everything().findings == ()


def test_nothing_keeps_a_pdf_from_its_readers(record: Record) -> None:
    make_key()
    for key in (checkpoints.folder() / "keys").glob("*.key"):
        key.chmod(0o644)  # others could read it, so it signs nothing
    kept = making.make_pdf(record.pk)
    assert set(attachments(bytes(kept.body))) == {"record.json"}
