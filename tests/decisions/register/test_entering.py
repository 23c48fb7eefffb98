"""A seal enters its record into the register, and earlier records are entered likewise."""

import importlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from decisions.afterwards.timeline import situation
from decisions.afterwards.writers import note_recipient_told, withdraw_consent
from decisions.evidence.entries import unlike
from decisions.records.models import Record
from decisions.register.facts import facts
from decisions.register.models import Entry
from decisions.register.search import of_marks, of_words
from decisions.register.searchable import of_organisation, of_team
from tests.decisions.walk import Walk
from tests.roles import as_owner


@pytest.fixture
def entry(walk: Walk) -> Entry:
    walk.to_decision()
    walk.save("purpose", walk.given("purpose", "yes", "Mould in the well-known flat"))
    walk.about("CF-2026/17")
    walk.seal()
    return Entry.objects.get(record__draft=walk.draft)


def finds(words: str) -> bool:
    return Entry.objects.filter(search=of_words(words)).exists()


def test_an_entry_says_what_the_record_says(walk: Walk, entry: Entry) -> None:
    record = Record.objects.get()
    same = ("reference", "owner_id", "team_id", "organisation_id", "edition_id", "sealed_at")
    for name in (*same, "started_at", "decision", "outcome", "rule", "is_departure"):
        assert getattr(entry, name) == getattr(record, name), name
    assert (entry.setting, entry.duty, entry.lawful_basis) == ("early-help", "no", "public-task")
    assert (entry.consent, entry.detriment, entry.not_sure) == ("", "", [])
    assert entry.recipient == "Housing officer, Northmoor Homes"
    assert (entry.review_state, entry.review_due, entry.withdrawal_open) == ("", None, False)


def test_words_are_found_and_no_others(entry: Entry) -> None:
    for words in (entry.reference, "cf-2026/17", "moulds", '"well known"'):
        assert finds(words), words
    for words in ("housing form", "Maple", str(entry.organisation_id)):  # `what`, a team, a mark
        assert not finds(words), words
    for mark in (of_organisation(entry.organisation_id), of_team(entry.team_id)):
        assert Entry.objects.filter(search=of_marks([mark])).exists()


def test_earlier_records_get_the_same_entry(entry: Entry) -> None:
    def held() -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM decisions_entry")
            return list(cursor.fetchall())

    before = held()
    with as_owner():  # whose migrations are
        Entry.objects.all().delete()
        importlib.import_module("decisions.migrations.0016_register").enter(apps, None)
    assert held() == before


def test_a_withdrawal_is_open_until_all_are_told(walk: Walk) -> None:
    walk.walk(
        {"urgent": "no", "setting": "other", "duty": "no", "purpose": "yes"}
        | {"identifiable": "living", "confidential": "yes", "consent": "given"}
        | {"lawful-basis": "public-task"}
    )
    walk.save("right-way", {"what": "A", "recipient": "B", "method": "C", "told": "yes-now"})
    walk.seal()
    record = Record.objects.get()
    about = {"record": record, "person": walk.draft.owner, "on": datetime.now(UTC).date()}

    def is_open() -> bool:
        return Entry.objects.values_list("withdrawal_open", flat=True).get()

    withdraw_consent(**about, page=uuid4(), words="No more", tell="The school\nThe landlord")
    assert is_open()
    for left, recipient in ((True, 0), (False, 1)):
        key = next(iter(situation(record).untold))
        note_recipient_told(**about, page=uuid4(), recipient=key, reply="")
        assert is_open() is left, recipient


@pytest.mark.parametrize(
    ("gates", "decision", "overridden"),
    [
        ({"consent": "refused", "setting": "other"}, "share", True),
        ({"consent": "withdrawn"}, "share-in-part", True),
        ({"consent": "refused", "setting": "other"}, "do-not-share", False),
        ({"consent": "refused", "setting": "safeguarding-child"}, "share", False),
        ({"consent": "given", "setting": "other"}, "share", False),
    ],
)
def test_when_consent_is_overridden(gates: dict[str, str], decision: str, overridden: bool) -> None:
    assert facts(gates, decision, {}).consent_overridden is overridden


def test_an_entry_that_is_altered_or_gone_is_found(entry: Entry) -> None:
    assert not list(unlike())
    with as_owner():
        Entry.objects.update(setting="crime")
    assert [str(one) for one in unlike()] == [
        f"record {entry.reference} stands altered in the register"
    ]
    with as_owner():
        Entry.objects.all().delete()
    assert [str(one) for one in unlike()] == [
        f"record {entry.reference} does not stand in the register"
    ]
