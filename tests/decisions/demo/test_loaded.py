"""The demo as it lies in the database once it is loaded. Nothing here changes it."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from decisions import snapshot
from decisions.demo import local_layer, reviews
from decisions.demo.cases import State
from decisions.demo.loading import load
from decisions.demo.people import PASSWORD, cast
from decisions.demo.reading_cases import shipped
from decisions.demo.working_days import CLOSES, OPENS
from decisions.documents.record_pdf import record_pdf
from decisions.records.models import Event, Record
from decisions.register.models import Entry
from decisions.review.models import Review
from decisions.review.results import Result
from decisions.review.results import State as ReviewState
from decisions.review.standing import ANSWERED, REVIEWED
from decisions.wizard.answers import ABOUT, DECIDE, RIGHT_WAY
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft, Revision
from decisions.wizard.urgent.following import due_date, due_follow_ups
from guidance import stored
from guidance.local.entries import contacts, current
from guidance.local.models import Procedure, RetentionClass
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Membership, Organisation, Team, User

TODAY = date(2026, 11, 22)
LONDON = ZoneInfo("Europe/London")
CASES = {case.id: case for case in shipped()}
SEALED = {case.id: case for case in CASES.values() if case.state is State.SEALED}
READINGS = sum(len(case.readings) for case in CASES.values())
pytestmark = pytest.mark.long  # in one process: another would load the demo once more


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # as Django's TestCase does, for seal's durable block
        with around:
            load(TODAY, lambda done, total: None)
            yield
            transaction.set_rollback(True)


def record_of(case_id: str) -> Record:
    case = CASES[case_id]
    return Record.objects.select_related("snapshot").get(
        snapshot__case_reference=case.answers[ABOUT]["case_reference"],
        draft__acted_on__isnull=case.after is None,
    )


def in_london(moment: Any) -> Any:
    return moment.astimezone(LONDON)


def test_everybody_and_everything_is_there() -> None:
    assert Organisation.objects.count() == 2
    assert Team.objects.count() == 4
    assert User.objects.count() == len(cast().people)
    assert Membership.objects.count() == sum(max(len(p.teams), 1) for p in cast().people.values())
    assert Draft.objects.count() == len(CASES)
    assert Record.objects.count() == len(SEALED)
    assert Event.objects.filter(kind=Event.SEALED).count() == len(SEALED)
    looked = Event.objects.filter(kind__in=[Event.VIEWED, Event.EXPORTED])
    assert looked.count() == READINGS
    assert Review.objects.count() == len(reviews.shipped())


def test_there_is_a_review_in_every_state() -> None:
    states = set(Entry.objects.values_list("review_state", flat=True))
    assert states == set(ReviewState)


def test_the_council_says_something_of_its_own_and_its_records_name_it() -> None:
    council = Organisation.objects.get(name__startswith="Wrenfield")
    layer = local_layer.shipped()
    said = Procedure.objects.all()
    assert {one.organisation for one in said} == {council}
    assert len(said) == len(layer.procedures)
    assert [one.kind for one in contacts(council.pk)] == [one["kind"] for one in layer.contacts]
    assert len(current(RetentionClass, [council.pk])) == len(layer.retention)
    (named,) = snapshot.read(bytes(record_of("EH-2052").snapshot.body))["question:urgent"][
        "own_procedures"
    ]
    assert named["version"] == 1


def test_one_urgent_record_is_followed_up_and_one_is_due() -> None:
    urgent, after = record_of("EH-2052"), record_of("EH-2052 follow-up")
    assert after.draft.acted_on == urgent
    assert in_london(after.sealed_at).date() <= due_date(urgent)
    with clock.set_to(datetime.combine(TODAY, time(12), tzinfo=LONDON)):
        (due,) = due_follow_ups(User.objects.get(email=cast().people["kofi"].email))
    assert (due.record, due.is_overdue) == (record_of("HA-1150"), False)


def test_the_people_sign_in_with_the_one_password() -> None:
    hashes = set(User.objects.values_list("password", flat=True))
    assert len(hashes) == 1
    assert all(user.is_active for user in User.objects.all())
    assert User.objects.first().check_password(PASSWORD)


@pytest.mark.parametrize("case_id", SEALED)
def test_a_record_says_what_was_written(case_id: str) -> None:
    case, record = SEALED[case_id], record_of(case_id)
    person = cast().people[case.by]
    said = snapshot.read(bytes(record.snapshot.body))
    assert said["context"]["case_reference"] == case.answers[ABOUT]["case_reference"]
    assert said["context"]["edition"]["digest"] == case.edition.digest
    assert {gate: said[f"question:{gate}"]["reason"] for gate in said["context"]["path"]} == {
        gate: case.answers[gate]["reason"] for gate in case.journey.conclusion.path.asked
    }
    assert (said["outcome"]["outcome"], said["outcome"]["rule"]) == (
        case.expect.outcome,
        case.expect.rule,
    )
    assert said["decision"]["decision"] == case.answers[DECIDE]["decision"]
    assert said["decision"]["departure"] == (said["decision"]["decision"] != case.expect.outcome)
    assert said["sharing"]["what"] == case.answers.get(RIGHT_WAY, {}).get("what", "")
    assert said["people"]["practitioner"]["name"] == person.name
    assert record.owner.email == person.email


@pytest.mark.parametrize("case_id", SEALED)
def test_a_record_proves_itself(case_id: str) -> None:
    record = record_of(case_id)
    assert snapshot.commitment(bytes(record.snapshot.body)) == record.commitment


@pytest.mark.parametrize("case_id", ["EH-2052", "EH-2084", "HA-1108", "YW-328", "SC-TRAINING-04"])
def test_a_record_is_a_pdf_of_one_page_to_four(case_id: str, tmp_path: Path) -> None:
    record = record_of(case_id)
    (tmp_path / "record.pdf").write_bytes(record_pdf(bytes(record.snapshot.body)))
    told = subprocess.run(
        ["pdfinfo", tmp_path / "record.pdf"], capture_output=True, text=True, check=True
    )
    assert 1 <= int(re.search(r"Pages:\s+(\d+)", told.stdout)[1]) <= 4
    text = subprocess.run(
        ["pdftotext", tmp_path / "record.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert record.reference in text.stdout
    assert case_id in text.stdout


def test_everything_happened_in_working_hours_of_the_last_eight_months() -> None:
    moments = [
        *Record.objects.values_list("started_at", flat=True),
        *Record.objects.values_list("sealed_at", flat=True),
        *Revision.objects.values_list("saved_at", flat=True),
        *Event.objects.values_list("at", flat=True),
    ]
    assert len(moments) > 500
    for moment in map(in_london, moments):
        assert moment.weekday() < 5
        assert OPENS <= moment.time() <= CLOSES
        assert TODAY - timedelta(days=250) < moment.date() < TODAY
    assert (TODAY - in_london(min(moments)).date()).days > 230


def test_nothing_was_written_out_of_order() -> None:
    times = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    for draft in Draft.objects.prefetch_related("revisions"):
        saves = [one.saved_at for one in draft.revisions.order_by("number")]
        assert saves == sorted(saves)
        assert draft.started_at <= saves[0]
    for record in Record.objects.select_related("draft"):
        assert record.started_at == record.draft.started_at < record.draft.saved_at
        assert record.draft.saved_at < record.sealed_at


def test_people_and_places_were_there_before_the_first_case() -> None:
    began = Draft.objects.order_by("started_at").first().started_at
    assert all(person.created_at < began for person in User.objects.all())
    assert all(place.created_at < began for place in Organisation.objects.all())


def test_nobody_read_or_did_what_they_may_not() -> None:
    for event in Event.objects.exclude(actor=None).select_related("actor", "record"):
        needed = {
            Event.SEALED: policy.Action.WORK_ON_DRAFT,
            Event.VIEWED: policy.Action.READ_RECORD,
            Event.EXPORTED: policy.Action.DOWNLOAD_RECORD,
            ANSWERED: policy.Action.ANSWER_REVIEW,
            REVIEWED: policy.Action.ADVISE_ON_REVIEW
            if event.details.get("result") == Result.ADVISED
            else policy.Action.REVIEW_RECORD,
        }[event.kind]
        assert policy.can(event.actor, needed, event.record)
    for draft in Draft.objects.select_related("owner"):
        assert policy.can(draft.owner, policy.Action.WORK_ON_DRAFT, draft)


def test_an_export_names_the_file_that_was_taken() -> None:
    exports = Event.objects.filter(kind=Event.EXPORTED).select_related("record__snapshot")
    assert len(exports) >= 2
    event = exports[0]
    document = record_pdf(bytes(event.record.snapshot.body))
    assert event.details == {"sha256": hashlib.sha256(document).hexdigest(), "what": "record"}


def test_drafts_wait_where_they_were_left() -> None:
    for draft in Draft.objects.filter(record=None):
        case = CASES[draft.answers[ABOUT]["case_reference"]]
        journey = Journey(stored.edition(draft.edition_id), draft.answers)
        assert journey.is_parked == (case.state is State.PARKED) == (draft.parked_since is not None)
        if case.state is State.READY:
            assert journey.first_open == DECIDE


def test_a_case_that_was_parked_keeps_what_was_said_then() -> None:
    record = record_of("EH-2066")
    said = [revision.content for revision in record.draft.revisions.filter(step="consent")]
    assert [given["answer"] for given in said] == ["not-asked", "given"]
    assert record.draft.saved_at - record.draft.started_at > timedelta(days=1)
    assert "question:share-anyway" not in snapshot.read(bytes(record.snapshot.body))


@pytest.fixture
def undone() -> Iterator[None]:
    """What a test writes (sessions, notes of who read) is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("seldom_counted")
def test_everybody_can_open_what_the_demo_gives_them(undone: None) -> None:
    for person in User.objects.all():
        client = Client()
        client.force_login(person)
        assert client.get(reverse("home"), follow=True).status_code == 200
        for draft in Draft.objects.filter(owner=person, record=None):
            address = reverse("decisions:resume", kwargs={"draft_id": draft.pk})
            assert client.get(address, follow=True).status_code == 200
        for record in Record.objects.filter(policy.visible(person, policy.Action.READ_RECORD)):
            address = reverse("decisions:record", kwargs={"record_id": record.pk})
            assert client.get(address).status_code == 200


def test_a_practitioner_sees_who_has_read_their_record(undone: None) -> None:
    client = Client()
    client.force_login(User.objects.get(email="bryony@wrenfield.example"))
    record = record_of("EH-2041")
    page = client.get(reverse("decisions:record", kwargs={"record_id": record.pk}))
    assert "Hollis Marchbank" in page.content.decode()
    assert "Ottilie Quarrie" in page.content.decode()


def test_loading_again_changes_nothing() -> None:
    tables = (Organisation, Team, User, Membership, Draft, Revision, Record, Event)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert load(TODAY + timedelta(days=40), lambda done, total: None) == []
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
