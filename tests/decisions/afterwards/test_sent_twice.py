"""The same page sent twice, in a row or at once, is one event; changed words are another."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from decisions.afterwards import kinds
from decisions.records.models import Event, Record
from decisions.wizard.models import Draft
from infoshare import clock
from tests.cast import build
from tests.decisions.afterwards.conftest import CONSENT, Added, Seal, ago, boxes
from tests.decisions.walk import begin

SHARED = {"recipient": "Housing officer", "method": "By phone", "receipt": "yes"}


def test_sent_again_from_the_same_page(sealed: Seal) -> None:
    added = sealed()
    page = str(uuid.uuid4())
    first = added.add(kinds.SHARED, page=page, **SHARED, on=ago(1))
    again = added.add(kinds.SHARED, page=page, **SHARED, on=ago(1))
    assert first["Location"] == again["Location"]
    assert added.record.events.filter(kind=kinds.SHARED).count() == 1


def test_a_withdrawal_sent_again_is_not_refused(sealed: Seal) -> None:
    added = sealed(CONSENT)
    page = str(uuid.uuid4())
    for _ in range(2):
        reply = added.add(kinds.WITHDRAWN, page=page, words="No", tell="", on=ago(1))
        assert reply.status_code == 303
    assert added.record.events.filter(kind=kinds.WITHDRAWN).count() == 1


def test_other_words_from_the_same_page_are_not_lost(sealed: Seal) -> None:
    added = sealed()
    page = str(uuid.uuid4())
    added.add(kinds.CORRECTION, page=page, wrong="He is 9", right="He is 10")
    added.add(kinds.CORRECTION, page=page, wrong="He is 9", right="He is 11")
    kept = [
        one.details["right"]
        for one in added.record.events.filter(kind=kinds.CORRECTION).order_by("id")
    ]
    assert kept == ["He is 10", "He is 11"]


def test_the_same_words_from_another_page_are_another_event(sealed: Seal) -> None:
    added = sealed()
    for _ in range(2):
        added.add(kinds.SHARED, **SHARED, on=ago(1))
    assert added.record.events.filter(kind=kinds.SHARED).count() == 2


def test_the_database_holds_it_too(sealed: Seal) -> None:
    record = sealed().record
    given = {"record": record, "kind": "correction", "actor": record.owner, "once": uuid.uuid4()}
    Event.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(**given)


@pytest.fixture
def really(committed: str) -> Added:
    """A committed record of Priya's."""
    people = build()
    client = Client()
    client.force_login(people.priya)
    walk = begin(client, people.priya, people.early_help)
    with clock.set_to(clock.now() - timedelta(days=3)):
        walk.to_decision()
        walk.seal()
    return Added(client, Record.objects.get())


def at_once(added: Added, kind: str, data: dict[str, str]) -> list[Any]:
    address = reverse("decisions:add", kwargs={"record_id": added.record.pk, "kind": kind})

    def click(_: int) -> Any:
        client = Client()
        client.cookies = added.client.cookies
        try:
            return client.post(address, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(click, range(8)))


def test_eight_clicks_at_once_make_one_event(really: Added) -> None:
    data = {"page": str(uuid.uuid4()), **SHARED, **boxes("on", ago(1))}
    replies = at_once(really, kinds.SHARED, data)
    event = Event.objects.get(kind=kinds.SHARED)
    assert {reply.status_code for reply in replies} == {303}
    assert {reply["Location"] for reply in replies} == {
        f"/records/{really.record.pk}/#event-{event.pk}"
    }


def test_eight_clicks_at_once_begin_one_new_decision(really: Added) -> None:
    replies = at_once(really, kinds.REOPENED, {"page": str(uuid.uuid4()), "news": "New"})
    draft = Draft.objects.get(follows=really.record)
    assert {reply.status_code for reply in replies} == {303}
    assert {reply["Location"] for reply in replies} == {f"/drafts/{draft.pk}/"}
    assert Event.objects.filter(kind=kinds.REOPENED).count() == 1


def test_two_pages_at_once_begin_one_new_decision(really: Added) -> None:
    """Different pages: one begins it, the others are told so and keep their words."""
    address = reverse(
        "decisions:add", kwargs={"record_id": really.record.pk, "kind": kinds.REOPENED}
    )

    def click(number: int) -> Any:
        client = Client()
        client.cookies = really.client.cookies
        try:
            return client.post(address, {"page": str(uuid.uuid4()), "news": f"News {number}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(click, range(4)))
    assert sorted(reply.status_code for reply in replies) == [200, 200, 200, 303]
    assert Draft.objects.filter(follows=really.record).count() == 1
