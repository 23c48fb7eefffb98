"""Every kind of event is kept, stands on the timeline, and changes nothing of the record."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from decisions.afterwards import kinds
from decisions.afterwards.timeline import timeline
from decisions.afterwards.views import WRITERS
from decisions.records.models import Record
from guidance.local.entries import add_entry
from guidance.local.models import Contact
from tests.decisions.afterwards.conftest import CONSENT, Seal, ago, today, words
from tests.guidance.local.words import CONTACT

SHARED = {"recipient": "Housing officer", "method": "By phone", "receipt": "not-yet"}
GIVEN: dict[str, dict[str, Any]] = {
    kinds.SHARED: SHARED,
    kinds.NOT_SHARED: {"why": "Nobody answers the phone"},
    kinds.MISDIRECTED: {"what": "The form", "where": "Another family", "done": "Asked for it back"},
    kinds.OBJECTION: {"who": "The mother", "words": "It is private", "answer": "Passed on"},
    kinds.CORRECTION: {"wrong": "He is 9", "right": "He is 10"},
}
DATES = {
    kinds.SHARED: ("on",),
    kinds.NOT_SHARED: ("on",),
    kinds.MISDIRECTED: ("on", "noticed_on"),
    kinds.OBJECTION: ("on",),
    kinds.CORRECTION: (),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_an_event_is_kept_and_shown(sealed: Seal, kind: str) -> None:
    added = sealed()
    before = bytes(added.record.snapshot.body)
    reply = added.add(kind, **GIVEN[kind], **dict.fromkeys(DATES[kind], ago(2)))
    event = added.record.events.get(kind=kind)
    assert reply.status_code == 303
    assert reply["Location"].endswith(f"{added.record.pk}/#event-{event.pk}")
    assert event.actor == added.record.owner
    assert event.details == {
        **GIVEN[kind],
        **{name: ago(2).isoformat() for name in DATES[kind]},
    }
    page = added.page()
    assert kinds.KINDS[kind].sentence in page
    for value in (one for name, one in GIVEN[kind].items() if name != "receipt"):
        assert value in page
    assert bytes(Record.objects.get(pk=added.record.pk).snapshot.body) == before


def test_the_timeline_is_plain_data_oldest_first(sealed: Seal) -> None:
    added = sealed()
    for kind in (kinds.CORRECTION, kinds.SHARED, kinds.OBJECTION):
        added.add(kind, **GIVEN[kind], **dict.fromkeys(DATES[kind], ago(2)))
    added.page()
    entries = timeline(added.record)
    assert [one.kind for one in entries] == ["sealed", "correction", "shared", "objection"]
    assert {one.who for one in entries} == {"Priya Shah"}
    assert [one.at for one in entries] == sorted(one.at for one in entries)
    assert entries[1].facts == (("What is wrong", "He is 9"), ("What is right", "He is 10"))


def test_every_kind_has_a_writer_and_a_sentence() -> None:
    others = {kinds.REOPENED, kinds.ANSWERED}
    assert set(WRITERS) | others == set(kinds.KINDS)
    sentences = [kind.sentence for kind in kinds.KINDS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(kind.details for kind in kinds.KINDS.values())


def test_receipt_can_be_confirmed_once_it_was_shared(sealed: Seal) -> None:
    added = sealed()
    early = added.add(kinds.RECEIVED, on=ago(1), by="The housing officer, by email")
    assert "Add that first" in words(early)
    added.add(kinds.SHARED, **SHARED, on=ago(2))
    reply = added.add(kinds.RECEIVED, on=ago(1), by="The housing officer, by email")
    assert reply.status_code == 303
    assert "The housing officer, by email" in added.page()


def test_the_page_of_sharing_starts_from_what_was_planned(sealed: Seal) -> None:
    added = sealed()
    page = added.client.get(added.address(kinds.SHARED)).content.decode()
    assert 'value="Housing officer, Northmoor Homes"' in page
    assert 'value="Phone, calling back on the switchboard number"' in page


def test_misdirected_leads_to_whom_to_tell(sealed: Seal, settings: Any) -> None:
    settings.CONTACT = "Ring the data protection officer on extension 12."
    added = sealed()
    assert settings.CONTACT in words(added.client.get(added.address(kinds.MISDIRECTED)))
    added.add(kinds.MISDIRECTED, **GIVEN[kinds.MISDIRECTED], on=ago(2), noticed_on=today())
    assert settings.CONTACT in added.page()
    team = {"organisation": added.record.organisation, "person": added.record.owner}
    add_entry(Contact, **team, words={**CONTACT, "kind": "breach", "role": "Data team"})
    assert "Ring now: Data team" in words(added.client.get(added.address(kinds.MISDIRECTED)))


def test_nothing_was_shared_where_the_decision_was_not_to(sealed: Seal) -> None:
    added = sealed(CONSENT, "do-not-share")
    reply = added.add(kinds.SHARED, **SHARED, on=ago(2))
    assert "The decision in this record was not to share" in words(reply)
    assert 'value="By phone"' in reply.content.decode()
    assert not added.record.events.filter(kind=kinds.SHARED).exists()
    assert "I have shared it" not in added.page()


def test_unknown_kinds_are_not_there(sealed: Seal) -> None:
    added = sealed()
    for kind in ("sealed", "viewed", "exported", "answered", "nothing"):
        assert added.client.get(added.address(kind)).status_code == 404
        assert added.add(kind, page=str(uuid.uuid4())).status_code == 404


def test_managers_and_auditors_read_it_and_can_add_nothing(
    sealed: Seal, cast: Any, signed_in: Any
) -> None:
    added = sealed()
    added.add(kinds.CORRECTION, **GIVEN[kinds.CORRECTION])
    address = reverse("decisions:record", kwargs={"record_id": added.record.pk})
    for person in (cast.maya, cast.ada):
        page = words(signed_in(person).get(address))
        assert "He is 10" in page
        assert "Add what happened" not in page
    before = added.record.events.exclude(kind="viewed").count()
    for person in (cast.maya, cast.ada, cast.tom, cast.olu, cast.lena):
        added.client = signed_in(person)
        for kind in GIVEN:
            assert added.add(kind, **GIVEN[kind]).status_code == 404
        assert added.add("reopened", news="New").status_code == 404
        assert added.add("letter", go="keep", style="neither", to="x").status_code == 404
    assert added.record.events.exclude(kind="viewed").count() == before


def test_the_table_of_events_holds_each_page_once(sealed: Seal) -> None:
    added = sealed()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'event_once'"
        )
        assert cursor.fetchall() == [("UNIQUE (record_id, once)",)]
    assert added.record.events.get(kind="sealed").once is None
