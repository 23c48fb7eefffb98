"""The addendum: made once for each state, signed, proven, and held against by the verifier."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions import jobs
from decisions.demo.seal import make_seal
from decisions.evidence.checking import check_everything
from decisions.kept_pdf import afterwards, making
from decisions.kept_pdf.models import KeptDocument
from decisions.records.events import add_event, note_viewed
from decisions.records.models import Event
from infoshare.ledger import checkpoints, keys
from infoshare.ledger.leaf import Type
from infoshare.verifier import infoshare_verify as verifier
from tests.decisions.afterwards.conftest import CONSENT, Added, Seal, ago
from tests.decisions.evidence import world

AGREED = {"sentence": "Your organisation supports this decision.", "facts": [["Note", "Well done"]]}


@pytest.fixture
def added(sealed: Seal, tmp_path: Path, settings: Any) -> Added:
    """A record with one later event, a ledger with a key, and a seal for PDFs."""
    settings.LEDGER_FOLDER = tmp_path
    keys.create(checkpoints.folder() / "keys", "a.example/ledger")
    made = sealed(CONSENT)
    made.add("consent-withdrawn", on=ago(1), words="No more", tell="School nurse")
    return made


def trust() -> verifier.Trust:
    return verifier.Trust([verifier.read_key(str(key)) for key in checkpoints.verifier_keys()])


def text(document: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(document))
    return " ".join("".join(page.extract_text() for page in reader.pages).split())


def test_it_is_made_once_until_more_happens_and_its_hash_has_a_leaf(added: Added) -> None:
    first = afterwards.make_afterwards(added.record.pk)
    note_viewed(record=added.record, person=added.record.owner)
    added.client.get(reverse("decisions:afterwards-pdf", args=[added.record.pk]))
    assert afterwards.make_afterwards(added.record.pk) == first
    add_event(
        record=added.record,
        kind="reviewed",
        person=None,
        details=AGREED,
        leaf=Type.REVIEWED,
    )
    second = afterwards.make_afterwards(added.record.pk)
    assert second != first
    assert "Your organisation supports this decision." in text(bytes(second.body))
    assert "Well done" in text(bytes(second.body))
    named = added.record.events.filter(kind=Event.DOCUMENT).order_by("pk")
    assert [one.details for one in named] == [
        {"sha256": one.sha256, "what": "afterwards"} for one in (first, second)
    ]
    world.state_found_rows()
    assert check_everything().findings == ()


def test_it_proves_each_event_and_says_what_that_does_not_show(
    added: Added, tmp_path: Path, settings: Any
) -> None:
    settings.PDF_SEAL_KEY_FILE = tmp_path / "seal.pem"
    settings.PDF_SEAL_CERTIFICATE_FILE = tmp_path / "seal.crt"
    make_seal(settings.PDF_SEAL_KEY_FILE, settings.PDF_SEAL_CERTIFICATE_FILE)
    record = added.record
    note_viewed(record=record, person=record.owner)
    original = making.make_pdf(record.pk)
    kept = afterwards.make_afterwards(record.pk)
    document = bytes(kept.body)
    [(name, proof)] = verifier.read_attachments(document)
    assert name == "proof.json" and b"OrganisationSeal" in document
    told = json.loads(proof)["events"]
    assert [one["content"]["kind"] for one in told] == ["consent-withdrawn", "document"]
    sections = json.loads(proof)["record"]["sections"]
    assert [one for one, held in sections.items() if "content" in held] == ["context"]
    report = verifier.check_bytes(document, "afterwards.pdf", trust())
    assert (report.result, report.reference) == ("proven", record.reference)
    entry = record.events.get(kind="consent-withdrawn").ledger_entry.leaf_id
    assert any(
        "Later: consent-withdrawn, at " in one and f"(entry {entry})" in one for one in report.shows
    )
    assert f"Entry {entry}, consent-withdrawn, words: No more" in report.told
    assert f"(entry {entry} of the ledger)" in text(document)
    assert verifier.NOT_ALL in report.not_shown
    assert original.sha256 in text(document)
    # Beside it, every page of the record's own PDF is proven.
    known = verifier.Known()
    for _ in range(2):
        again = verifier.check_bytes(document, "afterwards.pdf", trust(), known)
        beside = verifier.check_bytes(bytes(original.body), "record.pdf", trust(), known)
    assert beside.shows[0].startswith("This very file") and again.result == "proven"
    changed = bytes(original.body) + b"\n"
    assert (
        "its pages were changed"
        in verifier.check_bytes(changed, "record.pdf", trust(), known).wrong[0]
    )
    other = proof.replace(b"No more", b"No less")
    assert "another commitment" in verifier.check_bytes(other, "proof.json", trust()).wrong[0]


def test_the_first_reader_waits_for_the_worker_but_not_for_long(added: Added) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    address = reverse("decisions:afterwards-pdf", args=[added.record.pk])
    reply = added.client.get(address)
    assert reply.status_code == 303
    page = added.client.get(reply["Location"])
    assert page.status_code == 200 and b"The PDF is being made" in page.content
    [job] = ProcrastinateJob.objects.filter(task_name="make_afterwards").values_list(
        "args", flat=True
    )
    jobs.make_afterwards(**job)
    page = added.client.get(reply["Location"]).content.decode()
    assert "The PDF is ready" in page and f'href="{address}"' in page
    taken = added.client.get(address)
    assert taken.content == bytes(KeptDocument.objects.get().body)
    assert taken["Content-Disposition"].endswith('-afterwards.pdf"')


def test_without_a_key_it_is_made_all_the_same_and_says_that_it_proves_nothing(
    sealed: Seal, tmp_path: Path, settings: Any
) -> None:
    settings.LEDGER_FOLDER = tmp_path
    made = sealed(CONSENT)
    document = bytes(afterwards.make_afterwards(made.record.pk).body)
    assert [name for name, _ in verifier.read_attachments(document)] == ["afterwards.json"]
    assert "this document alone proves nothing" in text(document)
    assert verifier.check_bytes(document, "a.pdf", trust()).result == "unclear"
