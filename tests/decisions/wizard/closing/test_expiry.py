"""A draft that nobody saves closes by the clock. No job has to run first."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.wizard.advice.models import Brief
from decisions.wizard.advice.overdue import overdue_advice
from decisions.wizard.advice.writers import save_brief
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.closing.state import is_closed, open_now
from decisions.wizard.closing.writers import purge
from decisions.wizard.models import Draft, Revision
from infoshare import clock
from tests.cast import Cast
from tests.decisions.walk import Walk
from tests.decisions.wizard.closing.conftest import Later, bring_back, discard, resume

HOME = reverse("home")


def close_old_drafts() -> str:
    out = io.StringIO()
    call_command("close_old_drafts", stdout=out)
    return out.getvalue()


def test_it_warns_for_seven_days_then_closes(held: Walk, later: Later) -> None:
    with later(days=20):
        assert "will close on" not in resume(held) + held.client.get(HOME).content.decode()
    with later(days=22):
        assert "This draft will close on" in resume(held)
        assert "unless you save it" in held.client.get(HOME).content.decode()
    with later(days=28):
        page = resume(held)
        assert "This draft has closed" in page
        assert "Nobody saved it for 28 days" in page
        assert "Closed drafts that you can still" in held.client.get(HOME).content.decode()
        assert held.post("setting", {"reason": "too late"}).status_code == 409


def test_saving_the_same_words_again_is_a_save(held: Walk, later: Later) -> None:
    revision = held.revision()
    with later(days=27):
        held.save("setting", held.held()["setting"])
        assert "will close on" not in resume(held)
    assert held.revision() == revision
    with later(days=54):
        assert "canary words" in held.open("setting").content.decode()


def test_waiting_for_advice_does_not_stop_the_clock(walk: Walk, later: Later) -> None:
    walk.walk({"urgent": "no", "setting": "safeguarding-adult", "duty": "no"})
    walk.answer("purpose", "not-sure")
    with later(days=22):
        assert "Waiting for advice or consent does not stop the clock" in resume(walk)
    with later(days=29):
        assert "It was waiting for advice or consent" in resume(walk)


def test_managers_are_not_told_of_closed_drafts(walk: Walk, cast: Cast, later: Later) -> None:
    walk.walk({"urgent": "no", "setting": "safeguarding-adult", "duty": "no"})
    walk.answer("purpose", "not-sure")
    with later(days=27):
        assert overdue_advice(cast.maya)
    with later(days=28):
        assert not overdue_advice(cast.maya)


def test_it_comes_back_with_its_full_time(held: Walk, later: Later) -> None:
    before = held.held()
    with later(days=40):
        assert "is open again" in bring_back(held)
        assert held.held() == before
    kinds = [one.kind for one in DraftEvent.objects.order_by("id")]
    assert kinds == ["expired", "brought-back"]
    with later(days=67):
        assert "canary words" in held.open("setting").content.decode()


def test_the_organisation_says_how_many_days(held: Walk, later: Later) -> None:
    held.draft.organisation.draft_days = 3
    held.draft.organisation.save(update_fields=["draft_days"])
    with later(days=2):
        assert "will close on" in resume(held)
    with later(days=3):
        assert "Nobody saved it for 3 days" in resume(held)


@pytest.mark.parametrize("days", [0, 366])
def test_no_organisation_has_fewer_or_more_days_than_make_sense(held: Walk, days: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        held.draft.organisation.draft_days = days
        held.draft.organisation.save(update_fields=["draft_days"])


def test_the_command_closes_then_purges_once(held: Walk, later: Later) -> None:
    save_brief(
        draft_id=held.draft.pk,
        person=held.draft.owner,
        question="urgent",
        text="canary brief",
        seen=0,
    )
    with later(days=27):
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 0.\n"
    with later(days=28, minutes=5):
        assert close_old_drafts() == "Drafts closed: 1. Drafts whose text was removed: 0.\n"
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 0.\n"
    with later(days=42):
        assert "canary" in str(held.held())
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 0.\n"
    with later(days=42, minutes=10):
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 1.\n"
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 0.\n"
        assert "Its text was removed on" in resume(held)
        assert "Its text was removed on" in bring_back(held)
    assert held.held() == {}
    assert "canary" not in str(list(Revision.objects.values_list("content", flat=True)))
    assert not Brief.objects.exists()
    assert [one.kind for one in DraftEvent.objects.order_by("id")] == ["expired", "purged"]


def test_sealed_and_open_drafts_are_left_alone(walk: Walk, held: Walk, later: Later) -> None:
    walk.to_decision()
    walk.seal()
    with later(days=400):
        assert close_old_drafts().startswith("Drafts closed: 0.")
        assert not purge(draft_id=walk.draft.pk)
        assert not is_closed(Draft.objects.get(pk=walk.draft.pk))
        assert walk.open("urgent").status_code == 303  # on to the record


def test_a_shorter_time_takes_no_text_away_that_nobody_was_told_of(
    held: Walk, later: Later
) -> None:
    held.draft.organisation.draft_days = 1
    held.draft.organisation.save(update_fields=["draft_days"])
    with later(days=100):
        assert "Bring it back" in resume(held)
        assert close_old_drafts() == "Drafts closed: 1. Drafts whose text was removed: 0.\n"
        assert "canary" in str(held.held())
        assert "is open again" in bring_back(held)


def test_a_discarded_draft_is_purged_too(held: Walk, later: Later) -> None:
    discard(held)
    with later(days=15):
        assert close_old_drafts() == "Drafts closed: 0. Drafts whose text was removed: 1.\n"


def test_the_purge_knows_every_table_of_a_draft() -> None:
    """A new one fails here: decide whether its rows hold text, and have `purge` remove it."""
    known = {
        "revision": "content emptied",
        "brief": "removed",
        "advice": "removed",
        "draftevent": "kept: holds no text of the case",
        "record": "a sealed draft is never purged",
    }
    assert {one.related_model._meta.model_name for one in Draft._meta.related_objects} == set(known)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    days=st.integers(1, 365),
    saved=st.timedeltas(timedelta(0), timedelta(days=400)),
    renewed=st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
    is_discarded=st.booleans(),
)
def test_the_filter_and_the_draft_itself_agree(
    walk: Walk, days: int, saved: timedelta, renewed: timedelta | None, is_discarded: bool
) -> None:
    now = clock.now()
    with clock.set_to(now):
        draft = walk.draft
        draft.organisation.draft_days = days
        draft.organisation.save(update_fields=["draft_days"])
        draft.saved_at = now - saved
        draft.renewed_at = None if renewed is None else now - renewed
        draft.closed_at = now if is_discarded else None
        draft.save(update_fields=["saved_at", "renewed_at", "closed_at"])
        found = Draft.objects.filter(open_now(), pk=draft.pk).exists()
        assert found is not is_closed(Draft.objects.get(pk=draft.pk))
