"""The page "Check a record": what it says, what it refuses, and that it keeps nothing."""

import hashlib
import html
import logging
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.check_record import uploads
from decisions.check_record.keys import check_published_keys
from decisions.records import reference
from infoshare.ledger.keys import PUBLIC
from tests.infoshare.verifier.conftest import FIXTURES
from tests.infoshare.verifier.ledger import Ledger, Signer

PROOF = (FIXTURES / "proof.json").read_bytes()
ADDRESS = "/check/"


def publish(folder: Path, text: str) -> None:
    """Have this be all that stands in the file of verifier keys."""
    (folder / "keys").mkdir(exist_ok=True)
    (folder / "keys" / PUBLIC).write_text(text, encoding="utf-8")


@pytest.fixture
def client(db: None, settings: Any, tmp_path: Path) -> Client:
    settings.LEDGER_FOLDER = tmp_path
    publish(tmp_path, Signer().verifier_key)
    return Client()  # anybody


def send(client: Client, data: bytes, name: str = "proof.json", query: str = "") -> str:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    reply = client.post(ADDRESS + query, {"file": file})
    assert reply.status_code == 200
    return html.unescape(reply.content.decode())


def test_it_says_what_was_checked_what_that_shows_and_what_not(client: Client) -> None:
    said = send(client, PROOF)
    assert "Proven: what is in this proof file is what was entered in the ledger." in said
    for title in ("What was checked", "What this shows", "What this does not show"):
        assert f"{title}</h3>" in said
    assert "What is wrong" not in said
    assert "It does not show that what is written in the record is true." in said


def test_a_changed_file_is_called_wrong_and_nothing_is_said_of_what_it_shows(
    client: Client,
) -> None:
    said = send(client, PROOF.replace(b"T-1", b"T-2"), "changed <b>.json")
    assert "Something is wrong with this proof file." in said
    assert "Step 3, the leaf: the record is not the one that was sealed" in said
    assert "What this shows" not in said
    assert "changed <b>.json" in said and "<b>.json" not in said.replace("changed <b>", "")


def test_without_a_published_key_nothing_is_proven(client: Client, tmp_path: Path) -> None:
    publish(tmp_path, "")
    assert "This server has not published a verifier key yet." in send(client, PROOF)
    assert "Not proven" in send(client, PROOF)
    publish(tmp_path, "damaged")
    assert "Not proven" in send(client, PROOF)
    [error] = check_published_keys()
    assert "verifier-keys.txt: a key is one line" in error.msg


def test_what_cannot_be_checked_is_said_beside_the_field(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = client.post(ADDRESS, {})
    assert b"Choose the PDF or the proof file" in reply.content
    assert b'href="#id_file"' in reply.content
    assert "This file is empty" in send(client, b"")
    assert "This is neither a PDF nor a proof file." in send(client, b"hello", "notes.txt")
    mine = reference.new()
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    monkeypatch.setattr(uploads, "AROUND_THE_FILE", 1000)
    said = send(client, bytes(2000), query=f"?reference={mine}")
    assert "This file is larger than 10 MB." in said and "govuk-file-upload--error" in said
    assert mine in said


def test_a_reference_is_held_against_the_file(client: Client) -> None:
    ledger, mine, record = Ledger(), reference.new(), "11111111-1111-4111-8111-111111111111"
    ledger.seal_as(record, {"context": {"record": record, "reference": mine}})
    proof = rfc8785.dumps(ledger.proof(record))
    typed = mine.lower().replace("-", " ")
    said = html.unescape(client.get(ADDRESS, {"reference": typed}).content.decode())
    assert f'action="/check/?reference={mine}"' in said
    assert f"has the reference that you gave: {mine}" in send(
        client, proof, query=f"?reference={mine}"
    )
    said = send(client, proof, query=f"?reference={reference.new()}")
    assert "This is not the record that you asked about." in said
    said = html.unescape(client.get(ADDRESS, {"reference": "K7MX\0"}).content.decode())
    assert "There is a problem" in said and "K7MX\ufffd" in said


def test_nothing_that_was_sent_is_kept_or_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        send(client, PROOF, "a-name-to-look-for.json")
    written = [
        q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert not [sql for sql in written if "infoshare_cache" not in sql]  # how often who asked
    assert "a-name-to-look-for" not in caplog.text + str(asked.captured_queries)


def test_it_needs_the_forms_token_and_no_account(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("proof.json", PROOF)
    assert strict.post(ADDRESS, {"file": file}).status_code == 403
    page = client.get(ADDRESS).content.decode()
    assert "You need no account." in page and "Sign out" not in page


def test_who_sends_too_many_is_asked_to_wait_and_others_are_not(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"check_record": "2/10m/ip"}
    given = {"REMOTE_ADDR": "203.0.113.7"}
    file = SimpleUploadedFile("proof.json", PROOF)
    for status in (200, 200, 429):
        file.seek(0)
        reply = client.post(ADDRESS + "?reference=", {"file": file}, **given)
        assert reply.status_code == status
    text = html.unescape(reply.content.decode())
    assert "Wait 10 minutes" in text and "govuk-file-upload--error" in text
    assert "Proven" not in text
    assert client.get(ADDRESS, **given).status_code == 200
    assert "Proven" in send(client, PROOF)


def test_a_broken_upload_is_an_error_page_and_no_crash(client: Client) -> None:
    for body in (b"", b"--x\r\n", b"nothing"):
        reply = client.post(ADDRESS, body, content_type="multipart/form-data; boundary=x")
        assert reply.status_code in {200, 400}
    reply = client.post(ADDRESS, body, content_type="multipart/form-data")
    assert reply.status_code == 400


def test_the_program_is_handed_out_with_its_hash(client: Client) -> None:
    reply = client.get(reverse("decisions:verifier-file"))
    assert reply["Content-Disposition"] == 'attachment; filename="infoshare_verify.py"'
    assert hashlib.sha256(reply.content).hexdigest() in client.get(ADDRESS).content.decode()
