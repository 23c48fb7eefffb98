"""The main job: answer the questions one page at a time, check, decide, seal."""

from decisions import snapshot
from decisions.records.models import Event, Record
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin


def test_it_works_from_first_question_to_record(walk: Walk) -> None:
    walk.by_hand()
    page = walk.open("decide")
    assert page.status_code == 200
    assert "You can share" in page.content.decode()
    reply = walk.seal()
    record = Record.objects.get(draft=walk.draft)
    assert (reply.status_code, reply["Location"]) == (303, f"/records/{record.pk}/")
    assert (record.outcome, record.rule, record.decision) == ("share", "not-confidential", "share")
    assert record.gate_answers == PLAIN
    assert not record.is_departure


def test_the_record_says_what_was_typed(walk: Walk) -> None:
    walk.to_decision()
    walk.seal(reason="Agreed with the family")
    record = Record.objects.get(draft=walk.draft)
    body = bytes(record.snapshot.body)
    said = snapshot.read(body)
    assert said["sharing"] == {
        **RIGHT_WAY,
        "told_reason": "",
        "method_id": "other",
        "method_more": "",
        "items": [],
        "not_known": "",
        "details": [],
    }
    assert said["decision"]["reason"] == "Agreed with the family"
    assert said["context"]["case_reference"] == "CASE-1"
    assert said["context"]["path"] == list(PLAIN)
    assert snapshot.commitment(body) == record.commitment
    assert [event.kind for event in record.events.all()] == [Event.SEALED]


def test_hmg_2008_goes_from_first_question_to_record(walk: Walk) -> None:
    old = begin(walk.client, walk.draft.owner, walk.draft.team, "hmg-2008")
    gates = {
        "urgent": "no",
        "duty": "no",
        "purpose": "yes",
        "identifiable": "living",
        "confidential": "yes",
        "consent": "refused",
        "public-interest": "insufficient",
    }
    old.walk(gates, {"public-interest": "The risk is low and the refusal is considered"})
    reply = old.seal("do-not-share")
    assert reply.status_code == 303
    record = Record.objects.get(draft=old.draft)
    assert (record.outcome, record.rule) == ("do-not-share", "public-interest-insufficient")


def test_urgent_ends_the_questions_at_once(walk: Walk) -> None:
    walk.about()
    reply = walk.answer("urgent", "yes", "A child may be hurt tonight")
    assert reply["Location"] == f"/drafts/{walk.draft.pk}/act-first/"


def test_each_page_shows_its_question_and_its_guidance(walk: Walk) -> None:
    walk.about()
    text = walk.open("urgent").content.decode()
    question = walk.draft.edition
    assert question.edition_id == "england-2026"
    assert '<h1 class="govuk-fieldset__heading">' in text
    assert "Golden rule" in text or "golden rule" in text


def test_a_departure_needs_a_reason(walk: Walk) -> None:
    walk.to_decision()
    reply = walk.seal("do-not-share")
    assert reply.status_code == 200
    assert "Say why you decide otherwise" in reply.content.decode()
    assert not Record.objects.exists()
    walk.seal("do-not-share", "The family asked us to wait")
    record = Record.objects.get()
    assert record.is_departure
    said = snapshot.read(bytes(record.snapshot.body))
    assert said["sharing"]["what"] == ""


def test_deciding_to_share_against_the_suggestion_asks_how_first(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "no"})
    reply = walk.seal("share", "The purpose became clear after the call")
    assert reply["Location"] == walk.address("right-way")
    walk.post("right-way", RIGHT_WAY)
    assert walk.seal("share", "The purpose became clear after the call").status_code == 303
    assert Record.objects.get().is_departure


def test_not_sure_parks_the_draft_and_leads_back_to_the_question(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no"})
    reply = walk.answer("purpose", "not-sure")
    assert reply["Location"] == f"/drafts/{walk.draft.pk}/waiting/"
    page = walk.client.get(reply["Location"]).content.decode()
    assert "Do not name the person" in page
    assert walk.address("purpose") in page
    walk.draft.refresh_from_db()
    assert walk.draft.parked_since
    walk.answer("purpose", "yes")
    walk.draft.refresh_from_db()
    assert walk.draft.parked_since is None


def test_sealing_a_parked_draft_is_a_departure(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
    assert walk.seal("do-not-share").status_code == 200
    assert walk.seal("do-not-share", "I cannot wait for advice").status_code == 303
    assert Record.objects.get().outcome == "seek-advice"


def test_public_interest_needs_reasons(walk: Walk) -> None:
    walk.walk(
        {
            "urgent": "no",
            "setting": "safeguarding-child",
            "duty": "no",
            "purpose": "yes",
            "identifiable": "living",
            "confidential": "yes",
        }
    )
    reply = walk.post("public-interest", {"answer": "sufficient", "reason": "  "})
    assert reply.status_code == 200
    assert "Write your reasons" in reply.content.decode()


def test_why_somebody_is_not_told_counts_only_when_they_are_not(walk: Walk) -> None:
    walk.walk(PLAIN)
    walk.post("right-way", {**RIGHT_WAY, "told": "no", "told_reason": "canary"})
    walk.post("right-way", {**RIGHT_WAY, "told_reason": "canary"})
    assert "canary" not in walk.open("decide").content.decode()
    walk.seal()
    assert b"canary" not in bytes(Record.objects.get().snapshot.body)
