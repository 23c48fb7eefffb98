"""A discarded draft leaves the lists, says so wherever it is opened, and can be brought back."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from decisions.afterwards.timeline import open_draft
from decisions.afterwards.writers import reopen
from decisions.records.models import Record
from decisions.wizard.advice.models import Brief
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.models import Draft, Revision
from tests.decisions.walk import Walk
from tests.decisions.wizard.closing.conftest import Later, bring_back, discard, resume
from tests.roles import as_owner

HOME = reverse("home")


def addresses(walk: Walk) -> list[str]:
    draft = {"draft_id": walk.draft.pk}
    asked = {**draft, "question": "urgent"}
    return [
        reverse("decisions:resume", kwargs=draft),
        reverse("decisions:waiting", kwargs=draft),
        reverse("decisions:discard", kwargs=draft),
        reverse("decisions:advice", kwargs=asked),
        reverse("decisions:advice-note", kwargs=asked),
        *(walk.address(step) for step in ("about", "urgent", "decide", "nonsense")),
    ]


def test_the_page_asks_first_and_a_get_discards_nothing(held: Walk) -> None:
    page = held.client.get(reverse("decisions:discard", args=[held.draft.pk]))
    assert "Discard this draft?" in page.content.decode()
    assert Draft.objects.get(pk=held.draft.pk).closed_at is None


def test_it_is_logged_and_said_at_every_address(held: Walk) -> None:
    assert discard(held, "mistake") == 303
    event = DraftEvent.objects.get()
    assert (event.kind, event.actor, event.details) == (
        "discarded",
        held.draft.owner,
        {"reason": "mistake"},
    )
    for address in addresses(held):
        page = held.client.get(address).content.decode()
        for words in ("This draft was discarded", "Priya Shah", "started by mistake", "Bring it"):
            assert words in page, address
        assert "canary" not in page
    assert (
        f'/drafts/{held.draft.pk}/"'
        not in held.client.get(HOME)
        .content.decode()
        .split("Closed drafts that you can still bring back (1)")[0]
    )


def test_it_comes_back_with_every_word(held: Walk) -> None:
    before = held.held()
    discard(held)
    assert "Your draft is open again" in bring_back(held)
    assert held.held() == before
    assert [one.kind for one in DraftEvent.objects.order_by("id")] == ["discarded", "brought-back"]
    assert "Closed drafts" not in held.client.get(HOME).content.decode()
    assert "is open again" not in bring_back(held) or DraftEvent.objects.count() == 2


@pytest.mark.parametrize("go", ["continue", "leave", "back", "seal"])
def test_words_sent_to_a_discarded_draft_come_back(held: Walk, go: str) -> None:
    discard(held)
    revision = held.revision()
    reply = held.post("setting", {"answer": "crime", "reason": "typed in another tab"}, go=go)
    page = reply.content.decode()
    assert reply.status_code == 409
    for words in ("typed in another tab", "crime", "was not saved", "Bring it back"):
        assert words in page
    assert held.revision() == revision


def test_an_autosave_of_a_discarded_draft_is_refused(held: Walk) -> None:
    discard(held)
    reply = held.post("setting", {"reason": "typed in another tab"}, go="autosave")
    assert reply.status_code == 409
    assert "This draft was discarded" in reply.content.decode()


def test_a_brief_sent_to_a_discarded_draft_comes_back(held: Walk) -> None:
    discard(held)
    address = reverse("decisions:advice", args=[held.draft.pk, "urgent"])
    reply = held.client.post(address, {"text": "What I will ask", "seen": "0"})
    assert (reply.status_code, "What I will ask" in reply.content.decode()) == (409, True)
    assert not Brief.objects.exists()


def test_discarding_twice_is_discarding_once(held: Walk) -> None:
    discard(held)
    assert discard(held, "twice") in (303, 409)
    assert DraftEvent.objects.count() == 1


def test_an_unknown_reason_is_refused(held: Walk) -> None:
    assert discard(held, "Jane Smith") == 200
    assert not DraftEvent.objects.exists()


def test_a_sealed_decision_cannot_be_discarded(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    address = reverse("decisions:discard", args=[walk.draft.pk])
    for reply in (walk.client.get(address, follow=True), walk.client.post(address, follow=True)):
        assert "A sealed record cannot be discarded" in reply.content.decode()
    assert not DraftEvent.objects.exists()


def test_a_discarded_draft_is_not_sealed(walk: Walk) -> None:
    walk.to_decision()
    discard(walk)
    assert walk.seal().status_code == 409
    assert not Record.objects.exists()


def test_after_14_days_it_does_not_come_back(held: Walk, later: Later) -> None:
    discard(held)
    with later(days=13, hours=23):
        assert "Bring it back" in resume(held)
    with later(days=14, hours=1):
        assert "cannot be brought back any more" in resume(held)
        bring_back(held)
        assert Draft.objects.get(pk=held.draft.pk).closed_at is not None


def test_a_record_can_be_opened_again_once_its_draft_was_discarded(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    again = {"record": record, "person": walk.draft.owner, "team": walk.draft.team}
    first = Walk(walk.client, reopen(**again, page=record.pk, news="News"))
    discard(first)
    assert open_draft(record) is None
    second = reopen(**again, page=walk.draft.pk, news="More news")
    assert open_draft(record) == second
    assert "is being decided anew in another draft" in bring_back(first)
    assert open_draft(record) == second


def test_the_log_only_grows(held: Walk) -> None:
    discard(held)
    for change in ("UPDATE decisions_draftevent SET kind = ''", "DELETE FROM decisions_draftevent"):
        with (
            pytest.raises(DatabaseError, match="is refused"),
            transaction.atomic(),
            as_owner(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_a_stranger_learns_nothing(held: Walk, client: Client) -> None:
    discard(held)
    assert client.get(held.address("urgent")).status_code == 302
    assert Revision.objects.filter(draft=held.draft).exists()
