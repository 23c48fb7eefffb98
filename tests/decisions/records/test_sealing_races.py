"""Many sends of one seal at once make one record (trap 4), and a lost reply can be retried."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from decisions.records import sealing
from decisions.records.models import Event, Record, Snapshot
from decisions.wizard.drafts import save_step
from decisions.wizard.models import Draft, Revision
from tests.cast import build
from tests.decisions.walk import RIGHT_WAY, Walk, begin

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def ready() -> Walk:
    """A committed draft of Priya's that only has to be sealed."""
    people = build()
    client = Client()
    client.force_login(people.priya)
    walk = begin(client, people.priya, people.early_help)
    walk.to_decision()
    return walk


def at_once(times: int, act: Any) -> list[Any]:
    """The results of calling `act(n)` from so many threads at once."""

    def run(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_twenty_clicks_make_one_record(ready: Walk) -> None:
    based_on = ready.revision()
    clients = []
    for _ in range(20):
        client = Client()
        client.cookies = ready.client.cookies
        clients.append(client)

    def click(number: int) -> Any:
        mine = Walk(clients[number], ready.draft)
        given = {"decision": "share", "reason": "Agreed"}
        return mine.post("decide", given, go="seal", based_on=based_on)

    replies = at_once(20, click)
    record = Record.objects.get()
    assert {reply.status_code for reply in replies} == {303}
    assert {reply["Location"] for reply in replies} == {f"/records/{record.pk}/"}
    assert Snapshot.objects.count() == 1
    assert Event.objects.filter(kind=Event.SEALED).count() == 1


def test_sealing_again_gives_the_first_record(ready: Walk) -> None:
    ready.seal()
    owner = ready.draft.owner
    again = sealing.seal(draft_id=ready.draft.pk, person=owner, seen_revision=ready.revision())
    assert again == Record.objects.get()


def test_a_seal_that_fails_half_way_leaves_nothing(
    ready: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**fields: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(Event.objects, "create", fail)
        with pytest.raises(RuntimeError):
            ready.seal()
    assert not Record.objects.exists()
    assert not Snapshot.objects.exists()
    assert ready.seal().status_code == 303
    assert Record.objects.count() == 1


def test_two_saves_at_once_lose_no_word(ready: Walk) -> None:
    """Trap 6: of each pair one is applied, and the other is kept and shown to its sender."""
    owner = ready.draft.owner
    for turn in range(10):
        based_on = ready.revision()

        def save(number: int, turn: int = turn, based_on: int = based_on) -> Any:
            given = {"answer": "no", "reason": f"turn {turn} from tab {number}"}
            try:
                return save_step(
                    draft_id=ready.draft.pk,
                    person=owner,
                    step="urgent",
                    given=given,
                    based_on=based_on,
                )
            except Exception as stale:
                return stale

        results = at_once(2, save)
        assert sorted(type(result).__name__ for result in results) == ["Saved", "Stale"]
    kept = {revision.content["reason"] for revision in Revision.objects.filter(step="urgent")}
    assert {f"turn {turn} from tab {tab}" for turn in range(10) for tab in (0, 1)} <= kept
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_saves_of_different_questions_at_once_both_count(ready: Walk) -> None:
    based_on = ready.revision()
    owner = ready.draft.owner
    texts = {"urgent": ("no", "first"), "purpose": ("yes", "second")}

    def save(number: int) -> Any:
        step = list(texts)[number]
        answer, reason = texts[step]
        return save_step(
            draft_id=ready.draft.pk,
            person=owner,
            step=step,
            given={"answer": answer, "reason": reason},
            based_on=based_on,
        )

    at_once(2, save)
    held = Draft.objects.get().answers
    assert (held["urgent"]["reason"], held["purpose"]["reason"]) == ("first", "second")
    assert held["right-way"]["what"] == RIGHT_WAY["what"]


def test_the_seal_itself_refuses_what_is_not_ready(ready: Walk) -> None:
    owner = ready.draft.owner
    with pytest.raises(sealing.NotReady, match="decide"):
        sealing.seal(draft_id=ready.draft.pk, person=owner, seen_revision=ready.revision())
    held = ready.held()
    held["lawful-basis"] = {"answer": "nonsense", "reason": ""}
    held["decide"] = {"decision": "share", "reason": ""}
    Draft.objects.filter(pk=ready.draft.pk).update(answers=held)
    with pytest.raises(sealing.NotReady, match="lawful-basis"):
        sealing.seal(draft_id=ready.draft.pk, person=owner, seen_revision=ready.revision())
    assert not Record.objects.exists()


def test_the_seal_refuses_a_revision_nobody_saw(ready: Walk) -> None:
    with pytest.raises(sealing.Changed):
        sealing.seal(
            draft_id=ready.draft.pk, person=ready.draft.owner, seen_revision=ready.revision() - 1
        )
