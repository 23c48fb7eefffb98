"""An edition whose files changed after it was adopted: noticed, said, and not used unasked."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.signals import request_started
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from guidance.adoption import changed
from guidance.adoption.changed import changed_editions, check_adopted_editions, say_once_served
from guidance.adoption.standing import standing_of
from guidance.adoption.writers import end_adoption
from guidance.rulebook.schema import Edition
from infoshare.people.models import User
from tests.cast import Cast
from tests.guidance.adoption.conftest import Adopt
from tests.guidance.adoption.other import TODAY, ship_changed
from tests.guidance.adoption.test_pages import ADOPTIONS, said


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Edition]:
    """`change()` has the edition ship with another word in it from then on."""
    return lambda: ship_changed(monkeypatch)


def test_it_is_said_at_the_start_and_to_the_lead(
    cast: Cast,
    adopt: Adopt,
    change: Callable[[], Edition],
    signed_in: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    adopt(0)
    assert changed_editions() == check_adopted_editions(databases=["default"]) == []
    now = change()
    (warning,) = check_adopted_editions(databases=["default"])
    assert TODAY.digest[:12] in warning.msg and now.digest[:12] in warning.msg
    assert check_adopted_editions() == []  # asks no database where there may be none
    say_once_served()
    with caplog.at_level(logging.WARNING):
        Client().get("/help/")
        Client().get("/help/")
    assert [one.getMessage() for one in caplog.records] == [warning.msg]
    lena = signed_in(cast.lena)
    assert "An adopted edition has changed" in said(lena.get("/guidance/"))
    page = lena.get(ADOPTIONS)
    assert "has changed since you adopted it" in said(page)
    compared = said(lena.get(reverse("adoption:changes", args=[cast.northmoor.adoptions.get().pk])))
    assert "questions.toml" in compared and "Adopted copy" in compared


def test_a_server_without_its_database_starts_and_asks_again(
    adopt: Adopt, change: Callable[[], Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def away() -> list[str]:
        asked.append(1)
        raise OperationalError

    monkeypatch.setattr(changed, "changed_editions", away)
    say_once_served()
    try:
        Client().get("/help/")
        Client().get("/help/")
    finally:
        request_started.disconnect(dispatch_uid=changed.FIRST_REQUEST)
    assert len(asked) == 2


def test_new_decisions_go_on_with_the_adopted_copy_until_another_is_adopted(
    cast: Cast, adopt: Adopt, change: Callable[[], Edition]
) -> None:
    running, now = adopt(0), change()
    assert standing_of(cast.northmoor.pk).edition == TODAY
    assert standing_of(cast.southfield.pk).edition == now  # adopted nothing: what ships
    end_adoption(adoption=running, person=cast.lena)
    adopt(1, edition=now)
    standing = standing_of(cast.northmoor.pk)
    later = replace(standing, day=standing.adoptions[-1].begins_on)
    assert later.edition == now
    assert later.newer_than(TODAY) == now
    assert later.changed == []
