"""The lead's pages: what they show, what they refuse beside which field, and to whom."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidance.adoption.models import Adoption, AdoptionEnd
from guidance.rulebook import catalogue
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.guidance.adoption.conftest import Adopt, in_days

ADOPTIONS = "/organisation/editions/"


@pytest.fixture
def lena(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.lena)


def sent(**more: str) -> dict[str, str]:
    """The form as a lead sends it: today's edition, from tomorrow."""
    day = in_days(1)
    given = {
        "edition": catalogue.shipped()[catalogue.DEFAULT].digest,
        "begins_on_day": str(day.day),
        "begins_on_month": str(day.month),
        "begins_on_year": str(day.year),
    }
    return {**given, **more}


def said(reply: Any) -> str:
    whole = re.sub(r"</?bdi>", "", reply.content.decode())
    text = re.sub(r"<[^>]*>", " ", whole)
    return " ".join(html.unescape(text).split())


def test_a_lead_adopts_and_everybody_there_sees_it(
    cast: Cast, lena: Client, signed_in: Callable[[User], Client]
) -> None:
    note = {
        "reviewed_by": "Solicitor of the council",
        "reviewed_on_day": "1",
        "reviewed_on_month": "6",
        "reviewed_on_year": "2026",
        "found": "<b>Fit</b> for use",
    }
    today = {f"begins_on_{part}": str(getattr(in_days(0), part)) for part in DAY}
    assert "Not yet adopted by your organisation." in said(lena.get(ADOPTIONS))
    address = reverse("adoption:adopt", args=[cast.northmoor.pk])
    assert lena.get(address).status_code == 200
    reply = lena.post(address, sent(**today, **note))
    assert (reply.status_code, reply["Location"]) == (303, ADOPTIONS)
    page = said(lena.get(ADOPTIONS))
    assert "In use now" in page and "until another begins" in page and "Lena Novak" in page
    for where in ("/guidance/", "/guidance/england-2026/", "/guidance/library/"):
        told = said(signed_in(cast.priya).get(where))
        assert "by Solicitor of the council on 1 June 2026: <b>Fit</b> for use." in told, where
        assert "edition’s own legal review: not yet reviewed" in told
        assert catalogue.shipped()[catalogue.DEFAULT].digest[:12] in told
        assert "Not yet adopted" in said(signed_in(cast.olu).get(where))


DAY = ("day", "month", "year")


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"edition": ""}, "edition", "Choose an edition"),
        ({"edition": "hmg-2008"}, "edition", "is withdrawn"),
        ({"edition": "0" * 64}, "edition", "files may have changed since you opened this page"),
        ({"begins_on_day": "31", "begins_on_month": "2"}, "begins_on", "Enter a real date"),
        ({"begins_on_year": "2001"}, "begins_on", "is in the past"),
        ({"ends_on_year": "2001"}, "ends_on", "needs a day and a month"),
        ({"found": "Fit for use"}, "reviewed_by", "Say who reviewed it"),
        ({"found": "x" * 2001}, "found", "shorten it by 1"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    cast: Cast, lena: Client, more: dict[str, str], field: str, words: str
) -> None:
    reply = lena.post(reverse("adoption:adopt", args=[cast.northmoor.pk]), sent(**more))
    assert reply.status_code == 200
    errors = reply.content.decode().partition(f'id="id_{field}-error"')[2].partition("</p>")[0]
    assert words in html.unescape(errors)
    assert more.get("found", "") in reply.content.decode()
    assert not Adoption.objects.exists()


def test_a_lead_withdraws_and_ends_what_stands_now_alone(
    cast: Cast, lena: Client, adopt: Adopt
) -> None:
    running, to_come = adopt(0), adopt(5)
    first, second = (reverse("adoption:end", args=[one.pk]) for one in (running, to_come))
    late = lena.post(first, {"go": "withdraw"})  # it began since the page was opened
    assert (late.status_code, AdoptionEnd.objects.count()) == (409, 0)
    assert "nothing was done" in said(late)
    assert "Withdraw it" in said(lena.get(second)) and "End it today" in said(lena.get(first))
    assert lena.post(second, {"go": "withdraw"}).status_code == 303
    assert lena.post(first, {"go": "end"}).status_code == 303
    page = said(lena.get(ADOPTIONS))
    assert "Withdrawn before it began" in page and "Ended by" in page
    for address in (first, second):
        assert "nothing left of it" in said(lena.get(address))
        assert lena.post(address, {"go": "withdraw"}).status_code == (
            409 if address == first else 303
        )


def test_another_organisations_lead_finds_nothing(
    cast: Cast, adopt: Adopt, signed_in: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=cast.abel, organisation=cast.southfield, role=Role.LEAD)
    abel, theirs = signed_in(cast.abel), adopt(5)
    assert "Northmoor" not in said(abel.get(ADOPTIONS))
    addresses = [
        reverse("adoption:adopt", args=[cast.northmoor.pk]),
        reverse("adoption:end", args=[theirs.pk]),
        reverse("adoption:changes", args=[theirs.pk]),
    ]
    for address in addresses:
        assert abel.get(address).status_code == 404
        assert abel.post(address, {**sent(), "go": "withdraw"}).status_code in (404, 405)
    assert (Adoption.objects.count(), AdoptionEnd.objects.count()) == (1, 0)
