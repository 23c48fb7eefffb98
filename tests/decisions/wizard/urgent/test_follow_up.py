"""The seven questions after acting first: a draft that points back and does not ask again."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.documents.record_pdf import record_html
from decisions.records.models import Event, Record
from decisions.wizard.drafts import Fixed, save_step
from decisions.wizard.models import Draft
from infoshare.ledger import checkpoints, keys
from infoshare.people.models import User
from infoshare.verifier import infoshare_verify as verifier
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.decisions.wizard.urgent.acting import acted, address, follow_up

LATER = {gate: answer for gate, answer in PLAIN.items() if gate != "urgent"}
STOP = "Do not share any more"


def button(record: Record) -> str:
    return reverse("decisions:follow-up", kwargs={"record_id": record.pk})


def page(walk: Walk, record: Record) -> str:
    return walk.client.get(f"/records/{record.pk}/").content.decode()


def answered(after: Walk, gates: dict[str, str]) -> None:
    for gate, answer in gates.items():
        after.save(gate, after.given(gate, answer))


@pytest.mark.parametrize(("edition", "first"), [("england-2026", "setting"), ("hmg-2008", "duty")])
def test_it_begins_after_the_urgent_question(walk: Walk, edition: str, first: str) -> None:
    before = begin(walk.client, walk.draft.owner, walk.draft.team, edition)
    record = acted(before)
    after = follow_up(before, record)
    assert after.held()["about"]["case_reference"] == "CASE-1"
    assert after.client.get(f"/drafts/{after.draft.pk}/")["Location"] == after.address(first)
    assert f"Already acted on in {record.reference}" in after.open(first).content.decode()
    assert after.open("urgent")["Location"] == after.address(first)


def test_it_is_sealed_with_what_it_follows_up(walk: Walk) -> None:
    record = acted(walk)
    after = follow_up(walk, record)
    answered(after, LATER)
    after.save("right-way", RIGHT_WAY)
    text = after.open("decide").content.decode()
    assert f"Already acted on in {record.reference}" in text
    assert "Nobody is thought to be at risk" not in text
    assert f"{after.address('urgent')}?return" not in text
    after.seal()
    second = Record.objects.get(draft=after.draft)
    body = bytes(second.snapshot.body)
    said = snapshot.read(body)
    assert said["context"]["acted_on"] == record.reference
    assert second.gate_answers == PLAIN
    words = f"Already acted on in {record.reference}"
    assert words in page(walk, second)
    assert f"/records/{record.pk}/" in page(walk, second)
    assert words in record_html(body)
    assert "Nobody is thought to be at risk" not in record_html(body)
    assert f"/records/{second.pk}/" in page(walk, record)
    assert button(record) not in page(walk, record)


def test_both_records_print_together_with_their_proofs_and_each_is_noted_as_taken(
    walk: Walk,
    cast: Cast,
    signed_in: Callable[[User], Client],
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.LEDGER_FOLDER = tmp_path
    keys.create(checkpoints.folder() / "keys", "a.example/ledger")
    record = acted(walk)
    alone = reverse("decisions:together-pdf", kwargs={"record_id": record.pk})
    assert walk.client.get(alone).status_code == 404
    assert alone not in page(walk, record)
    after = follow_up(walk, record)
    answered(after, LATER)
    after.save("right-way", RIGHT_WAY)
    after.seal()
    second = Record.objects.get(draft=after.draft)
    both = (record, second)
    other = reverse("decisions:together-pdf", kwargs={"record_id": second.pk})
    assert alone in page(walk, record) and other in page(walk, second)
    reply = walk.client.get(other)
    assert walk.client.get(alone).content == reply.content
    pdf = pypdf.PdfReader(io.BytesIO(reply.content), strict=True)
    assert set(pdf.attachments) == {
        f"{one.reference}{kind}.json" for one in both for kind in ("", "-proof")
    }
    trust = verifier.Trust([verifier.read_key(str(key)) for key in checkpoints.verifier_keys()])
    report = verifier.check_bytes(reply.content, "together.pdf", trust)
    assert (report.result, report.references) == ("proven", [one.reference for one in both])
    said = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]
    assert f"1 of 2 records printed together: {record.reference} and {second.reference}" in said[0]
    (began,) = [at for at, text in enumerate(said) if "2 of 2 records printed together" in text]
    assert "Made afterwards." in said[began]
    assert f"Confidential. Decision record {record.reference}" in said[began - 1]
    assert f"Confidential. Decision record {second.reference}" in said[began]
    details = {"sha256": hashlib.sha256(reply.content).hexdigest(), "what": "together"}
    for one in both:
        assert one.events.get(kind=Event.DOCUMENT).details == details
        assert [taken.details for taken in one.events.filter(kind=Event.EXPORTED)] == [details] * 2
    assert signed_in(cast.tom).get(other).status_code == 404


def test_no_word_that_the_urgent_draft_held_off_its_path_is_lost(walk: Walk) -> None:
    walk.walk(LATER, {"purpose": "To have the flat heated"})
    walk.save("consent", {"answer": "given", "reason": "canary"})
    after = follow_up(walk, acted(walk))
    held = after.held()
    assert held["purpose"]["reason"] == "To have the flat heated"
    assert held["urgent"]["answer"] == "no"
    assert not {"consent", "right-way", "decide"} & set(held)
    assert after.client.get(f"/drafts/{after.draft.pk}/")["Location"] == after.address("right-way")


def test_urgent_cannot_be_changed(walk: Walk) -> None:
    after = follow_up(walk, acted(walk))
    reply = after.post("urgent", {"answer": "yes", "reason": "Forged words"})
    assert reply.status_code == 409
    text = reply.content.decode()
    assert "in which you acted first" in text
    assert "Forged words" in text
    assert after.held()["urgent"]["answer"] == "no"
    with pytest.raises(Fixed):
        save_step(
            draft_id=after.draft.pk,
            person=after.draft.owner,
            step="urgent",
            given={"answer": "yes", "reason": ""},
            based_on=after.revision(),
        )


def test_at_risk_again_starts_a_new_urgent_draft_and_keeps_what_was_typed(walk: Walk) -> None:
    after = follow_up(walk, acted(walk))
    reply = after.post("setting", {"reason": "Half a sentence"}, go="urgent")
    assert reply["Location"] == address(after)
    assert after.held()["setting"]["reason"] == "Half a sentence"
    assert "call 999" in after.client.get(address(after)).content.decode()
    first = after.client.post(address(after))
    again = after.client.post(address(after))
    assert first["Location"] == again["Location"]
    new = Draft.objects.get(acted_on=None, record=None)
    assert first["Location"] == f"/drafts/{new.pk}/act-first/"
    assert new.answers["about"]["case_reference"] == "CASE-1"
    second = acted(Walk(walk.client, new))
    assert second.rule == "urgent"
    assert after.held()["urgent"]["answer"] == "no"


@pytest.mark.parametrize(
    ("gates", "decision"),
    [({"purpose": "no"}, "do-not-share"), ({"purpose": "no"}, "share"), ({}, "do-not-share")],
)
def test_when_it_does_not_end_in_sharing_it_says_stop(
    walk: Walk, gates: dict[str, str], decision: str
) -> None:
    after = follow_up(walk, acted(walk))
    answered(after, {**LATER, **gates})
    after.save("right-way", RIGHT_WAY)
    after.save("decide", {"decision": decision, "reason": "What came out since"})
    assert STOP in after.open("decide").content.decode()
    after.seal(decision, "What came out since")
    record = Record.objects.get(draft=after.draft)
    assert STOP in page(walk, record)
    assert "Nothing more is to be shared" in record_html(bytes(record.snapshot.body))


def test_when_it_ends_in_sharing_it_does_not(walk: Walk) -> None:
    after = follow_up(walk, acted(walk))
    answered(after, LATER)
    after.save("right-way", RIGHT_WAY)
    assert STOP not in after.open("decide").content.decode()
    after.seal()
    record = Record.objects.get(draft=after.draft)
    assert STOP not in page(walk, record)
    assert "Nothing more is to be shared" not in record_html(bytes(record.snapshot.body))


def test_a_record_that_is_not_urgent_has_none(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    assert button(record) not in page(walk, record)
    walk.client.get("/")
    reply = walk.client.post(button(record), follow=True)
    assert "it has nothing to follow up" in reply.content.decode()
    assert not Draft.objects.filter(acted_on=record).exists()


def test_of_somebody_else_it_is_not_there(
    walk: Walk, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    record = acted(walk)
    for who in ("tom", "maya", "ada", "olu"):
        assert signed_in(getattr(cast, who)).post(button(record)).status_code == 404
    assert button(record) not in signed_in(cast.maya).get(f"/records/{record.pk}/").content.decode()
    assert not Draft.objects.filter(acted_on=record).exists()


def test_once_more_leads_to_the_one_there_is(walk: Walk) -> None:
    record = acted(walk)
    after = follow_up(walk, record)
    assert walk.client.post(button(record))["Location"] == f"/drafts/{after.draft.pk}/"
    answered(after, LATER)
    after.save("right-way", RIGHT_WAY)
    after.seal()
    second = Record.objects.get(draft=after.draft)
    reply = walk.client.post(button(record), follow=True)
    assert reply.redirect_chain[0][0] == f"/records/{second.pk}/"
    assert "answered the seven questions already" in reply.content.decode()
