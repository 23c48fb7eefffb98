"""Two sends at once: of the short form, and of the button that starts the follow-up."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from decisions.records.models import Record
from decisions.wizard.drafts import start_draft
from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from tests.cast import build
from tests.decisions.records.test_sealing_races import at_once
from tests.decisions.walk import Walk, begin
from tests.decisions.wizard.urgent.acting import acted, address, typed

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def walk() -> Walk:
    """Priya's fresh draft, committed."""
    people = build()
    client = Client()
    client.force_login(people.priya)
    return begin(client, people.priya, people.early_help)


def clients(walk: Walk, count: int) -> list[Client]:
    made = [Client() for _ in range(count)]
    for client in made:
        client.cookies = walk.client.cookies
    return made


def test_one_urgent_record(walk: Walk) -> None:
    tabs, sent = clients(walk, 4), typed(walk, go="seal")
    replies: list[Any] = at_once(4, lambda number: tabs[number].post(address(walk), sent))
    record = Record.objects.get()
    assert {reply.status_code for reply in replies} == {303}
    assert {reply["Location"] for reply in replies} == {f"/records/{record.pk}/"}


def test_one_follow_up(walk: Walk) -> None:
    record = acted(walk)
    tabs = clients(walk, 4)
    button = reverse("decisions:follow-up", kwargs={"record_id": record.pk})
    replies: list[Any] = at_once(4, lambda number: tabs[number].post(button))
    draft = Draft.objects.get(acted_on=record)
    assert {reply["Location"] for reply in replies} == {f"/drafts/{draft.pk}/"}


def test_the_database_itself_holds_one_follow_up(walk: Walk) -> None:
    record = acted(walk)
    new = {
        "owner": walk.draft.owner,
        "team": walk.draft.team,
        "edition": catalogue.shipped()[catalogue.DEFAULT],
        "acted_on": record,
    }
    start_draft(**new)
    with pytest.raises(IntegrityError, match="follow_up_once"), transaction.atomic():
        start_draft(**new)
