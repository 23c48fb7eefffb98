"""The list of contacts: its lead keeps it, nobody else's list can be touched."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.wizard.advice.models import AdviceContact
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast

LIST = reverse("decisions:contacts")
GIVEN = {"role": "Duty safeguarding lead", "reach": "Extension 4 <b>", "hours": "9 to 5"}


@pytest.fixture
def lead(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.lena)


@pytest.fixture
def contact(cast: Cast) -> AdviceContact:
    return AdviceContact.objects.create(organisation=cast.northmoor, changed_by=cast.lena, **GIVEN)


def add(cast: Cast) -> str:
    return reverse("decisions:contact-add", args=[cast.northmoor.pk])


def at(contact: AdviceContact) -> str:
    return reverse("decisions:contact", args=[contact.pk])


def test_the_lead_adds_one_and_a_double_send_adds_no_other(cast: Cast, lead: Client) -> None:
    for _ in range(2):
        reply = lead.post(add(cast), GIVEN)
        assert (reply.status_code, reply["Location"]) == (303, LIST)
    made = AdviceContact.objects.get()
    assert {name: getattr(made, name) for name in GIVEN} == GIVEN
    assert (made.organisation, made.changed_by) == (cast.northmoor, cast.lena)
    text = lead.get(LIST).content.decode()
    assert "Extension 4 &lt;b&gt;" in text
    assert 'href="/contacts/"' in lead.get(reverse("guidance:index")).content.decode()


@pytest.mark.parametrize(
    ("field", "sent"),
    [("role", ""), ("role", "x" * 201), ("reach", " "), ("reach", "\0"), ("hours", "a\nb")],
)
def test_bad_input_is_said_beside_the_field(
    cast: Cast, lead: Client, field: str, sent: str
) -> None:
    reply = lead.post(add(cast), {**GIVEN, field: sent})
    text = reply.content.decode()
    assert reply.status_code == 200
    assert f'href="#id_{field}"' in text
    assert ('value="9 to 5"' in text) is (field != "hours")
    assert not AdviceContact.objects.exists()


def test_the_same_with_other_hours_is_said(
    cast: Cast, lead: Client, contact: AdviceContact
) -> None:
    reply = lead.post(add(cast), {**GIVEN, "hours": "always"})
    assert "Your list has this role" in reply.content.decode()
    assert AdviceContact.objects.count() == 1


def test_it_is_changed_and_a_stale_change_sees_both(lead: Client, contact: AdviceContact) -> None:
    assert lead.post(at(contact), {**GIVEN, "hours": "always", "seen": "1"}).status_code == 303
    reply = lead.post(at(contact), {**GIVEN, "hours": "never", "seen": "1"})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "always" in text
    assert 'value="never"' in text
    assert 'name="seen" value="2"' in text
    assert lead.post(at(contact), {**GIVEN, "hours": "never", "seen": "2"}).status_code == 303
    contact.refresh_from_db()
    assert (contact.hours, contact.version) == ("never", 3)


def test_it_is_taken_off_the_list_and_its_row_stays(lead: Client, contact: AdviceContact) -> None:
    for _ in range(2):
        assert lead.post(at(contact), {"go": "remove"}).status_code == 303
    contact.refresh_from_db()
    assert contact.removed_at
    assert contact.version == 2
    assert at(contact) not in lead.get(LIST).content.decode()
    assert lead.get(at(contact)).status_code == 303
    late = lead.post(at(contact), {**GIVEN, "hours": "typed late", "seen": "1"})
    assert late.status_code == 409
    assert "typed late" in late.content.decode()


def test_one_taken_off_can_be_added_anew(cast: Cast, lead: Client, contact: AdviceContact) -> None:
    lead.post(at(contact), {"go": "remove"})
    assert lead.post(add(cast), GIVEN).status_code == 303
    assert AdviceContact.objects.filter(removed_at__isnull=True).count() == 1


@pytest.mark.parametrize("who", ["priya", "maya", "ada", "sam", "mina"])
def test_others_cannot(
    who: str, cast: Cast, contact: AdviceContact, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(LIST).status_code == 403
    for address, sent in ((add(cast), GIVEN), (at(contact), {"go": "remove"})):
        assert client.post(address, sent).status_code == 404
    contact.refresh_from_db()
    assert contact.removed_at is None
    assert AdviceContact.objects.count() == 1


def test_a_lead_of_another_organisation_cannot(
    cast: Cast, contact: AdviceContact, signed_in: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=cast.abel, organisation=cast.southfield, role=Role.LEAD)
    client = signed_in(cast.abel)
    assert contact.role not in client.get(LIST).content.decode()
    assert client.get(at(contact)).status_code == 404
    assert client.post(add(cast), GIVEN).status_code == 404
    assert client.post(at(contact), {"go": "remove"}).status_code == 404
    contact.refresh_from_db()
    assert contact.removed_at is None
