"""The register: entered, changed, found and due; by whom; and what bad input ends in."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client

from guidance.protocols import writers
from guidance.protocols.forms import ProtocolForm
from guidance.protocols.models import Protocol, ProtocolVersion
from guidance.protocols.register import due_for
from guidance.protocols.terms import TERMS
from guidance.protocols.writers import StaleProtocol, change_protocol
from infoshare import clock, navigation
from infoshare.people.models import Membership, Organisation, Role, User
from tests.cast import Cast
from tests.guidance.protocols.entries import dates, enter, posted, words
from tests.roles import as_owner

SignIn = Callable[[User], Client]


def said(reply: Any) -> str:
    main = reply.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def new(cast: Cast) -> str:
    return f"/protocols/new/{cast.northmoor.pk}/"


def test_a_lead_enters_it_and_everybody_of_the_organisation_reads_it(
    cast: Cast, signed_in: SignIn
) -> None:
    typed = {name: f"Words on {name} <b>" for name in TERMS}
    given = posted(cast.omar, **typed, **dates("starts_on", "1", "3", "2026"), may_publish="on")
    page = "00000000-0000-4000-8000-000000000001"
    client = signed_in(cast.lena)
    replies = [client.post(new(cast), {**given, "page": page}) for _ in range(2)]
    assert {reply["Location"] for reply in replies} == {
        f"/protocols/{Protocol.objects.get().pk}/"
    }  # sent twice, it is one
    shown = said(signed_in(cast.priya).get(replies[0]["Location"]))
    for one in (*typed.values(), "Northmoor Homes (landlord)", "Omar Haddad", "1 March 2099"):
        assert one in shown
    assert "Change this protocol" not in shown
    assert signed_in(cast.olu).get(replies[0]["Location"]).status_code == 404


def test_each_change_is_a_version_and_none_is_lost(cast: Cast, signed_in: SignIn) -> None:
    protocol = enter(cast)
    client, address = signed_in(cast.lena), f"/protocols/{protocol.pk}/change/"
    shown = client.get(address).content.decode()
    assert "Two years" in shown and 'value="early-help" checked' in shown
    same = change_protocol(protocol=protocol, person=cast.lena, seen=1, words=words(cast.lena))
    assert same.number == 1  # nothing changed, so no version
    changed = posted(cast.lena, title="Another title", seen="1")
    assert client.post(address, changed).status_code == 303
    late = client.post(address, posted(cast.lena, title="Too late", seen="1"))
    assert late.status_code == 409
    assert "Not saved yet" in said(late) and "Another title" in said(late)
    assert 'value="Too late"' in late.content.decode()
    assert protocol.versions.count() == 2
    now = said(client.get(f"/protocols/{protocol.pk}/"))
    assert "Changed: Title, Reference" in now
    assert "Sharing with Northmoor Homes" in said(
        client.get(f"/protocols/{protocol.pk}/versions/1/")
    )
    for number in ("3", "9" * 30):
        assert client.get(f"/protocols/{protocol.pk}/versions/{number}/").status_code == 404


def test_of_two_that_save_at_once_one_is_told(cast: Cast) -> None:
    protocol = enter(cast)
    first = writers.latest(protocol)
    given = {"protocol": protocol, "person": cast.lena, "seen": 1}
    change_protocol(**given, words=words(cast.lena, title="First"))
    with pytest.raises(StaleProtocol):
        change_protocol(**given, words=words(cast.lena, title="Second"))
    # Both had read the first version before either wrote.
    with pytest.raises(StaleProtocol) as told:
        writers._after(first, 1, cast.lena, words(cast.lena, title="Third"), document_id=None)
    assert told.value.now.title == "First"
    assert protocol.versions.count() == 2


BAD = {
    "title": " ",
    "purposes": "a\0b",
    "retention": "x" * 10_001,
    "parties": "; landlord",
    "kind": "treaty",
    "status": "",
    "about": "early-help weather",
    "owner": "me",
    "supersedes": "x",
    **dates("starts_on", "31", "2", "2026"),
    **dates("review_on", "", "", ""),
    **dates("expires_on", "1", "1", "9999"),
}


def test_bad_input_is_said_beside_the_field_and_nothing_is_saved(
    cast: Cast, signed_in: SignIn
) -> None:
    given = posted(cast.lena, signatories="Kept <words>", **BAD)
    reply = signed_in(cast.lena).post(new(cast), given)
    page = reply.content.decode()
    assert reply.status_code == 200
    for name in BAD:
        field = re.sub("_(day|month|year)$", "", name)
        assert f'id="id_{field}-error"' in page, field
    assert "Kept &lt;words&gt;" in page
    assert not Protocol.objects.exists()


def test_dates_and_owners_that_do_not_fit_are_refused(cast: Cast) -> None:
    first = dates("starts_on", "2", "3", "2026")
    for given, field in (
        (first | dates("review_on", "1", "3", "2026"), "review_on"),
        (first | dates("expires_on", "1", "3", "2026"), "expires_on"),
        ({"owner": str(cast.olu.pk)}, "owner"),
        ({"owner": "00000000-0000-4000-8000-000000000000"}, "owner"),
    ):
        form = ProtocolForm(posted(cast.lena, **given), organisation=cast.northmoor)
        assert list(form.errors) == [field]


def test_no_protocol_takes_the_place_of_itself(cast: Cast, signed_in: SignIn) -> None:
    first = enter(cast)
    second = enter(cast, title="Second", supersedes_id=first.pk)
    client = signed_in(cast.lena)
    address = f"/protocols/{first.pk}/change/"
    for one in (first, second):
        given = posted(cast.lena, seen="1", supersedes=str(one.pk))
        assert 'id="id_supersedes-error"' in client.post(address, given).content.decode()
    assert "Superseded by Second" in said(client.get(f"/protocols/{first.pk}/"))


def test_search_takes_any_words_by_post(cast: Cast, signed_in: SignIn) -> None:
    enter(cast)
    enter(cast, title="100 % attendance", parties="Oaks School", reference="", purposes="School")
    client = signed_in(cast.priya)
    for typed, count in (
        ("northmoor homes", 1),
        ("“Homes” social", 1),
        ("%", 1),
        ("oak", 1),
        ("-homes OR (school", 0),
        ("'; DROP TABLE x; --", 0),
        ("   ", 2),
    ):
        reply = client.post("/protocols/", {"words": typed})
        assert reply.content.decode().count('class="card"') == count, typed
    for typed in ("x" * 10_000, "a\0b"):
        reply = client.post("/protocols/", {"words": typed})
        assert reply.status_code == 200
        assert 'id="id_words-error"' in reply.content.decode()
    assert "100" not in said(signed_in(cast.olu).get("/protocols/"))


def test_what_is_due_is_shown_to_its_owner_and_its_lead(cast: Cast, signed_in: SignIn) -> None:
    enter(cast, title="Due", review_on=date(2027, 5, 1), owner_id=cast.omar.pk)
    enter(cast, title="Expired", expires_on=date(2027, 4, 1))
    enter(cast, title="Ended", status="ended", review_on=date(2027, 1, 1))
    old = enter(cast, title="Old", review_on=date(2027, 1, 1))
    enter(cast, title="New", supersedes_id=old.pk)
    with clock.set_to(datetime(2027, 4, 30, 12, tzinfo=UTC)):
        assert [one.version.title for one in due_for(cast.lena)] == ["Expired"]
        assert not due_for(cast.omar)
    with clock.set_to(datetime(2027, 5, 1, 12, tzinfo=UTC)):
        assert [(one.version.title, one.due_since.month) for one in due_for(cast.lena)] == [
            ("Due", 5),
            ("Expired", 4),
        ]
        assert [one.version.title for one in due_for(cast.omar)] == ["Due"]
        name = "protocols:register"
        assert navigation.count(cast.lena, [name]) == {name: 2}
        assert navigation.count(cast.omar, [name]) == {}
        assert not due_for(cast.priya) and not due_for(cast.olu)
        assert "Protocols (2)" in signed_in(cast.lena).get("/protocols/").content.decode()
        for where in ("/register/", "/protocols/", "/guidance/"):
            assert "1 protocol is due" in said(signed_in(cast.omar).get(where)), where
        assert "Due" in said(signed_in(cast.omar).get("/protocols/due/"))


def test_the_tables_only_grow_and_hold_what_must_hold(cast: Cast) -> None:
    protocol = enter(cast)
    for statement in (
        "UPDATE guidance_protocolversion SET title = 'x'",
        "DELETE FROM guidance_protocolversion",
        "UPDATE guidance_protocol SET begun_at = now()",
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), as_owner():
            connection.cursor().execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO guidance_documentbytes (sha256, content) VALUES (%s, %s)", ["0" * 64, b"x"]
        )
    for wrong in ({"review_on": date(2025, 1, 1)}, {"number": 0}, {"number": 1}):
        version = ProtocolVersion.objects.get(protocol=protocol)
        version.pk, version.number = None, 2
        for name, value in wrong.items():
            setattr(version, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            version.save()


def test_a_lead_elsewhere_changes_nothing_here(cast: Cast, signed_in: SignIn) -> None:
    protocol = enter(cast)
    elsewhere = User.objects.create(email="elia@lead.example", name="Elia")
    Membership.objects.create(user=elsewhere, organisation=cast.southfield, role=Role.LEAD)
    for who in (elsewhere, cast.priya, cast.ada):
        client = signed_in(who)
        for address in (new(cast), f"/protocols/{protocol.pk}/change/"):
            assert client.post(address, posted(cast.lena, seen="1")).status_code == 404
    assert ProtocolVersion.objects.count() == 1
    assert Organisation.objects.count() == 2
