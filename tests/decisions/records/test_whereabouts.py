"""What could show where somebody is: sealed apart, left out of copies, read by few."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from decisions import snapshot
from decisions.copies import copy_of
from decisions.documents.record_pdf import record_pdf
from decisions.evidence.checking import check_everything
from decisions.evidence.proof import proof_file
from decisions.records import whereabouts
from decisions.records.models import Event, Record
from decisions.wizard.drafts import save_step
from infoshare.ledger import checkpoints, keys
from infoshare.people.models import User
from infoshare.verifier import infoshare_verify as verifier
from tests.cast import Cast
from tests.decisions.documents import samples
from tests.decisions.evidence import world
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

SignIn = Callable[[User], Client]
PLAIN_ITEM = {"number": 1, "what": "Damp", "whose": "", "reveals": False, "shared": True}
SECRET = {"number": 2, "what": "Canary Street", "whose": "Canary", "reveals": True, "shared": True}
LISTED = {"1-what": "Damp", "2-what": "Canary Street", "2-whose": "Canary", "2-reveals": "on"}


def test_what_is_marked_stands_apart_and_comes_back_to_its_place() -> None:
    sharing = {"what": "Where Canary lives", "recipient": "Police", "items": [PLAIN_ITEM, SECRET]}
    sections = whereabouts.apart(sharing, ["what"])
    assert "Canary" not in str(sections["sharing"])
    assert sections["protected-whereabouts"] == {"what": sharing["what"], "items": [SECRET]}
    back = whereabouts.joined(sections)["sharing"]
    assert {name: back[name] for name in sharing} == sharing
    del sections["protected-whereabouts"]
    said = whereabouts.joined(sections)["sharing"]
    assert said["what"] == said["items"][1]["what"] == "Withheld: protected whereabouts."
    assert said["items"][0] == PLAIN_ITEM


def test_a_sharing_without_marks_and_an_old_record_are_as_they_were() -> None:
    plain = {"what": "x", "items": [PLAIN_ITEM]}
    assert whereabouts.apart(plain, ()) == {"sharing": plain}
    old = {"sharing": {"what": "x", "items": [SECRET]}}
    assert whereabouts.joined(old) == old
    without_items = whereabouts.joined({"sharing": {"what": "x"}})["sharing"]
    assert (without_items["what"], without_items["items"]) == ("x", [])


@pytest.fixture
def record(walk: Walk, tmp_path: Path, settings: Any) -> Record:
    """Sealed with an item, and with all that is shared, marked as what could show it."""
    settings.LEDGER_FOLDER = tmp_path
    keys.create(tmp_path / "keys", "a.example/ledger")
    walk.walk(PLAIN)
    told = {**RIGHT_WAY, "what": "Where Canary lives", "shield": "needed"}
    walk.save("right-way", told)
    saved = {"step": "items", "given": LISTED, "based_on": walk.revision()}
    save_step(draft_id=walk.draft.pk, person=walk.draft.owner, **saved)
    walk.post("decide", {"decision": "share", "dissent": "The school: too soon"}, go="seal")
    checkpoints.seal()
    return Record.objects.get()


@pytest.mark.django_db
def test_it_is_in_no_copy_and_the_copy_verifies(record: Record) -> None:
    body = bytes(record.snapshot.body)
    assert body.count(b"Canary") == 3
    reader = PdfReader(io.BytesIO(record_pdf(body, proof_file(record))))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Canary" not in said
    assert said.count("Withheld: protected whereabouts.") == 2
    assert "Who disagreed with the decision, and why: The school: too soon" in said
    for name in ("record.json", "proof.json"):
        assert b"Canary" not in reader.attachments[name][0]
    trust = verifier.Trust(
        map(verifier.read_key, (checkpoints.folder() / "keys" / keys.PUBLIC).read_text().split())
    )
    report = verifier.check_bytes(proof_file(record), "proof.json", trust)
    assert report.result == "proven", report
    assert "left out of this copy: protected-whereabouts." in " ".join(report.shows)


@pytest.mark.django_db
def test_its_practitioner_reads_it_and_others_that_it_is_withheld(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    address = reverse("decisions:record", args=[record.pk])
    mine = signed_in(cast.priya).get(address).content.decode()
    assert "Canary Street" in mine and "Where Canary lives" in mine
    assert "The school: too soon" in mine and "Only you read on this page" in mine
    for person, may in ((cast.maya, False), (cast.ada, True)):
        page = signed_in(person).get(address).content.decode()
        assert "Canary" not in page and "Only you read on this page" not in page
        assert page.count("Withheld: protected whereabouts.") == 2
        assert ("Take a full copy" in page) == may


@pytest.mark.django_db
def test_a_full_copy_needs_a_reason_is_marked_and_is_noted(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    address = reverse("decisions:full-copy", args=[record.pk])
    assert signed_in(cast.maya).get(address).status_code == 404
    auditor = signed_in(cast.ada)
    empty = auditor.post(address, {"reason": " "})
    assert b"Say why you need a full copy" in empty.content
    assert not record.events.filter(kind=Event.EXPORTED).exists()
    taken = auditor.post(address, {"reason": "A complaint"})
    reader = PdfReader(io.BytesIO(taken.content))
    mark = "Contains protected whereabouts. Do not pass on."
    assert all(mark in " ".join(page.extract_text().split()) for page in reader.pages)
    assert "Canary Street" in reader.pages[0].extract_text() + reader.pages[1].extract_text()
    assert reader.attachments["full-record.json"] == [bytes(record.snapshot.body)]
    assert "withheld" not in str(json.loads(reader.attachments["proof.json"][0])["record"])
    details = record.events.get(kind=Event.EXPORTED).details
    assert (details["what"], details["reason"]) == ("full", "A complaint")
    assert details["sha256"] == verifier.sha256(taken.content).hex()
    world.state_found_rows()
    assert check_everything().findings == ()
    page = signed_in(cast.priya).get(reverse("decisions:record", args=[record.pk]))
    assert "took a full copy" in page.content.decode() and "“A complaint”" in page.content.decode()


def test_a_full_copy_prints_legal_advice_too() -> None:
    entry = {"role": "Solicitor", "when": "2026-03-04T10:00:00.000000Z", "how": "phone"}
    entry |= {"title": "Purpose?", "advised": "Privileged", "is_legal": True, "anonymous": True}
    body = samples.seal({**samples.typical(), "legal-advice": {"entries": [entry]}})
    reader = PdfReader(io.BytesIO(record_pdf(body, without=())))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Legal advice. By phone" in said and "Privileged" in said
    assert "Contains privileged legal advice. Do not pass on." in said
    assert snapshot.commitment(body) == copy_of(body).commitment
