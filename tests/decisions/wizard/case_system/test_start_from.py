"""The start page with a handed-in case: shown to the right people, used up by a send alone."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from decisions.wizard.case_system.models import CaseSystemKey, HandIn
from decisions.wizard.case_system.writers import REMEMBERED_FOR, forget_old_cases
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.decisions.wizard.case_system.conftest import CASE, Send

SignIn = Callable[[User], Client]
SENT = {
    "edition": "england-2026",
    "page": "6f0a3f0e-4c1c-4a86-9a51-0f4f5f3a7a10",
    **{f"about-{name}": text for name, text in CASE.items()},
    "urgent-answer": "no",
    "setting-answer": "early-help",
}


@pytest.fixture
def address(send: Send) -> str:
    return str(send(CASE).json()["address"]).removeprefix("http://testserver")


def test_opening_shows_and_sending_uses_up(address: str, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.priya)
    for _ in range(2):
        page = client.get(address).content.decode()
        assert 'value="CASE-8"' in page
        assert 'value="2030-03-27"' in page
        assert '<option value="from-5" selected>' in page
        assert "CareBase" in page
    assert not Draft.objects.exists()
    reply = client.post(address, {**SENT, "about-role": "Duty officer"})
    draft = Draft.objects.get()
    assert reply["Location"] == f"/drafts/{draft.pk}/"
    about = {name: text for name, text in draft.answers["about"].items() if text}
    assert about == {**CASE, "role": "Duty officer"}
    assert HandIn.objects.get().context == {}


def test_a_second_use_is_answered_and_loses_no_word(
    address: str, cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.priya)
    first, again = client.post(address, SENT), client.post(address, SENT)
    assert again["Location"] == first["Location"]
    other = signed_in(cast.tom).post(address, {**SENT, "about-role": "Typed by Tom"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "used before" in page
    assert "Typed by Tom" in page
    assert '<form method="post" action="/decisions/start/"' in page
    gone = client.get(address)
    assert gone.status_code == 410
    assert "started with it already" in gone.content.decode()
    assert Draft.objects.count() == 1


def test_after_its_time(address: str, cast: Cast, signed_in: SignIn) -> None:
    HandIn.objects.update(expires_at=clock.now())
    client = signed_in(cast.priya)
    gone = client.get(address)
    assert (gone.status_code, "15 minutes" in gone.content.decode()) == (410, True)
    assert "CASE-8" not in gone.content.decode()
    assert client.post(address, SENT).status_code == 409
    assert HandIn.objects.get().context == {}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["olu", "mina", "maya", "lena", "ada"])
def test_others_find_nothing(who: str, address: str, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, who))
    for reply in (client.get(address), client.post(address, SENT)):
        assert reply.status_code == 404
        assert "CASE-8" not in reply.content.decode() or reply.wsgi_request.method == "POST"
    assert client.get("/decisions/start/from/unknown/").status_code == 404
    assert HandIn.objects.get().context == CASE


def test_a_visitor_signs_in_first(address: str) -> None:
    reply = Client().get(address)
    assert (reply.status_code, address in reply["Location"]) == (302, True)


def test_only_teams_of_that_organisation(address: str, cast: Cast, signed_in: SignIn) -> None:
    Membership.objects.create(
        user=cast.priya, organisation=cast.southfield, team=cast.pastoral, role=Role.PRACTITIONER
    )
    signed_in(cast.priya).post(address, {**SENT, "team": str(cast.pastoral.pk)})
    assert not Draft.objects.exclude(organisation=cast.northmoor).exists()


def test_old_cases_are_forgotten(address: str) -> None:
    HandIn.objects.update(expires_at=clock.now())
    told = StringIO()
    call_command("forget_old_cases", stdout=told)
    assert told.getvalue() == "Cases removed: 1.\n"
    assert HandIn.objects.get().context == {}
    HandIn.objects.update(expires_at=clock.now() - REMEMBERED_FOR - timedelta(days=1))
    forget_old_cases()
    assert not HandIn.objects.exists()


def test_the_commands_make_list_and_end_a_key(cast: Cast, settings: Any) -> None:
    told = StringIO()
    call_command(
        "create_case_system_key", organisation="northmoor council", name="CareBase", stdout=told
    )
    key = CaseSystemKey.objects.get()
    assert f"key:    {key.pk}\nsecret: " in told.getvalue()
    call_command("end_case_system_key", stdout=told)
    assert f"{key.pk}  Northmoor Council: CareBase" in told.getvalue()
    call_command("end_case_system_key", key=str(key.pk), stdout=told)
    assert CaseSystemKey.objects.get().ended_at
    with pytest.raises(CommandError, match="There is no key"):
        call_command("end_case_system_key", key="CareBase")
    settings.SECRET_KEY_IS_LASTING = False
    with pytest.raises(CommandError, match="SECRET_KEY is not set"):
        call_command("create_case_system_key", organisation="Northmoor Council", name="Second")
    assert CaseSystemKey.objects.count() == 1
