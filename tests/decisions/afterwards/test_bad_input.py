"""Dates that cannot be, empty and broken fields: said beside the field, and every word kept."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from decisions.afterwards import kinds
from tests.decisions.afterwards.conftest import Added, Seal, ago, boxes, today, words
from tests.decisions.walk import PLAIN

SHARED = {"recipient": "Housing officer", "method": "By phone", "receipt": "yes"}


def kept(added: Added) -> int:
    return added.record.events.exclude(kind__in=["sealed", "viewed"]).count()


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (lambda: today() + timedelta(days=1), "That day has not come yet"),
        (lambda: date(9999, 12, 31), "That day has not come yet"),
        (lambda: date(1899, 12, 31), "before 1900"),
        (lambda: date(1, 1, 1), "four digits"),
        (lambda: ago(11), "This cannot have been before that day"),
    ],
)
def test_a_day_that_cannot_be(sealed: Seal, day: Any, message: str) -> None:
    added = sealed()
    reply = added.add(kinds.SHARED, **SHARED, on=day())
    page = reply.content.decode()
    assert reply.status_code == 200
    assert message in words(reply)
    assert 'id="id_on-error"' in page
    assert 'value="Housing officer"' in page
    assert f'value="{day().year}"' in page
    assert kept(added) == 0


def test_on_the_day_of_the_decision_is_possible(sealed: Seal) -> None:
    assert sealed().add(kinds.SHARED, **SHARED, on=ago(10)).status_code == 303


def test_an_urgent_case_was_shared_before_it_was_recorded(sealed: Seal) -> None:
    added = sealed({"urgent": "yes"})
    assert added.add(kinds.SHARED, **SHARED, on=ago(11)).status_code == 303


def test_an_objection_may_be_older_than_the_decision(sealed: Seal) -> None:
    given = {"who": "The father", "words": "I said no last year", "answer": ""}
    assert sealed().add(kinds.OBJECTION, on=ago(400), **given).status_code == 303


def test_nobody_notices_before_it_went(sealed: Seal) -> None:
    added = sealed()
    given = {"what": "The form", "where": "Next door", "done": ""}
    reply = added.add(kinds.MISDIRECTED, **given, on=ago(1), noticed_on=ago(2))
    assert "cannot have been noticed before it went" in words(reply)
    assert kept(added) == 0


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS if kind not in ("answered",)])
def test_an_empty_page_says_what_is_missing(sealed: Seal, kind: str) -> None:
    added = sealed()
    reply = added.add(kind)
    assert reply.status_code == 200
    assert "There is a problem" in words(reply)
    assert kept(added) == 0


def test_invisible_words_are_no_words(sealed: Seal) -> None:
    added = sealed()
    assert added.add(kinds.CORRECTION, wrong="\u200b \u200b", right="He is 10").status_code == 200
    assert kept(added) == 0


@pytest.mark.parametrize("text", ["a\0b", "x" * 10_001])
def test_text_that_cannot_be_kept_comes_back(sealed: Seal, text: str) -> None:
    added = sealed()
    reply = added.add(kinds.CORRECTION, wrong=text, right="He is 10")
    assert reply.status_code == 200
    assert "He is 10</textarea>" in reply.content.decode()
    assert kept(added) == 0


def test_every_character_is_kept_as_typed(sealed: Seal) -> None:
    added = sealed()
    text = " \r\n<b>Zoë</b> \u202e שלום 👩‍👧 {{ 7*7 }} \t"
    added.add(kinds.CORRECTION, wrong=text, right="x")
    assert added.record.events.get(kind=kinds.CORRECTION).details["wrong"] == text
    assert "<b>Zoë" not in added.client.get(f"/records/{added.record.pk}/").content.decode()


@pytest.mark.parametrize("page", ["", "nonsense", "1" * 200])
def test_a_page_without_its_number_can_be_sent_again(sealed: Seal, page: str) -> None:
    added = sealed()
    data = {"page": page, "wrong": "He is 9", "right": "He is 10"}
    reply = added.client.post(added.address(kinds.CORRECTION), data)
    assert reply.status_code == 200
    assert "came back incomplete" in words(reply)
    fresh = reply.context_data["form"]["page"].value()
    assert uuid.UUID(str(fresh))
    assert reply.content.decode().count('name="page"') == 1
    assert added.add(kinds.CORRECTION, page=str(fresh), wrong="9", right="10").status_code == 303


def test_a_field_sent_twice_keeps_both(sealed: Seal) -> None:
    added = sealed()
    data = {"page": "broken", "wrong": ["first words", "second words"], "right": "x"}
    page = added.client.post(added.address(kinds.CORRECTION), data).content.decode()
    assert "first words" in page
    assert "second words" in page
    assert kept(added) == 0


def test_an_option_nobody_offered_is_refused(sealed: Seal) -> None:
    added = sealed(PLAIN)
    given = {**SHARED, "receipt": "perhaps", **boxes("on", ago(1))}
    assert added.add(kinds.SHARED, **given).status_code == 200
    assert kept(added) == 0
