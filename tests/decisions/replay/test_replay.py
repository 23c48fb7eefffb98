"""Sealed decisions run again: the pages for auditors, the job, and the command."""

import re
import uuid
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from decisions import jobs
from decisions.records.models import Record
from decisions.replay import reading
from decisions.replay.asking import ask_for_replay
from decisions.replay.models import Replay
from decisions.replay.running import do_replay
from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from guidance.rulebook.again import difference
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.impact.many import seal_many
from tests.roles import as_owner

SignIn = Callable[[User], Client]
BEGUN = {"urgent": "no", "duty": "no", "purpose": "yes"}
GIVEN: list[Mapping[str, str]] = [
    {"urgent": "yes"},
    {**BEGUN, "purpose": "no"},
    {**BEGUN, "identifiable": "no"},
]


@pytest.fixture
def records(cast: Cast) -> None:
    """Three decisions of Northmoor, and one of Southfield."""
    edition = catalogue.shipped()["hmg-2008"]
    seal_many(owner=cast.priya, team=cast.early_help, edition=edition, answers=GIVEN)
    seal_many(owner=cast.olu, team=cast.pastoral, edition=edition, answers=GIVEN[:1])


def put_in(like: str, **otherwise: Any) -> None:
    """A record like another, as only somebody with a database's password could put it there."""
    record = Record.objects.get(reference=like)
    kept = {"team": record.team, "organisation": record.organisation, "edition": record.edition}
    record.draft = Draft.objects.create(owner=record.owner, **kept)
    record.pk, record.reference = uuid.uuid4(), f"{like}X"
    for column, value in otherwise.items():
        setattr(record, column, value)
    record.save(force_insert=True)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("replay_records", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("answers", "outcome", "rule", "words"),
    [
        ({"urgent": "yes"}, "share", "urgent", ""),
        ({"urgent": "no"}, "share", "urgent", "the path goes on to duty, which has no answer"),
        (
            {"urgent": "yes", "duty": "no"},
            "share",
            "urgent",
            "the path does not ask duty",
        ),
        (
            {"urgent": "yes"},
            "do-not-share",
            "urgent",
            "the outcome is share, and do-not-share was sealed",
        ),
        ({"urgent": "yes"}, "share", "", "the rule is urgent, and none was sealed"),
        ({"urgent": "maybe"}, "share", "urgent", "urgent: 'maybe' is not one of yes, no"),
    ],
)
def test_a_difference_is_said(answers: dict[str, str], outcome: str, rule: str, words: str) -> None:
    edition = catalogue.shipped()["hmg-2008"]
    assert difference(edition, answers, outcome, rule) == words


def test_the_command_says_that_all_are_the_same(records: None) -> None:
    assert said() == "4 decisions run again. All came out as they were sealed.\n"
    assert said("--organisation", "Northmoor council").startswith("3 decisions")


def test_the_command_names_what_came_out_otherwise(
    records: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in("R0000001", outcome="share")
    put_in("R0000003", gate_answers={"urgent": "no"})
    with pytest.raises(CommandError) as error:
        said()
    assert str(error.value).splitlines() == [
        "2 of 6 decisions do not come out as they were sealed.",
        "R0000001X: the outcome is do-not-share, and share was sealed",
        "R0000003X: the path goes on to duty, which has no answer",
    ]
    monkeypatch.setattr(reading, "MOST_NAMED", 0)
    with pytest.raises(CommandError, match="and 2 more"):
        said()


def test_stretches_leave_nothing_out_and_take_nothing_twice(
    records: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in("R0000000")  # at the same moment
    heard = []
    for length in (1, 2, 4, 5):
        monkeypatch.setattr(reading, "A_STRETCH", length)
        found = reading.run_again(
            Record.objects.filter(organisation=cast.northmoor),
            report=lambda found: heard.append(found.total),
        )
        assert found.total == 4, length
    # Two were sealed in one moment: the first stretch takes both, however short it is to be.
    assert heard == [2, 3, 4, 2, 4, 4, 4]


def test_an_auditor_asks_waits_and_reads(records: None, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.ada)
    put_in("R0000001", rule="consent")
    assert "Run all decisions of Northmoor Council again" in client.get("/replay/").content.decode()
    sent = [client.post("/replay/", {"organisation": cast.northmoor.pk}) for _ in range(2)]
    (run,) = Replay.objects.all()
    assert [(one.status_code, one.url) for one in sent] == [(303, f"/replay/{run.pk}/")] * 2
    waits = client.get(f"/replay/{run.pk}/").content.decode()
    assert "0 of 4 decisions so far" in waits
    assert "Nothing works on it just now" in waits
    jobs.replay(run_id=str(run.pk))
    shown = client.get(f"/replay/{run.pk}/").content.decode()
    assert "1 of 4 decisions did not come out as they were sealed" in shown
    assert re.findall(r"<dt>(R\d+X?)</dt><dd>([^<]+)<", shown) == [
        ("R0000001X", "the rule is no-purpose, and consent was sealed")
    ]
    listed = client.get("/replay/").content.decode()
    assert "1 of 4 came out differently" in listed
    # Done is done: the same job again changes nothing, and who asks again gets a new run.
    put_in("R0000002", rule="consent")
    jobs.replay(run_id=str(run.pk))
    assert Replay.objects.get().different == 1
    again = ask_for_replay(organisation=cast.northmoor, person=cast.ada)
    do_replay(again.pk)
    assert Replay.objects.get(pk=again.pk).different == 2


def test_what_is_sealed_later_is_not_in_the_run(records: None, cast: Cast) -> None:
    run = ask_for_replay(organisation=cast.northmoor, person=cast.ada)
    with as_owner():
        Replay.objects.update(asked_at=Record.objects.get(reference="R0000001").sealed_at)
    do_replay(run.pk)
    assert Replay.objects.get().total == 2


def test_another_organisation_is_nobody_s_business(
    records: None, cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.abel)
    for asked in (cast.northmoor.pk, uuid.uuid4(), "x", ""):
        assert client.post("/replay/", {"organisation": asked}).status_code == 404
    assert not Replay.objects.exists()
    assert signed_in(cast.lena).post("/replay/", {}).status_code == 403
