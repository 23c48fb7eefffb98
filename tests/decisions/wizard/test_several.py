"""Decisions about several people: begun together, linked, and apart in everything else."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.documents.record_pdf import record_html
from decisions.records.models import Record
from decisions.wizard.beginning import Beginning, begin_decisions
from decisions.wizard.models import Draft
from decisions.wizard.several import references, several_fault
from guidance.rulebook import catalogue
from infoshare.people.models import User
from tests.cast import Cast, build
from tests.decisions.walk import AFTER_START, RIGHT_WAY, Walk

START = reverse("decisions:start")
SignIn = Callable[[User], Client]
SENT = {
    "edition": catalogue.DEFAULT,
    "page": "6f0a3f0e-4c1c-4a86-9a51-0f4f5f3a7a10",
    "about-case_reference": "CASE-1",
    "about-who": "child",
    "urgent-answer": "no",
    "setting-answer": "early-help",
    "others": "CASE-2\r\n\r\n  CASE-3 \r\n",
}


def by_reference() -> dict[str, Draft]:
    return {str(draft): draft for draft in Draft.objects.order_by("started_at")}


def test_each_person_gets_a_decision_with_the_case_alone(cast: Cast, signed_in: SignIn) -> None:
    reply = signed_in(cast.priya).post(START, SENT)
    drafts = by_reference()
    assert list(drafts) == ["CASE-1", "CASE-2", "CASE-3"]
    assert reply["Location"] == f"/drafts/{drafts['CASE-1'].pk}/"
    assert len({draft.group for draft in drafts.values()}) == 1
    for draft in drafts.values():
        assert list(draft.answers) == ["about", "urgent", "setting"]
        assert draft.answers["about"]["who"] == "child"
        assert draft.revision == draft.revisions.count() == 3


def test_the_same_page_sent_twice_begins_once(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.priya)
    first, second = client.post(START, SENT), client.post(START, SENT)
    assert (first.status_code, first["Location"]) == (303, second["Location"])
    assert Draft.objects.count() == 3
    # Other words from the same page are meant, too; and a page is one person's.
    client.post(START, {**SENT, "about-case_reference": "CASE-9"})
    signed_in(cast.tom).post(START, SENT)
    assert Draft.objects.count() == 9


@pytest.mark.usefixtures("committed")
def test_clicks_at_once_begin_once() -> None:
    people = build()
    beginning = Beginning(
        page=uuid.uuid4(),
        owner=people.priya,
        team=people.early_help,
        edition=catalogue.shipped()[catalogue.DEFAULT],
        answers={"about": {"case_reference": "CASE-1"}},
        others=("CASE-2",),
    )

    def click(_: int) -> Any:
        try:
            return begin_decisions(beginning).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(click, range(8)))) == 1
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("\n".join(f"CASE-{number}" for number in range(2, 13)), "at most 10"),
        ("C" * 101, "at most 100"),
        ("CASE-2\nCASE-3\ncase-2", "twice"),
        (" CASE-1", "reference above"),
    ],
)
def test_lines_that_cannot_be_are_said(typed: str, says: str) -> None:
    assert says in several_fault(typed, "CASE-1")


def test_ten_lines_of_a_hundred_are_taken() -> None:
    lines = [f"{number:0100}" for number in range(10)]
    assert several_fault("\n".join(lines), "CASE-1") == ""
    assert references("\n" + "\r\n".join(lines) + "\n \n") == tuple(lines)


@pytest.mark.parametrize("typed", ["CASE-2\nCASE-2", "CASE\0-2", "y\n" * 9000, "CASE-1"])
def test_a_wrong_line_begins_nothing_and_stays(typed: str, cast: Cast, signed_in: SignIn) -> None:
    reply = signed_in(cast.priya).post(START, {**SENT, "others": typed})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert 'href="#id_others"' in page
    assert typed[:1] in page.split('name="others"')[1].split("</textarea>")[0]
    assert not Draft.objects.exists()


@pytest.fixture
def walks(cast: Cast, signed_in: SignIn) -> list[Walk]:
    client = signed_in(cast.priya)
    client.post(START, SENT)
    return [Walk(client, draft) for draft in by_reference().values()]


def seal(walk: Walk) -> Record:
    for gate, answer in AFTER_START.items():
        walk.save(gate, walk.given(gate, answer, f"Only about {walk.draft}"))
    walk.save("right-way", RIGHT_WAY)
    assert walk.seal().status_code == 303
    return Record.objects.get(draft=walk.draft)


def test_one_leads_to_the_next_and_knows_only_how_many(walks: list[Walk]) -> None:
    one, two, three = walks
    page = one.open("duty").content.decode()
    assert "One of 3 decisions on this matter" in page
    assert f'/drafts/{two.draft.pk}/">CASE-2</a>' in page
    record = seal(one)
    page = one.client.get(f"/records/{record.pk}/").content.decode()
    assert f'<a class="govuk-link" href="/drafts/{two.draft.pk}/">decide about' in page
    body = bytes(record.snapshot.body)
    assert snapshot.read(body)["context"]["linked"] == 3
    assert b"CASE-2" not in body
    assert "One of 3 decisions on this matter" in record_html(body)
    seal(two)
    page = one.client.get(f"/records/{record.pk}/").content.decode()
    assert f'<a class="govuk-link" href="/drafts/{three.draft.pk}/">decide about' in page
    # Nothing of one reached the others.
    assert list(three.held()) == ["about", "urgent", "setting"]
    assert b"about CASE-1" not in bytes(Record.objects.get(draft=two.draft).snapshot.body)


def test_a_reader_sees_only_the_linked_ones_they_may(
    walks: list[Walk], cast: Cast, signed_in: SignIn
) -> None:
    first, second, _ = walks
    record, other = seal(first), seal(second)
    page = signed_in(cast.maya).get(f"/records/{record.pk}/").content.decode()
    assert "One of 3 decisions on this matter" in page
    assert f'/records/{other.pk}/">CASE-2</a> (sealed)' in page
    assert "CASE-3" not in page
