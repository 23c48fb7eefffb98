"""A new decision with the case of an earlier one filled in: the case alone, and saved by nobody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.records.models import Event, Record
from decisions.wizard.models import Draft
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import RIGHT_WAY, Walk

SignIn = Callable[[User], Client]
CASE = {"case_reference": "CASE-4", "who": "child", "information": "A worry about 'food'"}


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.save("about", CASE)
    walk.seal(reason="A reason that stays where it is")
    return Record.objects.get()


def address(record_id: object) -> str:
    return f"{reverse('decisions:start')}?from={record_id}"


def test_the_case_is_filled_in_and_nothing_else(walk: Walk, record: Record) -> None:
    page = walk.client.get(address(record.pk)).content.decode()
    assert 'value="CASE-4"' in page
    assert "A worry about &#39;food&#39;" in page
    assert '<option value="child" selected>' in page
    assert "checked" not in page
    for words in ("A reason that stays", RIGHT_WAY["recipient"]):
        assert words not in page
    assert Draft.objects.count() == 1
    # The case was shown, so the record says who saw it.
    assert record.events.filter(kind=Event.VIEWED).count() == 1


def test_what_is_sent_counts_not_what_was_filled_in(walk: Walk, record: Record) -> None:
    sent = {"edition": "england-2026", "about-case_reference": "CASE-5"}
    sent |= {"urgent-answer": "no", "setting-answer": "other"}
    assert walk.client.post(address(record.pk), sent).status_code == 303
    draft = Draft.objects.get(record=None)
    assert draft.answers["about"]["case_reference"] == "CASE-5"
    assert not draft.answers["about"]["who"]
    assert (draft.follows, draft.group) == (None, None)


def test_the_record_page_and_my_decisions_offer_it(
    walk: Walk, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    for page in ("/", f"/records/{record.pk}/"):
        assert address(record.pk) in walk.client.get(page).content.decode()
    assert (
        address(record.pk)
        not in signed_in(cast.maya).get(f"/records/{record.pk}/").content.decode()
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_other_record(method: str, record: Record, cast: Cast, signed_in: SignIn) -> None:
    for who in (cast.tom, cast.olu):
        assert getattr(signed_in(who), method)(address(record.pk)).status_code == 404
    own = signed_in(cast.priya)
    for unknown in ("00000000-0000-4000-8000-000000000000", "case-4", "%00", "a" * 3000):
        assert getattr(own, method)(address(unknown)).status_code in (400, 404)
