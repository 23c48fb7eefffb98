"""Until when the seven questions are due, and who is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.documents.record_pdf import record_html
from decisions.records.models import Record
from decisions.wizard.urgent.due import due_on
from infoshare import clock
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.decisions.wizard.urgent.acting import acted, follow_up

FRIDAY = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
DUE = "Tuesday 10 March 2026"
LATE = FRIDAY + timedelta(days=5)
REGISTER = reverse("decisions:register")


@pytest.fixture
def record(walk: Walk) -> Record:
    """Priya's urgent record, sealed on a Friday."""
    with clock.set_to(FRIDAY):
        return acted(begin(walk.client, walk.draft.owner, walk.draft.team))


def seen(client: Client, path: str, at: datetime = FRIDAY) -> str:
    with clock.set_to(at):
        return client.get(path).content.decode()


def test_a_day_begins_at_midnight_in_england() -> None:
    late_in_utc = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)  # a Friday already, here
    assert due_on(late_in_utc, 1) == date(2026, 7, 6)


def test_two_working_days_unless_the_organisation_says_otherwise(
    walk: Walk, record: Record, cast: Cast
) -> None:
    assert record.follow_up_due == date(2026, 3, 10)
    type(cast.northmoor).objects.filter(pk=cast.northmoor.pk).update(follow_up_days=5)
    with clock.set_to(FRIDAY):
        other = acted(begin(walk.client, walk.draft.owner, walk.draft.team))
    assert other.follow_up_due == date(2026, 3, 13)
    assert "Friday 13 March 2026" in seen(walk.client, "/")
    record.refresh_from_db()
    assert record.follow_up_due == date(2026, 3, 10)
    body = bytes(record.snapshot.body)
    assert snapshot.read(body)["context"]["follow_up_due"] == "2026-03-10"
    assert "10 March 2026" in record_html(body)


def test_only_urgent_records_have_one(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    assert record.follow_up_due is None
    assert 'id="due"' not in seen(walk.client, "/")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (FRIDAY, f"due by {DUE}"),
        (FRIDAY + timedelta(days=4), f"due today, {DUE}"),
        (LATE, f"overdue since {DUE}"),
    ],
)
def test_my_decisions_and_the_record_say_when(
    walk: Walk, record: Record, at: datetime, words: str
) -> None:
    assert words in seen(walk.client, "/", at)
    assert words in seen(walk.client, f"/records/{record.pk}/", at)


def test_the_longest_due_stands_first_and_a_started_one_stays(walk: Walk, record: Record) -> None:
    with clock.set_to(FRIDAY - timedelta(days=3)):
        early = acted(begin(walk.client, walk.draft.owner, walk.draft.team))
    follow_up(walk, early)
    text = seen(walk.client, "/")
    assert text.index(f"/records/{early.pk}/") < text.index(f"/records/{record.pk}/")
    assert ", started" in text


def test_once_it_is_sealed_nothing_is_due(walk: Walk, record: Record) -> None:
    after = follow_up(walk, record)
    for gate, answer in PLAIN.items():
        if gate != "urgent":
            after.save(gate, after.given(gate, answer))
    after.save("right-way", RIGHT_WAY)
    after.seal()
    assert 'id="due"' not in seen(walk.client, "/", LATE)


def test_the_manager_of_the_team_sees_what_is_late(
    record: Record, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    maya = signed_in(cast.maya)
    assert "overdue-follow-ups" not in seen(maya, REGISTER)
    text = seen(maya, REGISTER, LATE)
    for words in ("1 urgent record waits", "Priya Shah", "CASE-1", f"overdue since {DUE}"):
        assert words in text
    for who in ("omar", "ada", "mina"):
        assert "overdue-follow-ups" not in seen(signed_in(getattr(cast, who)), REGISTER, LATE)
