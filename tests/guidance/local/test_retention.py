"""Retention classes: kept in versions with their authority; nothing is disposed of."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from guidance.local.models import RetentionClass
from infoshare.people.models import User
from tests.cast import Cast
from tests.guidance.local.words import KEPT
from tests.roles import as_owner

LIST = reverse("local:retention")


@pytest.fixture
def lead(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.lena)


def add(cast: Cast, begun: str = "") -> str:
    return reverse("local:retention-add", args=[cast.northmoor.pk]) + begun


def test_from_a_suggestion_to_be_checked_to_a_class_in_versions(cast: Cast, lead: Client) -> None:
    listed = lead.get(LIST).content.decode()
    assert "Nothing is disposed of by this yet" in listed
    assert "Requests that were refused</a> (suggestion, to be checked)" in listed
    begun = lead.get(add(cast, "?from=not-shared")).content.decode()
    assert 'value="Requests that were refused"' in begun
    assert "A suggestion to begin with, not advice" in begun
    sent = {**KEPT, "name": "Requests that were refused", "length": "3"}
    unsure = lead.post(add(cast), {**sent, "authority": ""}).content.decode()
    assert "Enter the law, code or policy that says so" in unsure
    assert lead.post(add(cast), sent).status_code == 303
    (made,) = RetentionClass.objects.all()
    here = reverse("local:retention-class", args=[made.entry])
    changed = {**sent, "counted_from": "other", "counted_words": "The last letter <i>"}
    assert lead.post(here, {**changed, "seen": "1"}).status_code == 303
    stale = lead.post(here, {**sent, "length": "9", "seen": "1"})
    assert stale.status_code == 409
    assert "The last letter &lt;i&gt;" in stale.content.decode()
    assert 'value="9"' in stale.content.decode()
    text = lead.get(LIST).content.decode()
    assert "3 years" in text
    assert "The last letter &lt;i&gt;" in text
    assert "(suggestion, to be checked)" in text
    assert "Requests that were refused</a> (sugg" not in text
    assert "Version 1," in lead.get(here).content.decode()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), as_owner():
        RetentionClass.objects.all().delete()


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("name", " ", "Enter a name for the class"),
        ("length", "ten", "Enter a whole number from 1 to 100"),
        ("length", "101", "Enter a whole number from 1 to 100"),
        ("unit", "days", "Choose one of the answers shown here"),
        ("counted_from", "other", "Enter the day from which it is counted"),
        ("counted_words", "Christmas", "Choose “Another day”, or empty this box"),
        ("note", "x" * 2_001, "shorten it by 1"),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(
    cast: Cast, lead: Client, field: str, sent: str, said: str
) -> None:
    reply = lead.post(add(cast), {**KEPT, field: sent})
    assert reply.status_code == 200
    assert said in reply.content.decode()
    assert not RetentionClass.objects.exists()
