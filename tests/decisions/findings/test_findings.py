"""Findings: raised by an auditor, answered by those who can, closed; and nobody else's."""

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from decisions.findings.models import Finding, Step
from decisions.findings.writers import SaidSince, raise_finding, say
from decisions.records.models import Record
from infoshare import navigation
from infoshare.people import writers
from infoshare.people.models import Role, User
from tests.cast import Cast
from tests.decisions.walk import Walk

SignIn = Callable[[User], Client]
TITLE, WORDS = (
    "The recipient’s role is missing",
    "  Whose role was it?\r\n\r\nPlease <b>add</b> it.",
)


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.get()


@pytest.fixture
def finding(record: Record, cast: Cast) -> Finding:
    return raise_finding(
        organisation=cast.northmoor, record=record, person=cast.ada, title=TITLE, words="Why?"
    )


def waits(person: User) -> int:
    return navigation.count(person, ["decisions:findings"]).get("decisions:findings", 0)


def test_from_the_auditor_to_the_manager_and_back(
    record: Record, cast: Cast, signed_in: SignIn
) -> None:
    ada, maya = signed_in(cast.ada), signed_in(cast.maya)
    sent = ada.post(f"/records/{record.pk}/finding/", {"title": TITLE, "words": WORDS})
    finding = Finding.objects.get()
    address = f"/findings/{finding.pk}/"
    assert (sent.status_code, sent.url) == (303, address)
    assert finding.steps.get().words == WORDS
    shown = ada.get(f"/records/{record.pk}/").content.decode()
    assert f"{TITLE}</a>: waiting for an answer" in shown
    assert "Raise a finding about this record" in shown
    assert (waits(cast.maya), waits(cast.omar), waits(cast.lena)) == (1, 0, 0)
    page = maya.get(address).content.decode()
    assert "Please &lt;b&gt;add&lt;/b&gt; it." in page
    record_page = maya.get(f"/records/{record.pk}/").content.decode()
    assert TITLE in record_page and "Raise a finding" not in record_page
    assert "Send this answer" in page and "Close the finding" not in page
    given = {"words": "I have asked her to add it.", "seen": 1, "go": "answered"}
    for _ in range(2):  # a double click
        assert maya.post(address, given).status_code == 303
    assert waits(cast.maya) == 0
    assert "Answered" in ada.get("/findings/?stands=answered").content.decode()
    ada.post(address, {"words": "Thank you.", "seen": 2, "go": "closed"})
    assert "Send this answer" not in maya.get(address).content.decode()
    ada.post(address, {"words": "It is still missing.", "seen": 3, "go": "reopened"})
    assert waits(cast.maya) == 1
    assert [step.kind for step in finding.steps.order_by("number")] == [
        "raised",
        "answered",
        "closed",
        "reopened",
    ]
    # The practitioner reads it and says nothing here.
    priya = signed_in(cast.priya)
    assert "It is still missing." in priya.get(address).content.decode()
    assert priya.post(address, {"words": "x", "seen": 4, "go": "answered"}).status_code == 403


def test_how_things_are_done_is_the_lead_s_to_answer(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.ada).post(
        f"/findings/raise/{cast.northmoor.pk}/", {"title": "Late", "words": "Reviews are late"}
    )
    finding = Finding.objects.get()
    assert (waits(cast.lena), waits(cast.maya)) == (1, 0)
    lena = signed_in(cast.lena)
    given = {"words": "From May on.", "seen": 1, "go": "answered"}
    assert lena.post(f"/findings/{finding.pk}/", given).status_code == 303
    assert signed_in(cast.maya).get(f"/findings/{finding.pk}/").status_code == 404
    assert signed_in(cast.abel).get(f"/findings/{finding.pk}/").status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_stays(
    finding: Finding, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    ada = signed_in(cast.ada)
    page = ada.post(f"/records/{record.pk}/finding/", {"title": "", "words": "Typed words"})
    assert "Say in one line what you found" in page.content.decode()
    assert "Typed words" in page.content.decode()
    long = ada.post(f"/findings/{finding.pk}/", {"words": "x" * 5001, "seen": 1, "go": "closed"})
    assert "shorten it by 1" in long.content.decode()
    for wrong in ({"go": "x"}, {"go": "closed", "seen": "x"}, {"go": "closed", "seen": "0"}):
        reply = ada.post(f"/findings/{finding.pk}/", {"words": "Words", "seen": 1, **wrong})
        assert reply.status_code in (200, 403)
    assert Finding.objects.count() == Step.objects.count() == 1


def test_what_waits_for_an_answer_stands_first(
    finding: Finding, cast: Cast, signed_in: SignIn
) -> None:
    told = {"organisation": cast.northmoor, "record": finding.record, "person": cast.ada}
    closed = raise_finding(**told, title="Closed since", words="x")
    say(finding=closed, kind="closed", person=cast.ada, words="x", seen=1)
    page = signed_in(cast.ada).get("/findings/").content.decode()
    assert page.index(TITLE) < page.index("Closed since")


def test_two_who_speak_at_once(finding: Finding, cast: Cast, signed_in: SignIn) -> None:
    maya = signed_in(cast.maya)
    say(finding=finding, kind="closed", person=cast.ada, words="Mine.", seen=1)
    given = {"words": "My typed answer", "seen": 1, "go": "answered"}
    page = maya.post(f"/findings/{finding.pk}/", given)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Something was said of this finding since you opened it" in text
    assert "Mine." in text
    assert "Your words, not sent" in text and "My typed answer" in text
    with pytest.raises(SaidSince):
        say(finding=finding, kind="answered", person=cast.maya, words="x", seen=1)
    with pytest.raises(ValueError, match="may not say"):
        say(finding=finding, kind="answered", person=cast.maya, words="x", seen=2)
    assert finding.steps.count() == 2


def test_nobody_answers_for_their_own_record(
    finding: Finding, record: Record, cast: Cast, signed_in: SignIn
) -> None:
    writers.give_role(
        user=cast.priya, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    priya = signed_in(cast.priya)
    page = priya.get(f"/findings/{finding.pk}/").content.decode()
    assert "so another manager answers" in page
    given = {"words": "x", "seen": 1, "go": "answered"}
    assert priya.post(f"/findings/{finding.pk}/", given).status_code == 403
    assert waits(User.objects.get(pk=cast.priya.pk)) == 0


def test_nobody_else_raises_one(record: Record, cast: Cast, signed_in: SignIn) -> None:
    given = {"title": TITLE, "words": WORDS}
    for person in (cast.maya, cast.lena, cast.abel, cast.priya):
        client = signed_in(person)
        assert client.post(f"/records/{record.pk}/finding/", given).status_code == 404
        assert client.post(f"/findings/raise/{cast.northmoor.pk}/", given).status_code == 404
    assert signed_in(cast.ada).post(f"/records/{uuid.uuid4()}/finding/", given).status_code == 404
    assert not Finding.objects.exists()


def test_what_was_said_stays(finding: Finding) -> None:
    for change in (
        lambda: Step.objects.update(words="x"),
        lambda: Step.objects.all().delete(),
        lambda: Finding.objects.update(title="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
