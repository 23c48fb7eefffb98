"""New information: a new decision that carries the case, never consent, and points back."""

import uuid

import pytest

from decisions import snapshot
from decisions.afterwards import kinds, writers
from decisions.afterwards.timeline import timeline
from decisions.records.models import Record
from decisions.wizard.models import Draft
from tests.decisions.afterwards.conftest import CONSENT, Added, Seal, words
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk
from tests.roles import as_owner

NEWS = "She has moved in with her aunt"


def reopen(added: Added) -> Walk:
    reply = added.add(kinds.REOPENED, news=NEWS)
    draft = Draft.objects.get(follows=added.record)
    assert (reply.status_code, reply["Location"]) == (303, f"/drafts/{draft.pk}/")
    return Walk(added.client, draft)


def test_the_new_draft_carries_the_case_and_no_answer(sealed: Seal) -> None:
    added = sealed(CONSENT)
    again = reopen(added)
    assert again.held() == {"about": {**added.record.draft.answers["about"]}}
    assert again.held()["about"]["case_reference"] == "CASE-1"
    assert again.draft.owner == added.record.owner
    assert again.draft.team == added.record.team
    assert again.revision() == 1


def test_the_new_record_points_back(sealed: Seal) -> None:
    added = sealed(CONSENT)
    again = reopen(added)
    assert "A new decision has begun from this record" in added.page()
    again.walk(PLAIN)
    assert again.post("right-way", RIGHT_WAY).status_code == 303
    assert again.seal().status_code == 303
    record = Record.objects.get(draft=again.draft)
    context = snapshot.read(bytes(record.snapshot.body))["context"]
    assert context["follows"] == added.record.reference
    assert snapshot.commitment(bytes(record.snapshot.body)) == record.commitment
    assert f"Record {added.record.reference}" in Added(added.client, record).page()
    entry = timeline(added.record)[-1]
    assert (entry.new_record, entry.new_reference) == (record.pk, record.reference)
    assert f"record {record.reference}" in added.page()


def test_a_record_of_its_own_follows_nothing(sealed: Seal) -> None:
    body = bytes(sealed().record.snapshot.body)
    assert snapshot.read(body)["context"]["follows"] is None


def test_one_new_decision_at_a_time(sealed: Seal) -> None:
    added = sealed()
    reopen(added)
    reply = added.add(kinds.REOPENED, news="Something else, too")
    assert "begun a new decision from this record already" in words(reply)
    assert "Something else, too</textarea>" in reply.content.decode()
    assert "Carry on with the new decision" in words(reply)
    assert Draft.objects.filter(follows=added.record).count() == 1


def test_after_it_is_sealed_there_may_be_another(sealed: Seal) -> None:
    added = sealed()
    again = reopen(added)
    again.walk(PLAIN)
    again.post("right-way", RIGHT_WAY)
    again.seal()
    assert added.add(kinds.REOPENED, news="And once more").status_code == 303
    assert Draft.objects.filter(follows=added.record).count() == 2


def test_the_draft_and_its_event_come_together_or_not_at_all(
    sealed: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = sealed()

    def fail(*given: object, **fields: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(writers, "_keep", fail)
    owner, team = added.record.owner, added.record.team
    with pytest.raises(RuntimeError):
        writers.reopen(record=added.record, person=owner, page=uuid.uuid4(), team=team, news=NEWS)
    assert not Draft.objects.filter(follows=added.record).exists()


def test_who_left_the_team_goes_on_in_one_of_theirs(sealed: Seal, cast: object) -> None:
    added = sealed()
    member = added.record.owner.memberships.get()
    member.team = cast.adults  # type: ignore[attr-defined]
    with as_owner():
        member.save()
    assert reopen(added).draft.team == cast.adults  # type: ignore[attr-defined]
