"""The settings of an organisation, kept by its information governance lead."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from infoshare.people.models import Membership, Organisation, Role, SettingChange, User
from tests.cast import Cast
from tests.roles import as_owner

ADDRESS = reverse("organisation-settings")


def send(client: Client, place: Organisation, days: str, seen: str = "2") -> tuple[int, str]:
    sent = {"organisation": str(place.pk), f"{place.pk}-follow_up_days": days}
    reply = client.post(ADDRESS, {**sent, "seen-follow_up_days": seen})
    return reply.status_code, reply.content.decode()


def held(place: Organisation) -> int:
    return Organisation.objects.values_list("follow_up_days", flat=True).get(pk=place.pk)


@pytest.fixture
def lena(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    """The lead of Northmoor."""
    return signed_in(cast.lena)


def test_it_works(lena: Client, cast: Cast) -> None:
    assert 'value="2"' in lena.get(ADDRESS).content.decode()
    assert send(lena, cast.northmoor, "30")[0] == 303
    assert (held(cast.northmoor), held(cast.southfield)) == (30, 2)
    assert send(lena, cast.northmoor, " 0 ", seen="30")[0] == 303
    assert held(cast.northmoor) == 0


def test_who_changed_what_and_when_is_kept(lena: Client, cast: Cast) -> None:
    place = cast.northmoor.pk
    numbers = {"follow_up_days": "2", "advice_days": "0", "review_days": "5", "draft_days": "28"}
    numbers["export_most"] = "100000"
    seen = {"follow_up_days": "2", "advice_days": "2", "review_days": "10", "draft_days": "28"}
    seen["export_most"] = "10000"
    sent = {"organisation": str(place)}
    sent |= {f"{place}-{name}": number for name, number in numbers.items()}
    sent |= {f"seen-{name}": number for name, number in seen.items()}
    for _ in range(2):
        assert lena.post(ADDRESS, sent).status_code == 303
    kept = SettingChange.objects.order_by("name").values_list("name", "before", "after", "by__name")
    assert list(kept) == [
        ("advice_days", 2, 0, "Lena Novak"),
        ("export_most", 10_000, 100_000, "Lena Novak"),
        ("review_days", 10, 5, "Lena Novak"),
    ]
    text = lena.get(ADDRESS).content.decode()
    assert "Working days until the review of a record is due: from 10 to 5." in text
    assert "Records that one export may have: from 10000 to 100000." in text
    refused = lena.post(ADDRESS, {**sent, f"{place}-review_days": "0"}).content.decode()
    assert "Enter a whole number from 1 to 60" in refused
    too_many = lena.post(ADDRESS, {**sent, f"{place}-export_most": "100001"}).content.decode()
    assert "Enter a whole number from 1 to 100,000" in too_many
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), as_owner():
        SettingChange.objects.all().delete()


@pytest.mark.parametrize("typed", ["", "31", "-1", "2.5", "two", "٢", "9" * 30, "1e1"])
def test_what_is_no_number_of_days_is_refused_beside_the_field(
    lena: Client, cast: Cast, typed: str
) -> None:
    status, text = send(lena, cast.northmoor, typed)
    assert (status, held(cast.northmoor)) == (200, 2)
    assert "govuk-error-message" in text
    assert typed in text


def test_another_organisation_is_not_there(lena: Client, cast: Cast) -> None:
    assert send(lena, cast.southfield, "5")[0] == 404
    sent = {"organisation": "nonsense", "seen-follow_up_days": "2"}
    assert lena.post(ADDRESS, sent).status_code == 404
    assert held(cast.southfield) == 2


def test_two_leads_at_once_both_see_what_was_set(lena: Client, cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.northmoor.pk).update(follow_up_days=7)
    status, text = send(lena, cast.northmoor, "5")
    assert (status, held(cast.northmoor)) == (409, 7)
    assert "It now says 7" in text
    assert 'value="5"' in text
    assert send(lena, cast.northmoor, "5", seen="7")[0] == 303
    assert held(cast.northmoor) == 5


def test_a_lead_of_two_has_a_form_for_each(lena: Client, cast: Cast) -> None:
    Membership.objects.create(user=cast.lena, organisation=cast.southfield, role=Role.LEAD)
    text = lena.get(ADDRESS).content.decode()
    assert "Northmoor Council" in text
    assert "Southfield Trust" in text
    assert send(lena, cast.southfield, "9")[0] == 303
    assert (held(cast.northmoor), held(cast.southfield)) == (2, 9)


def test_the_database_holds_the_bound(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=cast.northmoor.pk).update(follow_up_days=31)
