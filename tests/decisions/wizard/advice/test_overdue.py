"""Managers are told of safeguarding drafts that wait past the end of a working day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from decisions.wizard.advice.same_day import ENDS, age, is_late, last_end
from decisions.wizard.advice.too_long import advice_late_from
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.working_days import ENGLAND, is_working_day
from infoshare import clock
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import Walk, begin

REGISTER = reverse("decisions:register")
FRIDAY = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
# Over Easter, and at Christmas when it falls badly; the clock may change in between.
LONGEST_PAUSE = timedelta(days=5, hours=1)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=5000)).map(lambda since: FRIDAY + since)


def told(client: Client, at: datetime = MONDAY) -> str:
    with clock.set_to(at):
        text: str = client.get(REGISTER).content.decode()
    return text if 'id="overdue"' in text else ""


def parked_on(walk: Walk, moment: datetime) -> None:
    draft = Draft.objects.get(pk=walk.draft.pk)
    journey = Journey(walk.edition(), draft.answers)
    draft.parked_since = moment
    draft.advice_late_from = advice_late_from(journey, moment, draft.organisation.advice_days)
    draft.save(update_fields=["parked_since", "advice_late_from"])


def test_the_manager_of_the_team_is_told_without_case_text(
    parked: Walk, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    parked_on(parked, FRIDAY)
    text = told(signed_in(cast.maya))
    assert "1 draft has waited too long for advice" in text
    for fact in ("Priya Shah", "Early Help", "CASE-1", "waiting for 2 days", "6 March 2026"):
        assert fact in text
    assert "Jane" not in text
    assert str(parked.draft.pk) not in text
    for who in ("omar", "ada", "mina"):
        assert not told(signed_in(getattr(cast, who)))


def test_not_before_the_day_ends(
    parked: Walk, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    parked_on(parked, FRIDAY)
    client = signed_in(cast.maya)
    assert not told(client, FRIDAY.replace(hour=16, minute=59))
    assert told(client, FRIDAY.replace(hour=17))
    parked_on(parked, FRIDAY + timedelta(days=1))  # a Saturday waits for Monday's end
    assert not told(client, MONDAY)
    assert told(client, MONDAY.replace(hour=17))


@pytest.mark.parametrize(
    "gates",
    [
        {"setting": "early-help", "duty": "no", "purpose": "not-sure"},
        {"setting": "safeguarding-adult", "duty": "no", "purpose": "yes"},
        {
            "setting": "safeguarding-adult",
            "duty": "no",
            "purpose": "yes",
            "identifiable": "living",
            "confidential": "yes",
            "consent": "not-asked",
            "share-anyway": "no",
        },
    ],
)
def test_not_of_others(
    walk: Walk, cast: Cast, signed_in: Callable[[User], Client], gates: dict[str, str]
) -> None:
    walk.walk({"urgent": "no", **gates})
    parked_on(walk, FRIDAY)
    assert not told(signed_in(cast.maya))


def test_not_once_it_is_answered_or_sealed(
    parked: Walk, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.maya)
    parked_on(parked, FRIDAY)
    parked.answer("purpose", "yes", "Advice: the purpose is to protect her.")
    assert not told(client)
    parked.answer("purpose", "not-sure")
    parked_on(parked, FRIDAY)
    assert told(client)
    parked.seal("do-not-share", "Decided without waiting.")
    assert not told(client)


def test_it_costs_one_statement_however_many_wait(
    parked: Walk, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.maya)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            told(client)
        late = [one["sql"] for one in captured if '"advice_late_from" <=' in one["sql"]]
        return len([sql for sql in late if "coalesce(sum(n)" not in sql])  # the header's count

    parked_on(parked, FRIDAY)
    client.get(REGISTER)
    assert cost() == 1
    for _ in range(2):
        other = begin(parked.client, cast.priya, cast.early_help)
        other.walk(
            {"urgent": "no", "setting": "safeguarding-child", "duty": "no", "purpose": "not-sure"}
        )
        parked_on(other, FRIDAY)
    assert "3 drafts have waited" in told(client)
    assert cost() == 1


@given(MOMENTS)
def test_the_last_end_is_on_a_working_day_that_has_ended(now: datetime) -> None:
    end = last_end(now)
    here = end.astimezone(ENGLAND)
    assert is_working_day(here.date())
    assert here.time() == ENDS
    assert now - LONGEST_PAUSE <= end <= now


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_is_late_stays_late(since: datetime, later: timedelta) -> None:
    assert not is_late(since, since)
    assert not is_late(since, since + later) or is_late(since, since + later * 2)
    assert is_late(since, since + LONGEST_PAUSE)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (119, "1 hour"),
        (2879, "1 day"),
        (2880, "2 days"),
    ],
)
def test_ages(minutes: int, words: str) -> None:
    assert age(FRIDAY, FRIDAY + timedelta(minutes=minutes)) == words
