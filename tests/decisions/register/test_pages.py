"""The register's page: what stands in addresses, what is refused, views kept and files taken."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.evidence.checking import check_everything
from decisions.register import saved, taking
from decisions.register.models import Entry, SavedView
from decisions.register.view import View
from infoshare.ledger.models import Statement
from tests.cast import Cast
from tests.decisions.register.many import enter_many
from tests.decisions.walk import page_errors

REGISTER, FILE = reverse("decisions:register"), reverse("decisions:take-view")
VIEWS = reverse("decisions:save-view")
SignIn = Callable[[Any], Client]


@pytest.fixture
def maya(cast: Cast, signed_in: SignIn) -> Client:
    """The manager of Early Help, where Priya shared twice and Tom once, not."""
    place = {"team": cast.early_help}
    enter_many(
        [
            {**place, "owner": cast.priya, "case": "CF-1", "reason": "Mould in the flat"},
            {**place, "owner": cast.priya, "case": "=1+1", "recipient": "@Oaks School"},
            {**place, "owner": cast.tom, "case": "CF-3", "decision": "do-not-share"},
            {"owner": cast.olu, "team": cast.pastoral, "case": "CF-4", "reason": "Mould"},
        ]
    )
    return signed_in(cast.maya)


def cases(reply: Any) -> set[str]:
    assert reply.status_code == 200
    return set(re.findall(r"CF-\d|=1\+1", reply.content.decode()))


def test_what_is_chosen_stands_in_the_address_and_what_is_typed_does_not(
    maya: Client, cast: Cast
) -> None:
    chosen = maya.post(REGISTER, {"practitioner": str(cast.priya.pk), "words": " "})
    assert chosen.status_code == 303
    assert chosen["Location"] == f"{REGISTER}?practitioner={cast.priya.pk}"
    assert cases(maya.get(chosen["Location"])) == {"CF-1", "=1+1"}
    typed = maya.post(REGISTER, {"practitioner": str(cast.priya.pk), "words": "MOULD"})
    assert cases(typed) == {"CF-1"}
    page = typed.content.decode()
    assert "1 decision<" in page and "Practitioner: Priya Shah" in page
    assert not re.search(r'(href|action)="[^"]*mould', page, re.IGNORECASE)
    assert cases(maya.post(REGISTER, {"words": "mould", "decision": "do-not-share"})) == set()
    without = {"words": "mould", "decision": "do-not-share", "without": "decision"}
    assert cases(maya.post(REGISTER, without)) == {"CF-1"}
    assert maya.post(REGISTER, {"words": "mould", "without": "words"})["Location"] == REGISTER


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"decision": "maybe"}, "Choose one of the answers in the list"),
        ({"team": "'; DROP TABLE x"}, "Choose one of the answers in the list"),
        ({"colour": "blue", "words": "x"}, "no filter called “colour”"),
        ({"sort": "by-colour"}, "Choose one of the answers in the list"),
        ({"columns": ["case", "colour"]}, "Choose columns of the list"),
        ({"words": "x" * 10_000}, "This text has 10,000 characters"),
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "Enter a real date"),
        (
            {f"{name}_{part}": year if part == "year" else "1" for name, year in
             (("since", "2026"), ("until", "2025")) for part in ("day", "month", "year")},
            "This day is before the first one",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field_and_lists_nothing(
    maya: Client, sent: dict[str, Any], said: str
) -> None:
    for reply in (maya.post(REGISTER, sent), maya.get(REGISTER, sent)):
        assert said in reply.content.decode() and not cases(reply), page_errors(reply)


def test_a_foreign_team_is_none(maya: Client, cast: Cast) -> None:
    for foreign in ({"team": cast.pastoral.pk}, {"practitioner": cast.olu.pk}):
        assert not cases(maya.get(REGISTER, foreign))


@pytest.mark.parametrize(
    "words",
    ["mould & | ! ( ' :* <->", '"mould', "-", '"" "', "\\", "%_", "mould:*", "' OR 1=1 --", "ﬁ́ 🏠"],
)
def test_no_search_breaks(maya: Client, words: str) -> None:
    for name in ("words", "recipient"):
        assert maya.post(REGISTER, {name: words}).status_code == 200


def test_words_that_say_nothing_are_said_to(maya: Client) -> None:
    reply = maya.post(REGISTER, {"words": "the of"})
    assert not cases(reply) and "too common to search for" in reply.content.decode()
    found = Entry.objects.get(search="mould", organisation__name__startswith="North")
    typed = found.reference.lower().replace("-", " ")
    assert cases(maya.post(REGISTER, {"words": typed})) == {"CF-1"}


def test_a_spoilt_place_begins_the_list_again(maya: Client) -> None:
    beyond = f"newest~2020-01-01T00:00:00.000000Z~{'0' * 32}"
    for place in (
        *({"after": "newest~x"}, {"before": "\0"}, {"after": "a", "before": "b"}),
        {"after": beyond},
    ):
        reply = maya.get(REGISTER, place)
        assert len(cases(reply)) == 3 and "the list begins again" in reply.content.decode()


def test_pages_are_turned_with_and_without_words(
    maya: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decisions.register.selecting.A_PAGE", 1)
    first = maya.get(REGISTER)
    ahead = re.search(r'href="([^"]*after=[^"]*)"', first.content.decode())
    assert ahead and cases(first) == {"CF-3"}
    second = maya.get(ahead[1].replace("&amp;", "&"))
    assert cases(second) == {"=1+1"} and "3 decisions" in second.content.decode()
    back = re.search(r'href="([^"]*before=[^"]*)"', second.content.decode())
    assert back and cases(maya.get(back[1].replace("&amp;", "&"))) == {"CF-3"}
    typed = maya.post(REGISTER, {"words": '-"hidden words"'})
    button = re.search(r'name="after" value="([^"]+)"', typed.content.decode())
    assert button and "hidden" not in str(re.findall(r'href="[^"]*"', typed.content.decode()))
    again = maya.post(REGISTER, {"words": '-"hidden words"', "after": button[1]})
    assert cases(again) == {"=1+1"}


def test_a_page_costs_at_most_twelve_statements(maya: Client, cast: Cast) -> None:
    saved.keep_view(person=cast.maya, name="Ours", view=View(words="mould"))
    sent = {"words": "-zebra", "recipient": "", "edition": "england-2026", "overdue": ""}
    for ask in (lambda: maya.get(REGISTER), lambda: maya.post(REGISTER, sent)):
        with CaptureQueriesContext(connection) as captured:
            assert cases(ask())
        assert len(captured) <= 12, [one["sql"][:80] for one in captured]


def test_a_view_is_kept_opened_and_deleted_by_its_owner_alone(
    maya: Client, cast: Cast, signed_in: SignIn
) -> None:
    sent = {"words": "mould", "columns": ["case", "rule"], "name": "Damp"}
    kept = maya.post(VIEWS, sent)
    view = SavedView.objects.get()
    assert kept["Location"] == reverse("decisions:saved-view", args=[view.pk])
    page = maya.get(kept["Location"]).content.decode()
    assert "CF-1" in page and "CF-3" not in page and "<dt>Rule</dt>" in page and "Damp" in page
    again = maya.post(VIEWS, {**sent, "name": "DAMP"})
    assert "You have a view with this name" in again.content.decode()
    assert "Give the view a name" in maya.post(VIEWS, {**sent, "name": " "}).content.decode()
    other, gone = signed_in(cast.ada), reverse("decisions:delete-view", args=[view.pk])
    assert other.get(kept["Location"]).status_code == other.post(gone).status_code == 404
    assert "Damp" not in other.get(REGISTER).content.decode()
    assert maya.post(gone).status_code == 303 and not SavedView.objects.exists()


def test_only_so_many_views_are_kept(
    maya: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    assert maya.post(VIEWS, {"name": "One"}).status_code == 303
    assert "that is the most" in maya.post(VIEWS, {"name": "Two"}).content.decode()


def test_a_kept_view_of_a_team_that_is_theirs_no_more_shows_nothing(
    maya: Client, cast: Cast
) -> None:
    view = SavedView.objects.create(
        owner=cast.maya, name="Old", pairs=[["team", str(cast.adults.pk)]]
    )
    reply = maya.get(reverse("decisions:saved-view", args=[view.pk]))
    assert not cases(reply) and "Choose one of the answers in the list" in reply.content.decode()


def body(reply: Any) -> bytes:
    assert reply.status_code == 200, reply.status_code
    return b"".join(reply.streaming_content)


def test_a_csv_is_safe_goes_by_references_and_is_in_the_ledger(maya: Client, cast: Cast) -> None:
    sent = {"practitioner": "", "decision": "share", "columns": ["case", "decision", "recipient"]}
    file = body(maya.post(FILE, {**sent, "file": "csv"}))
    head, *rows = csv.reader(io.StringIO(file.decode("utf-8-sig")))
    assert head == ["Reference", "Decision", "Shared with"]
    assert sorted(row[2] for row in rows) == ["", "'@Oaks School"]
    shared = Entry.objects.filter(decision="share", owner=cast.priya)
    assert [row[0] for row in rows] == [one.reference for one in shared.order_by("-sealed_at")]
    said = json.loads(bytes(Statement.objects.get().content))
    assert said["sha256"] == hashlib.sha256(file).hexdigest()
    assert (said["kind"], said["decisions"], said["filters"]) == (
        "register-exported", 2, ["decision"]
    )  # fmt: skip
    with_cases = body(maya.post(FILE, {**sent, "file": "csv", "with_cases": "on"})).decode()
    assert "'=1+1" in with_cases and "CF-1" in with_cases
    typed = body(maya.post(FILE, {"words": "mould", "file": "csv"})).decode()
    assert len(typed.splitlines()) == 2
    last = bytes(Statement.objects.order_by("-leaf_id")[0].content)
    assert b"mould" not in last and b'"words"' in last


def test_an_xlsx_holds_text_and_no_formula(maya: Client) -> None:
    file = body(maya.post(FILE, {"file": "xlsx", "with_cases": "on", "columns": ["recipient"]}))
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "=1+1" in sheet


def test_a_file_that_would_be_too_large_is_refused_and_not_noted(
    maya: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST", 2)
    reply = maya.post(FILE, {"file": "csv"})
    assert "a file can hold no more" in reply.content.decode()
    assert "Choose CSV or XLSX" in maya.post(FILE, {"file": ""}).content.decode()
    assert not Statement.objects.exists()


def test_nobody_else_takes_a_file(cast: Cast, maya: Client, signed_in: SignIn) -> None:
    for who in (cast.priya, cast.lena, cast.sam):
        assert signed_in(who).post(FILE, {"file": "csv"}).status_code == 403


def test_the_statement_of_a_file_is_verified(maya: Client) -> None:
    body(maya.post(FILE, {"file": "csv"}))
    found = [str(one) for one in check_everything().findings]
    # The entries of this test were never sealed; its one leaf is as it should be.
    assert all("has no leaf" in one for one in found), found
