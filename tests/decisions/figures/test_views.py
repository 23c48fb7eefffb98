"""The page of figures, its drawings and its files: who sees what of whom, and what is asked."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from decisions.figures.measures import DOUBTS, MEASURES
from decisions.wizard.advice.models import Advice
from infoshare import clock
from infoshare.people.models import Role, User
from infoshare.people.writers import give_role
from tests.cast import Cast
from tests.decisions.figures.many import enter_many

SignIn = Callable[[User], Client]
NAMES = [*MEASURES, DOUBTS]


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.set_to(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def figures(cast: Cast) -> None:
    """Of Early Help fourteen decisions in March and nine in May, of Adults seven in March."""
    not_shared = {"decision": "do-not-share", "outcome": "do-not-share", "consent": "refused"}
    enter_many(cast.priya, cast.early_help, [{}] * 7 + [not_shared] * 7 + [{"month": 5}] * 9)
    enter_many(cast.omar, cast.adults, [{"setting": "safeguarding-adult"}] * 7)
    enter_many(cast.olu, cast.pastoral, [{}] * 40)


def sheet(client: Client, name: str = "decisions", **asked: Any) -> list[list[str]]:
    reply = client.get(f"/figures/{name}.csv", asked)
    assert reply.status_code == 200
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


def whole(client: Client, **asked: Any) -> list[str]:
    return sheet(client, **asked)[-1]


@pytest.mark.usefixtures("figures")
def test_each_sees_their_own_reach(cast: Cast, signed_in: SignIn) -> None:
    held = "held back"
    # Nothing was shared in part, and nought is a small count: another goes with it.
    assert whole(signed_in(cast.maya)) == ["All", "23", "16", held, held]
    assert whole(signed_in(cast.omar)) == ["All", "7", held, held, held]
    for person in (cast.ada, cast.lena):
        assert whole(signed_in(person)) == ["All", "30", "23", held, held]
    foreign = {"organisation": cast.southfield.pk}
    for person in (cast.maya, cast.lena):
        assert signed_in(person).get("/figures/decisions.csv", foreign).status_code == 404
    give_role(user=cast.lena, role=Role.AUDITOR, organisation=cast.southfield)
    assert whole(signed_in(cast.lena), **foreign)[1] == "40"


@pytest.mark.usefixtures("figures")
def test_the_page_shows_each_figure_three_times_and_reads_little(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.ada)
    for by in ("time", "team", "setting"):
        with django_assert_max_num_queries(9):
            page = unescape(client.get("/figures/", {"by": by}).content.decode())
        for name in NAMES if by == "time" else ["decisions"]:
            drawing = client.get(f"/figures/{name}.svg", {"by": by})
            assert f'src="/figures/{name}.svg?' in page
            assert f'href="/figures/{name}.csv?' in page
            root = ElementTree.fromstring(drawing.content)  # noqa: S314  (our own)
            said = root.find("{http://www.w3.org/2000/svg}desc").text
            assert root.get("role") == "img"
            assert f'alt="{said}"' in page
            for line in sheet(client, name, by=by):
                assert all(cell in page for cell in line)
    assert "script-src 'none'" in drawing["Content-Security-Policy"]
    for person in cast.people:
        assert person.name == "Ada Lindqvist" or person.name not in page


def test_what_is_counted(cast: Cast, signed_in: SignIn) -> None:
    facts = [
        *[{"took": timedelta(hours=2), "consent": "", "not_sure": ["duty", "consent"]}] * 6,
        *[{"took": timedelta(days=2), "consent": "refused", "review_state": "agreed"}] * 7,
        *[{"took": timedelta(days=9), "decision": "do-not-share", "is_departure": True}] * 8,
        *[{"outcome": "seek-advice", "review_state": "waiting"}] * 9,
        *[{"decision": "share-in-part", "review_state": "disagreed"}] * 10,
        *[{"review_state": "learning"}] * 11,
    ]
    entries = enter_many(cast.priya, cast.early_help, facts)
    for days, some in ((0, entries[:6]), (1, entries[6:12]), (9, entries[12:18])):
        for entry in some:
            asked = entry.started_at + timedelta(days=days)
            words = {"question": "consent", "role": "Lead", "how": "phone", "advised": "Yes"}
            marks = {"is_legal": False, "anonymous": True, "form": entry.pk, "by": cast.priya}
            Advice.objects.create(draft=entry.record.draft, asked_at=asked, **words, **marks)
    client = signed_in(cast.lena)
    assert whole(client, name="decisions") == ["All", "51", "33", "10", "8"]
    assert whole(client, name="outcomes") == ["All", "51", "42", *["held back"] * 3]
    assert whole(client, name="departures") == ["All", "51", "43", "8"]
    assert whole(client, name="consent") == ["All", "51", "30", "7", "6", "8"]
    assert whole(client, name="taken") == ["All", "51", "30", "6", "7", "8"]
    assert whole(client, name="advice") == ["All", "51", "33", "6", "6", "6"]
    assert whole(client, name="reviews") == ["All", "51", "14", "7", "11", "10", "9"]
    doubts = dict(line[:2] for line in sheet(client, DOUBTS))
    assert doubts["A legal duty"] == doubts["Consent"] == "6"
    assert doubts["The purpose"] == "held back"


REFUSED = {
    "period=2026-13": "Choose one of the periods in the list",
    "period=2031": "No month of this period has ended yet",
    "period=1066": "The year cannot be before 2000",
    "by=person": "Choose one of the answers in the list",
    "first_day=1&first_month=5&first_year=2026&last_day=1&last_month=3&last_year=2026": (
        "The last day is before the first day"
    ),
    "first_day=1&first_month=5&first_year=2026": "Enter the last day, too",
    "first_day=1&first_month=5&first_year=2025&last_day=1&last_month=3&last_year=2026": (
        "Choose two days of the same year"
    ),
    "first_day=31&first_month=2&first_year=2026": "Enter a real date",
}


@pytest.mark.usefixtures("figures")
def test_what_cannot_be_shown_is_said_beside_the_field(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.maya)
    for asked, words in REFUSED.items():
        page = client.get(f"/figures/?{asked}")
        assert page.status_code == 200
        assert words in page.content.decode(), asked
        assert client.get(f"/figures/decisions.csv?{asked}").status_code == 404
    assert client.get("/figures/people.csv").status_code == 404
    dates = "first_day=9&first_month=1&first_year=2026&last_day=20&last_month=2&last_year=2026"
    page = client.get(f"/figures/?{dates}").content.decode()
    assert "These are for January to March 2026" in page
    assert "14 decisions were sealed" in page
