"""A manager hands a draft over without reading it; both practitioners see that."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.documents import sheet
from decisions.records.models import Record
from decisions.records.sealing import seal
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.drafts import HandedOver, save_step
from decisions.wizard.hand_over.writers import hand_over
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.decisions.walk import Walk
from tests.decisions.wizard.closing.conftest import discard

SignIn = Callable[[User], Client]
DRAFTS = reverse("decisions:team-drafts")
WHY = "Priya is on leave"


@pytest.fixture
def held(walk: Walk) -> Walk:
    walk.walk({"urgent": "no", "setting": "other"}, {"setting": "canary words"})
    return walk


def address(walk: Walk) -> str:
    return reverse("decisions:hand-over", args=[walk.draft.pk])


def hand(client: Client, walk: Walk, to: User, seen: User | None = None, reason: str = WHY) -> Any:
    given = {"to": str(to.pk), "reason": reason, "owner": str((seen or walk.draft.owner).pk)}
    return client.post(address(walk), given)


def owner(walk: Walk) -> User:
    return Draft.objects.select_related("owner").get(pk=walk.draft.pk).owner


def test_the_manager_sees_that_drafts_exist_and_nothing_of_the_case(
    held: Walk, cast: Cast, signed_in: SignIn
) -> None:
    manager = signed_in(cast.maya)
    for page in (manager.get(DRAFTS), manager.get(address(held))):
        text = page.content.decode()
        assert "Priya Shah" in text
        assert "CASE-1" not in text
        assert "canary" not in text
    assert "Priya Shah" not in signed_in(cast.omar).get(DRAFTS).content.decode()


def test_it_is_the_colleagues_at_once_and_logged(held: Walk, cast: Cast, signed_in: SignIn) -> None:
    reply = hand(signed_in(cast.maya), held, cast.tom)
    assert (reply.status_code, reply["Location"]) == (303, DRAFTS)
    assert owner(held) == cast.tom
    event = DraftEvent.objects.get()
    assert (event.kind, event.actor) == ("handed-over", cast.maya)
    assert event.details == {"from": str(cast.priya.pk), "to": str(cast.tom.pk), "reason": WHY}
    toms = signed_in(cast.tom).get(held.address("setting")).content.decode()
    for words in ("Handed over by Maya Okafor", WHY, "canary words"):
        assert words in toms


def test_the_one_before_cannot_open_it_and_is_told(
    held: Walk, cast: Cast, signed_in: SignIn
) -> None:
    hand(signed_in(cast.maya), held, cast.tom)
    reply = held.open("setting")
    page = reply.content.decode()
    assert reply.status_code == 403
    for words in ("is with a colleague now", "Maya Okafor", "Tom Bailey", WHY):
        assert words in page
    assert "canary" not in page
    home = held.client.get(reverse("home")).content.decode()
    assert WHY in home
    assert f"/drafts/{held.draft.pk}/" not in home
    with clock.set_to(clock.now() + timedelta(days=15)):
        assert WHY not in held.client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("go", ["continue", "leave", "autosave"])
def test_what_they_typed_is_handed_back_and_not_saved(
    held: Walk, cast: Cast, signed_in: SignIn, go: str
) -> None:
    hand(signed_in(cast.maya), held, cast.tom)
    before = held.held()
    reply = held.post("setting", {"answer": "crime", "reason": "typed in an open tab"}, go=go)
    assert reply.status_code == 409
    assert "typed in an open tab" in reply.content.decode()
    assert held.held() == before


def test_a_save_that_was_on_its_way_is_refused_by_the_writer(held: Walk, cast: Cast) -> None:
    draft = held.draft.pk
    hand_over(draft_id=draft, manager=cast.maya, to=cast.tom, reason=WHY, seen_owner=cast.priya.pk)
    given = {"answer": "no", "reason": "late"}
    with pytest.raises(HandedOver):
        save_step(draft_id=draft, person=cast.priya, step="urgent", given=given, based_on=9)
    with pytest.raises(HandedOver):
        seal(draft_id=draft, person=cast.priya, seen_revision=held.revision())


def test_the_second_of_two_managers_gets_a_clear_answer(
    held: Walk, cast: Cast, signed_in: SignIn
) -> None:
    maya = signed_in(cast.maya)
    team = cast.early_help
    Membership.objects.create(
        user=cast.omar, organisation=cast.northmoor, team=team, role=Role.MANAGER
    )
    Membership.objects.create(
        user=cast.sam, organisation=cast.northmoor, team=team, role=Role.PRACTITIONER
    )
    hand(maya, held, cast.tom)
    reply = hand(signed_in(cast.omar), held, cast.sam, seen=cast.priya)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "Nothing was handed over" in page
    assert "Maya Okafor handed this draft over to Tom Bailey" in page
    assert owner(held) == cast.tom
    assert hand(maya, held, cast.tom, seen=cast.priya).status_code == 303  # sent twice: done once
    assert DraftEvent.objects.count() == 1


@pytest.mark.parametrize("who", ["priya", "maya", "olu", "omar", "ada"])
def test_only_practitioners_of_the_team_besides_its_owner_can_get_it(
    held: Walk, cast: Cast, signed_in: SignIn, who: str
) -> None:
    reply = hand(signed_in(cast.maya), held, getattr(cast, who))
    assert reply.status_code == 200
    assert "There is a problem" in reply.content.decode()
    assert owner(held) == cast.priya


def test_a_manager_who_is_a_practitioner_of_the_team_can_take_it(
    held: Walk, cast: Cast, signed_in: SignIn
) -> None:
    Membership.objects.create(
        user=cast.maya,
        organisation=cast.northmoor,
        team=cast.early_help,
        role=Role.PRACTITIONER,
    )
    client = signed_in(cast.maya)
    assert "Maya Okafor (you)" in client.get(address(held)).content.decode()
    assert hand(client, held, cast.maya).status_code == 303
    assert owner(held) == cast.maya


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "two\nlines", "a\0b"])
def test_without_a_reason_that_can_be_kept_nothing_happens(
    held: Walk, cast: Cast, signed_in: SignIn, reason: str
) -> None:
    reply = hand(signed_in(cast.maya), held, cast.tom, reason=reason)
    assert reply.status_code == 200
    assert "There is a problem" in reply.content.decode()
    assert owner(held) == cast.priya


def test_closed_and_sealed_drafts_stay_where_they_are(
    walk: Walk, cast: Cast, signed_in: SignIn
) -> None:
    maya = signed_in(cast.maya)
    walk.to_decision()
    discard(walk)
    reply = hand(maya, walk, cast.tom)
    assert reply["Location"] == DRAFTS
    assert "CASE-1" not in maya.get(DRAFTS).content.decode()
    assert "Priya Shah, Early Help" not in maya.get(DRAFTS).content.decode()
    walk.client.post(reverse("decisions:bring-back", args=[walk.draft.pk]))
    walk.seal()
    assert "sealed by now" in maya.post(address(walk), {}, follow=True).content.decode()
    assert owner(walk) == cast.priya


def test_it_has_its_full_time_again(held: Walk, cast: Cast, signed_in: SignIn) -> None:
    with clock.set_to(held.draft.saved_at + timedelta(days=27)):
        hand(signed_in(cast.maya), held, cast.tom)
    with clock.set_to(held.draft.saved_at + timedelta(days=50)):
        assert signed_in(cast.tom).get(held.address("setting")).status_code == 200


def test_the_record_names_who_sealed_it_and_that_it_was_handed_over(
    walk: Walk, cast: Cast, signed_in: SignIn
) -> None:
    walk.to_decision()
    hand(signed_in(cast.maya), walk, cast.tom)
    toms = Walk(signed_in(cast.tom), walk.draft)
    toms.seal()
    record = Record.objects.get()
    assert record.owner == cast.tom
    body = bytes(record.snapshot.body)
    people = snapshot.read(body)["people"]
    assert people["practitioner"]["name"] == "Tom Bailey"
    (hand_,) = people["handed_over"]
    assert (hand_["from"], hand_["to"], hand_["by"]) == ("practitioner", "practitioner", "manager")
    assert b"Priya" not in body
    assert len(sheet.read(body).handed_over) == 1
    page = toms.client.get(reverse("decisions:record", args=[record.pk])).content.decode()
    assert "A manager gave the draft to another practitioner" in page


def test_a_record_that_never_changed_hands_says_nothing_of_it(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    assert "handed_over" not in snapshot.read(bytes(Record.objects.get().snapshot.body))["people"]
