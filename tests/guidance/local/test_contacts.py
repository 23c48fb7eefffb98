"""Whom to ring: its lead keeps the list, every version stays, nobody else's can be touched."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from guidance.local.entries import add_entry, contacts, remove_entry
from guidance.local.models import Contact
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.guidance.local.words import CONTACT
from tests.roles import as_owner

LIST = reverse("local:contacts")


@pytest.fixture
def lead(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.lena)


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return add_entry(Contact, organisation=cast.northmoor, person=cast.lena, words=CONTACT)


def add(cast: Cast) -> str:
    return reverse("local:contact-add", args=[cast.northmoor.pk])


def at(contact: Contact) -> str:
    return reverse("local:contact", args=[contact.entry])


def test_the_lead_adds_one_and_a_double_send_adds_no_other(cast: Cast, lead: Client) -> None:
    sent = {**CONTACT, "place": "Room 4 <b>", "email": " duty@northmoor.example "}
    for _ in range(2):
        reply = lead.post(add(cast), sent)
        assert (reply.status_code, reply["Location"]) == (303, LIST)
    (made,) = Contact.objects.all()
    assert {name: getattr(made, name) for name in sent} == {**sent, "email": sent["email"].strip()}
    assert (made.organisation, made.by, made.number) == (cast.northmoor, cast.lena, 1)
    text = lead.get(LIST).content.decode()
    assert "Room 4 &lt;b&gt;" in text
    assert 'href="mailto:duty@northmoor.example"' in text
    assert 'href="/organisation/"' in lead.get(reverse("guidance:index")).content.decode()


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("kind", "boss", "Choose one of the answers shown here"),
        ("role", "", "Enter their role or title"),
        ("role", "Mrs Okonkwo", "not the name of a person"),
        ("role", "x" * 201, "shorten it by 1"),
        ("phone", "0207 946", "has 10 to 11 digits. This one has 7"),
        ("phone", "ask <script>", "Enter the phone number in digits"),
        ("email", "duty at northmoor", "Enter an e-mail address such as"),
        ("place", "\0", "cannot be kept"),
        ("hours", "a\nb", "Write this on one line"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    cast: Cast, lead: Client, field: str, sent: str, said: str
) -> None:
    reply = lead.post(add(cast), {**CONTACT, field: sent})
    text = reply.content.decode()
    assert reply.status_code == 200
    assert f'href="#id_{field}"' in text
    assert said in text
    assert "<script>" not in text.replace("<script nonce", "").replace("<script type", "")
    assert ('value="9 to 5"' in text) is (field != "hours")
    assert not Contact.objects.exists()


def test_some_way_to_reach_them_is_needed_and_the_database_holds_it(
    cast: Cast, lead: Client
) -> None:
    none = {**CONTACT, "phone": " "}
    assert "Enter a phone number, an e-mail address" in lead.post(add(cast), none).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        add_entry(
            Contact,
            organisation=cast.northmoor,
            person=cast.lena,
            words={**CONTACT, "phone": ""},
        )


def test_the_same_with_other_hours_is_said(cast: Cast, lead: Client, contact: Contact) -> None:
    reply = lead.post(add(cast), {**CONTACT, "hours": "always"})
    assert "Your list has this role" in reply.content.decode()
    assert Contact.objects.count() == 1


def test_it_is_changed_and_a_stale_change_sees_both(lead: Client, contact: Contact) -> None:
    assert lead.post(at(contact), {**CONTACT, "hours": "always", "seen": "1"}).status_code == 303
    reply = lead.post(at(contact), {**CONTACT, "hours": "never", "seen": "1"})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Lena Novak changed this contact" in text
    assert "always" in text
    assert 'value="never"' in text
    assert 'name="seen" value="2"' in text
    assert lead.post(at(contact), {**CONTACT, "hours": "never", "seen": "2"}).status_code == 303
    kept = Contact.objects.filter(entry=contact.entry).order_by("number")
    assert list(kept.values_list("number", "hours")) == [(1, "9 to 5"), (2, "always"), (3, "never")]
    assert [one.hours for one in contacts(contact.organisation_id)] == ["never"]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), as_owner():
        kept.update(hours="rewritten")


def test_it_is_taken_off_and_can_be_added_anew(cast: Cast, lead: Client, contact: Contact) -> None:
    for _ in range(2):
        assert lead.post(at(contact), {"go": "remove"}).status_code == 303
    assert Contact.objects.filter(entry=contact.entry).count() == 2
    assert at(contact) not in lead.get(LIST).content.decode()
    assert lead.get(at(contact)).status_code == 303
    late = lead.post(at(contact), {**CONTACT, "hours": "typed late", "seen": "1"})
    assert late.status_code == 409
    assert "typed late" in late.content.decode()
    assert lead.post(add(cast), CONTACT).status_code == 303
    assert len(contacts(cast.northmoor.pk)) == 1


def test_nobody_else_can_and_no_lead_of_another_organisation(
    cast: Cast, contact: Contact, signed_in: Callable[[User], Client]
) -> None:
    Membership.objects.create(user=cast.abel, organisation=cast.southfield, role=Role.LEAD)
    for person in (cast.priya, cast.maya, cast.ada, cast.sam, cast.abel):
        client = signed_in(person)
        ring = client.get(reverse("local:ring")).content.decode()
        assert (contact.role in ring) is (person != cast.abel)
        for address, sent in ((add(cast), CONTACT), (at(contact), {"go": "remove"})):
            assert client.get(address).status_code == 404
            assert client.post(address, sent).status_code == 404
        listed = client.get(LIST)
        assert listed.status_code == (200 if person == cast.abel else 403)
        assert contact.role not in listed.content.decode()
    assert Contact.objects.count() == 1


def test_they_stand_in_the_order_of_their_kinds(cast: Cast) -> None:
    given = {"organisation": cast.northmoor, "person": cast.lena}
    for kind in ("other", "breach", "safeguarding", "data-protection"):
        add_entry(Contact, **given, words={**CONTACT, "kind": kind})
    gone = add_entry(Contact, **given, words={**CONTACT, "kind": "caldicott"})
    remove_entry(Contact, entry=gone.entry, person=cast.lena)
    kinds = [one.kind for one in contacts(cast.northmoor.pk)]
    assert kinds == ["safeguarding", "data-protection", "breach", "other"]
    assert [one.kind for one in contacts(cast.northmoor.pk, "breach", "caldicott")] == ["breach"]
    assert contacts(cast.southfield.pk) == []
