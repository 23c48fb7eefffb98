"""What another edition would make of sealed decisions: a page for leads, and a command."""

import re
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.records.models import Record
from guidance.rulebook import catalogue
from infoshare.people.models import Team, User
from tests.cast import Cast
from tests.decisions.impact.many import seal_many

SignIn = Callable[[User], Client]
BEGUN = {"urgent": "no", "duty": "no", "purpose": "yes"}
HMG: list[Mapping[str, str]] = [
    {"urgent": "yes"},  # the same
    {**BEGUN, "purpose": "no"},  # another path
    {**BEGUN, "identifiable": "living", "confidential": "no"},  # no telling: a lawful basis
]
ENGLAND: list[Mapping[str, str]] = [
    {"urgent": "no", "setting": "other", "duty": "statutory-duty", "detriment": "yes"},
    {"urgent": "yes"},
]
TO_ENGLAND = "/impact/?to=england-2026"
TO_HMG = "/impact/?to=hmg-2008"


def sealed(owner: User, team: Team, edition: str, answers: list[Mapping[str, str]]) -> None:
    seal_many(owner=owner, team=team, edition=catalogue.shipped()[edition], answers=answers)


@pytest.fixture
def records(cast: Cast) -> None:
    """Five decisions of Northmoor under two editions, and one of Southfield."""
    sealed(cast.priya, cast.early_help, "hmg-2008", HMG)
    sealed(cast.priya, cast.early_help, "england-2026", ENGLAND)
    sealed(cast.olu, cast.pastoral, "hmg-2008", HMG[:1])


@pytest.fixture
def lena(cast: Cast, records: None, signed_in: SignIn) -> Client:
    return signed_in(cast.lena)


def counts(page: Any) -> dict[str, int]:
    """The counts that the page shows, by their words."""
    assert page.status_code == 200
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page.content.decode())
    return {words: int(count) for words, count in found}


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("impact", *arguments, stdout=out)
    return out.getvalue()


def test_the_page_counts_every_decision_once(lena: Client) -> None:
    page = lena.get(TO_ENGLAND)
    assert counts(page) == {
        "Another outcome": 0,
        "The same outcome by another rule": 0,
        "The same outcome and rule, but other questions are asked": 1,
        "The same": 3,  # those under the edition itself among them
        "Cannot be compared": 1,
    }
    text = page.content.decode()
    assert "5 sealed decisions under Information sharing in England, 2026" in text
    assert "england-2026 asks lawful-basis, which has no answer" in text


def test_the_page_lists_references_of_the_kind_asked_for(lena: Client) -> None:
    page = lena.get(f"{TO_HMG}&origin=england-2026").content.decode()
    assert re.findall(r"<dt>(R\d+)</dt><dd>([^<]+)<", page) == [
        ("R0000003", "Seek advice becomes share")
    ]
    page = lena.get(f"{TO_ENGLAND}&origin=hmg-2008&kind=path").content.decode()
    assert re.findall(r"<dt>(R\d+)</dt><dd>([^<]+)<", page) == [
        ("R0000001", "Do not share. Also asks setting")
    ]


def test_a_lead_sees_nothing_of_another_organisation(lena: Client) -> None:
    page = lena.get(f"{TO_ENGLAND}&kind=same").content.decode()
    assert "R0000000" in page
    assert "R0000005" not in page


def test_a_long_list_has_pages(cast: Cast, signed_in: SignIn) -> None:
    sealed(cast.priya, cast.early_help, "hmg-2008", HMG[:1] * 60)
    client = signed_in(cast.lena)
    first = client.get(f"{TO_HMG}&kind=same").content.decode()
    second = client.get(f"{TO_HMG}&kind=same&page=2").content.decode()
    assert [page.count("<dt>R") for page in (first, second)] == [50, 10]
    assert "R0000059" in first  # the newest
    assert "R0000000" in second
    assert "page=2" in first
    assert "page=3" not in second


@pytest.mark.parametrize(
    "asked",
    ["?to=england-2027", "?to=", "?to=hmg-2008&origin=x", "?to=hmg-2008&kind=x"],
)
def test_what_is_not_in_the_lists_is_an_error_on_the_page(lena: Client, asked: str) -> None:
    page = lena.get(f"/impact/{asked}")
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert "sealed decisions under" not in page.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e9", "9" * 30])
def test_a_page_number_that_is_none_is_an_error_too(lena: Client, number: str) -> None:
    page = lena.get(f"{TO_HMG}&page={number}")
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def test_looking_changes_nothing_and_reads_no_case(lena: Client) -> None:
    before = list(Record.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as found:
        lena.get(TO_ENGLAND)
    assert list(Record.objects.order_by("pk").values()) == before
    statements = [one["sql"] for one in found.captured_queries]
    assert not [sql for sql in statements if re.match("(INSERT|UPDATE|DELETE)", sql)]
    assert not [sql for sql in statements if "snapshot" in sql or "decisions_draft" in sql]


def test_the_command_counts_those_asked_for(records: None) -> None:
    everything = said("--to", "england-2026").splitlines()
    assert everything[0].startswith("6 sealed decisions under england-2026 ")
    some = said("--from", "hmg-2008", "--to", "england-2026", "--organisation", "northmoor council")
    lines = [line.strip() for line in some.splitlines()]
    assert lines[0].startswith("3 sealed decisions")
    assert "1  Cannot be compared" in lines
    assert "1  cannot be compared: england-2026 asks lawful-basis, which has no answer" in lines
    assert "R0000" not in some


def test_the_command_lists_what_differs_and_nothing_else(records: None) -> None:
    listed = [line for line in said("--to", "hmg-2008", "--list").splitlines() if line[:1] == "R"]
    assert listed == ["R0000003  outcome  Seek advice becomes share"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--to", "hmg-2006"], "There is no edition called hmg-2006. There are: england-2026, hmg"),
        (["--to", "hmg-2008", "--from", "x"], "There is no edition called x. There are: "),
        (["--to", "hmg-2008", "--organisation", "x"], "There is no organisation called “x”."),
    ],
)
def test_the_command_says_what_there_is(records: None, arguments: list[str], problem: str) -> None:
    with pytest.raises(CommandError, match=re.escape(problem)):
        said(*arguments)
