"""A doubt that did not hold up a decision becomes a task of the lead, settled once, in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decisions.doubts import standing
from decisions.doubts.standing import SETTLED, open_doubts
from decisions.doubts.writers import AlreadySettled, settle_doubt
from decisions.records.models import Record
from decisions.working_days import count_since
from guidance.local.entries import add_entry
from guidance.local.models import Contact
from infoshare import clock, navigation
from infoshare.people.models import Membership, Organisation, Role, User
from tests.cast import Cast
from tests.decisions.doubts.conftest import DOUBTFUL, seal_doubtful
from tests.decisions.walk import PLAIN, Walk, begin
from tests.guidance.local.words import CONTACT

SignIn = Callable[[User], Client]


def count_open(person: User) -> int:
    return navigation.count(person, ["decisions:doubts"]).get("decisions:doubts", 0)


def address(record: Record, question: str = "duty") -> str:
    return f"/doubts/{record.pk}/{question}/"


def lead(name: str, organisation: Organisation) -> User:
    person = User.objects.create(email=f"{name}@lead.example", name=name.title())
    Membership.objects.create(user=person, organisation=organisation, role=Role.LEAD)
    return person


def test_the_decide_page_says_what_will_happen(walk: Walk) -> None:
    walk.walk(DOUBTFUL, reasons=dict.fromkeys(DOUBTFUL, "Words"))
    page = walk.open("decide").content.decode()
    assert "your information governance lead gets these questions to settle" in page


def test_the_lead_sees_which_question_and_nothing_of_the_case(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.lena)
    with clock.set_to(record.sealed_at + timedelta(days=14)):
        page = client.get("/doubts/").content.decode()
    for words in (record.reference, "Early Help", "for 10 working days", "Doubts to settle (2)"):
        assert words in page
    page += client.get(address(record)).content.decode()
    for words in ("CASE-1", "Words about the case", cast.priya.name):
        assert words not in page
    assert client.get(f"/records/{record.pk}/").status_code == 404


def test_the_page_says_who_can_help_to_answer(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    for kind, role in (("caldicott", "Our <guardian>"), ("breach", "For mistakes")):
        words = {**CONTACT, "kind": kind, "role": role}
        add_entry(Contact, organisation=cast.northmoor, person=cast.lena, words=words)
    page = signed_in(cast.lena).get(address(record)).content.decode()
    assert "Our &lt;guardian&gt;" in page
    assert "For mistakes" not in page


def test_an_answer_settles_it_and_reaches_the_practitioner(
    walk: Walk, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    own = f"/records/{record.pk}/"
    assert "Not sure when this was sealed" in walk.client.get(own).content.decode()
    client = signed_in(cast.lena)
    reply = client.post(address(record), {"words": "Yes: the Children Act <b>1989</b>"})
    assert (reply.status_code, reply["Location"]) == (303, "/doubts/")
    assert "Doubts to settle (1)" in client.get("/doubts/").content.decode()
    page = walk.client.get(own).content.decode()
    assert "The lead settled a question that was left unsure" in page
    assert "Children Act &lt;b&gt;1989&lt;/b&gt;" in page
    client.post(address(record, "lawful-basis"), {"words": "Public task"})
    assert "Nothing waits for you" in client.get("/doubts/").content.decode()
    assert "Not sure when this was sealed" not in walk.client.get(own).content.decode()


@pytest.mark.parametrize("typed", ["", "  \n", "a\0b", "x" * 2001])
def test_an_answer_that_cannot_be_kept_is_said(
    typed: str, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    reply = signed_in(cast.lena).post(address(record), {"words": typed})
    assert reply.status_code == 200
    assert 'href="#id_words"' in reply.content.decode()
    assert not record.events.filter(kind=SETTLED).exists()


def test_of_two_leads_one_settles_and_the_other_keeps_their_words(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    other = lead("noor", cast.northmoor)
    assert signed_in(cast.lena).post(address(record), {"words": "First"}).status_code == 303
    late = signed_in(other).post(address(record), {"words": "Second"})
    assert late.status_code == 409
    for words in ("Settled by Lena Novak", "Second"):
        assert words in late.content.decode()
    # The same lead's second click is the first.
    assert signed_in(cast.lena).post(address(record), {"words": "First"}).status_code == 303
    settle = {"record": record, "question": "duty", "person": cast.lena}
    with pytest.raises(AlreadySettled):
        settle_doubt(**settle, words="Changed")
    with pytest.raises(ValueError, match="not in doubt"):
        settle_doubt(**{**settle, "question": "purpose"}, words="Words")
    assert record.events.filter(kind=SETTLED).count() == 1


def test_only_the_lead_of_that_organisation(record: Record, cast: Cast, signed_in: SignIn) -> None:
    elsewhere = lead("elia", cast.southfield)
    for who in (elsewhere, cast.priya, cast.maya, cast.ada, cast.sam):
        client = signed_in(who)
        assert client.get(address(record)).status_code == 404
        assert client.post(address(record), {"words": "Mine"}).status_code == 404
        assert client.get("/doubts/").status_code == (200 if who == elsewhere else 403)
    assert open_doubts(elsewhere) == []
    own = signed_in(cast.lena)
    for question in ("purpose", "unknown", "setting"):
        assert own.get(address(record, question)).status_code == 404
    assert not record.events.filter(kind=SETTLED).exists()


def test_no_task_without_a_doubt_or_when_advice_was_due(walk: Walk, cast: Cast) -> None:
    advice: dict[str, Any] = {**PLAIN, "lawful-basis": "not-sure"}
    seal_doubtful(walk, advice)
    seal_doubtful(begin(walk.client, cast.priya, cast.early_help), PLAIN)
    assert Record.objects.count() == 2
    assert count_open(cast.lena) == 0


def test_a_count_costs_leads_one_statement_and_others_none(
    record: Record, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert (count_open(cast.lena), count_open(cast.priya)) == (2, 0)
    with django_assert_num_queries(1):
        count_open(cast.lena)
        count_open(cast.priya)


def test_working_days_since_a_seal() -> None:
    friday = datetime(2026, 12, 24, tzinfo=UTC).date()  # Christmas and Boxing Day, observed, follow
    assert count_since(friday, friday) == 0
    assert count_since(friday, friday + timedelta(days=4)) == 0
    assert count_since(friday, friday + timedelta(days=5)) == 1


def test_the_records_in_doubt_have_an_index(record: Record) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "record_in_doubt" in standing._in_doubt().explain()
