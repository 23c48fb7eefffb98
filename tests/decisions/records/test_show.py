"""The page of a sealed record: for those who may, and noted before it is shown."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from decisions.records import events
from decisions.records.models import Event, Record
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import RIGHT_WAY, Walk

SignIn = Callable[[User], Client]


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal(reason="Agreed with the family <b>today</b>")
    return Record.objects.get()


def page(record: Record) -> str:
    return reverse("decisions:record", kwargs={"record_id": record.pk})


def test_it_shows_what_was_sealed(walk: Walk, record: Record) -> None:
    text = walk.client.get(page(record)).content.decode()
    for words in (record.reference, "CASE-1", RIGHT_WAY["recipient"], record.commitment):
        assert words in text
    assert "Agreed with the family &lt;b&gt;today&lt;/b&gt;" in text
    assert "not legal advice" in text
    assert record.edition_id in text


def test_each_view_is_noted(cast: Cast, record: Record, signed_in: SignIn) -> None:
    for reader in (cast.maya, cast.ada, cast.maya):
        assert signed_in(reader).get(page(record)).status_code == 200
    seen = record.events.filter(kind=Event.VIEWED).order_by("id")
    assert [event.actor for event in seen] == [cast.maya, cast.ada, cast.maya]


def test_a_view_that_cannot_be_noted_is_not_shown(
    walk: Walk, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**fields: Any) -> None:
        raise DatabaseError("the table is locked")

    monkeypatch.setattr(events.Event.objects, "create", fail)
    walk.client.raise_request_exception = False
    reply = walk.client.get(page(record))
    assert reply.status_code >= 500
    assert RIGHT_WAY["recipient"] not in reply.content.decode()


def test_a_refused_view_is_not_noted(cast: Cast, record: Record, signed_in: SignIn) -> None:
    for stranger in (cast.tom, cast.omar, cast.lena, cast.olu, cast.mina):
        assert signed_in(stranger).get(page(record)).status_code == 404
    assert not record.events.exclude(kind=Event.SEALED).exists()


def test_the_practitioner_sees_who_has_read_it(
    walk: Walk, cast: Cast, record: Record, signed_in: SignIn
) -> None:
    signed_in(cast.maya).get(page(record))
    assert "Maya Okafor read it" in walk.client.get(page(record)).content.decode()
    assert "Who has read this record" not in signed_in(cast.maya).get(page(record)).content.decode()


def test_an_unknown_record_is_not_there(walk: Walk) -> None:
    address = reverse("decisions:record", kwargs={"record_id": uuid.uuid4()})
    assert walk.client.get(address).status_code == 404


def test_it_is_only_for_reading(walk: Walk, record: Record) -> None:
    assert walk.client.post(page(record)).status_code == 405


def test_the_draft_leads_to_its_record(walk: Walk, record: Record) -> None:
    for step in ("about", "urgent", "decide"):
        assert walk.open(step)["Location"] == page(record)
    resume = reverse("decisions:resume", kwargs={"draft_id": walk.draft.pk})
    assert walk.client.get(resume)["Location"] == page(record)
