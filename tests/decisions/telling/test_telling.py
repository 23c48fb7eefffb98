"""Who is told what, once; in the list, in the count, and in mails that say nothing of a case."""

import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from decisions.doubts.writers import settle_doubt
from decisions.records.models import Record
from decisions.telling import digests, when
from decisions.telling.digests import mail_at_once, make
from decisions.telling.due import tell_what_is_due
from decisions.telling.kinds import WORDS, Kind
from decisions.telling.listing import known_to, unread, waiting
from decisions.telling.models import Digest, MailChoice, Message, Rhythm
from decisions.telling.rounds import forget_old, send_digests
from decisions.telling.writers import choose, mark_read, tell, tell_managers
from decisions.wizard.hand_over.writers import hand_over
from infoshare import clock, navigation
from infoshare.people.models import User
from infoshare.people.writers import deactivate, end_role
from tests.cast import Cast
from tests.decisions.doubts.conftest import seal_doubtful
from tests.decisions.walk import Walk
from tests.guidance.protocols.entries import enter

SignIn = Callable[[User], Client]
TUESDAY = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 7, 10, tzinfo=UTC)
A_DAY = timedelta(days=1)


def fresh(person: User) -> User:
    """As the next request has them."""
    return User.objects.get(pk=person.pk)


def kinds(person: User) -> list[str]:
    return list(known_to(fresh(person)).order_by("id").values_list("kind", flat=True))


def told(record: Record, person: User, kind: Kind = Kind.REVIEW_DONE, occasion: str = "") -> int:
    with clock.set_to(TUESDAY):
        return tell(person=person, kind=kind, record=record, occasion=occasion)


def round_at(moment: datetime = MORNING) -> int:
    with clock.set_to(moment):
        return send_digests()


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="mail_person", status="todo").count()


class TestWhoIsTold:
    def test_managers_of_an_urgent_record_and_nobody_else(self, walk: Walk, cast: Cast) -> None:
        walk.walk({"urgent": "yes"})
        walk.save("right-way", {"what": "A", "recipient": "B", "method": "C", "told": "yes-now"})
        walk.seal()
        assert kinds(cast.maya) == [Kind.URGENT_SEALED]
        assert Message.objects.count() == 1
        record = Record.objects.get()
        with clock.set_to(record.sealed_at + timedelta(days=20)):
            assert tell_what_is_due() == 2
            assert tell_what_is_due() == 0
        assert kinds(cast.maya) == [Kind.URGENT_SEALED, Kind.TEAM_FOLLOW_UP_LATE]
        assert kinds(cast.priya) == [Kind.FOLLOW_UP_LATE]
        assert Message.objects.exclude(reference=record.reference).count() == 0

    def test_both_practitioners_of_a_draft_that_is_handed_over(
        self, walk: Walk, cast: Cast
    ) -> None:
        given = {"draft_id": walk.draft.pk, "manager": cast.maya, "to": cast.tom, "reason": "Away"}
        for _ in range(2):
            hand_over(**given, seen_owner=cast.priya.pk)
        assert (kinds(cast.tom), kinds(cast.priya)) == ([Kind.HANDED_TO_YOU], [Kind.HANDED_ON])

    def test_the_practitioner_of_a_doubt_that_is_settled(self, walk: Walk, cast: Cast) -> None:
        record = seal_doubtful(walk)
        for _ in range(2):
            settle_doubt(record=record, question="duty", person=cast.lena, words="Section 11")
        assert kinds(cast.priya) == [Kind.DOUBT_SETTLED]

    def test_advice_and_protocols_when_they_are_due(self, walk: Walk, cast: Cast) -> None:
        walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
        enter(cast, review_on=localdate() + A_DAY)
        assert tell_what_is_due() == 0
        with clock.set_to(clock.now() + timedelta(days=12)):
            assert tell_what_is_due() >= 3
            assert tell_what_is_due() == 0
        assert kinds(cast.priya)[0] == Kind.ADVICE_LATE
        assert kinds(cast.maya) == [Kind.TEAM_ADVICE_LATE]
        assert kinds(cast.lena) == [Kind.PROTOCOL_DUE]

    def test_what_is_undone_is_not_told(self, record: Record, cast: Cast) -> None:
        choose(person=cast.priya, rhythm=Rhythm.AT_ONCE, off=[])
        before = jobs()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            told(record, cast.priya)
            assert jobs() == before  # the one that the choice left is enough
            raise ZeroDivisionError
        assert not Message.objects.exists()

    def test_once_for_each_occasion_and_not_when_switched_off(
        self, record: Record, cast: Cast
    ) -> None:
        assert [told(record, cast.priya) for _ in range(2)] == [1, 0]
        assert told(record, cast.priya, occasion="again") == 1
        choose(person=cast.priya, rhythm=Rhythm.DAILY, off=[Kind.REVIEW_DONE])
        assert told(record, cast.priya, occasion="third") == 0
        assert told(record, cast.priya, Kind.REVIEW_ASKED) == 1
        with pytest.raises(ValueError, match="urgent-sealed"):
            choose(person=cast.maya, rhythm=Rhythm.NEVER, off=[Kind.URGENT_SEALED])

    def test_who_has_left_or_lost_the_right_sees_nothing(self, record: Record, cast: Cast) -> None:
        tell_managers(kind=Kind.REVIEW_DUE, record=record)
        told(record, cast.priya)
        assert kinds(cast.maya) == [Kind.REVIEW_DUE]
        end_role(membership=cast.maya.memberships.get())
        deactivate(user=cast.priya)
        for person in (cast.maya, cast.priya):
            assert kinds(person) == []
            assert waiting(fresh(person)) is None
        assert told(record, cast.priya, occasion="later") == 0
        assert round_at() == 0
        assert not Digest.objects.exists()


class TestMails:
    def test_one_a_day_however_often_the_job_runs(self, record: Record, cast: Cast) -> None:
        told(record, cast.priya)
        assert round_at() == 1
        told(record, cast.priya, occasion="more")
        assert round_at() == 0
        assert round_at(MORNING + A_DAY) == 1
        assert round_at(MORNING + A_DAY) == 0
        first, second = mail.outbox
        assert first.to == [cast.priya.email]
        assert first.subject == second.subject == "InfoShare: 1 new message"

    def test_it_names_a_record_and_nothing_of_the_case(
        self, record: Record, cast: Cast, settings: Any
    ) -> None:
        settings.ADDRESS = "https://infoshare.example"
        told(record, cast.priya)
        round_at()
        (sent,) = mail.outbox
        words = f"{sent.subject}\n{sent.body}"
        assert f"- A record of yours was reviewed: record {record.reference}, 3 March 2026" in words
        assert "https://infoshare.example/messages/\n" in words
        for secret in ("CASE-1", str(record.pk), "housing form", "Northmoor", "Early Help"):
            assert secret not in words
        assert sent.content_subtype == "plain"

    @pytest.mark.parametrize(
        ("rhythm", "numbers"),
        [
            (Rhythm.AT_ONCE, [0, 0, 0]),  # by a job of its own
            (Rhythm.DAILY, [1, 0, 0]),
            (Rhythm.WEEKLY, [0, 0, 1]),
            (Rhythm.NEVER, [0, 0, 0]),
        ],
    )
    def test_as_each_has_chosen(
        self, record: Record, cast: Cast, rhythm: Rhythm, numbers: list[int]
    ) -> None:
        choose(person=cast.priya, rhythm=rhythm, off=[])
        told(record, cast.priya)
        days = [MORNING, MORNING + A_DAY, MORNING + 6 * A_DAY]
        assert [round_at(day) for day in days] == numbers
        assert jobs() == (rhythm is Rhythm.AT_ONCE)
        with clock.set_to(MORNING):
            assert mail_at_once(cast.priya.pk) == (rhythm is Rhythm.AT_ONCE)
            assert mail_at_once(cast.priya.pk) == 0

    def test_what_was_read_is_not_mailed(self, record: Record, cast: Cast) -> None:
        told(record, cast.priya)
        mark_read(person=cast.priya, up_to=Message.objects.get().pk)
        assert round_at() == 0

    def test_a_worker_that_is_killed_while_it_sends_never_sends_that_mail_again(
        self, record: Record, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Killed(BaseException):
            pass

        def die(*args: Any) -> None:
            raise Killed

        told(record, cast.priya)
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", die)
            with pytest.raises(Killed):
                round_at()
        assert round_at() == 0
        # What it told comes once more with the next news.
        told(record, cast.priya, occasion="more")
        assert round_at(MORNING + A_DAY) == 1
        assert mail.outbox[0].subject == "InfoShare: 2 new messages"

    @pytest.mark.parametrize("point", ["open", "send_messages"])
    def test_a_server_that_says_no_is_asked_again(
        self, point: str, record: Record, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: Any) -> None:
            raise smtplib.SMTPDataError(451, b"Not now")

        told(record, cast.priya)
        tell_managers(kind=Kind.REVIEW_DUE, record=record)
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, point, refuse)
            if point == "open":
                with pytest.raises(smtplib.SMTPDataError):
                    round_at()
            else:
                assert round_at() == 0
                assert jobs() == 1
        assert mail.outbox == []
        assert round_at(MORNING + timedelta(hours=1)) == 1
        assert round_at(MORNING + timedelta(hours=2)) == 0

    def test_two_jobs_at_once_make_one_mail(self, record: Record, cast: Cast) -> None:
        told(record, cast.priya)
        with clock.set_to(MORNING):
            morning = when.latest_morning(clock.now())
            first = make(cast.priya, Rhythm.DAILY, morning)
            assert first is not None
            assert make(cast.priya, Rhythm.DAILY, morning) is None
            with digests.mail_server() as server:
                assert digests.send(first, cast.priya, server)
                assert not digests.send(first, cast.priya, server)
        assert len(mail.outbox) == 1

    def test_old_messages_go(self, record: Record, cast: Cast) -> None:
        told(record, cast.priya)
        round_at()
        told(record, cast.priya, occasion="more")
        with clock.set_to(TUESDAY + timedelta(days=360)):
            tell(person=cast.priya, kind=Kind.REVIEW_DONE, record=record, occasion="new")
        with clock.set_to(TUESDAY + timedelta(days=366)):
            assert forget_old() == 2
        assert (Message.objects.count(), Digest.objects.count()) == (1, 0)


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_morning_is_the_last_one(since: timedelta) -> None:
    now = TUESDAY + since
    morning, monday = when.latest_morning(now), when.latest_monday(now)
    assert timedelta(0) <= now - morning < timedelta(hours=25)
    assert timedelta(0) <= now - monday < timedelta(days=7, hours=1)
    assert (morning.hour, monday.hour, monday.weekday()) == (7, 7, 0)


class TestPages:
    def test_the_list_marks_what_is_new_and_is_marked_by_post_alone(
        self, record: Record, cast: Cast, signed_in: SignIn
    ) -> None:
        for occasion in "abc":
            told(record, cast.priya, occasion=occasion)
        client, other = signed_in(cast.priya), signed_in(cast.tom)
        page = client.get("/messages/").content.decode()
        assert "Messages (3)" in page
        assert page.count(f"A record of yours was reviewed: record {record.reference}</a>") == 3
        assert record.reference not in other.get("/messages/").content.decode()
        first, second, _ = unread(cast.priya).order_by("id").values_list("pk", flat=True)
        assert other.post("/messages/read/", {"message": first}).status_code == 303
        assert unread(cast.priya).count() == 3
        assert client.post("/messages/read/", {"message": first}).status_code == 303
        assert client.post("/messages/read/", {"up_to": second}).status_code == 303
        assert "Messages (1)" in client.get("/messages/").content.decode()
        for wrong in ("x", "-1", "9" * 30, "", "²"):
            assert client.post("/messages/read/", {"up_to": wrong}).status_code == 404
            assert client.post("/messages/read/", {"message": wrong}).status_code == 404

    def test_how_they_want_to_be_told(self, cast: Cast, signed_in: SignIn) -> None:
        client = signed_in(cast.maya)
        page = client.get("/messages/settings/").content.decode()
        assert 'value="urgent-sealed"' not in page
        assert "Urgent decisions in your teams" in page
        sent = {"rhythm": "weekly", "told": ["review-due"]}
        assert client.post("/messages/settings/", sent).status_code == 303
        choice = MailChoice.objects.get()
        assert choice.rhythm == "weekly"
        theirs = {"review-answered", "review-advised", "protocol-due"}
        assert set(choice.off) == theirs  # and nothing of a practitioner's
        for wrong in ({}, {"rhythm": "hourly"}, {"rhythm": "daily", "told": ["urgent-sealed"]}):
            reply = client.post("/messages/settings/", wrong)
            assert reply.status_code == 200
            assert "There is a problem" in reply.content.decode()
        assert MailChoice.objects.get().rhythm == "weekly"

    def test_the_link_in_a_mail_stops_them_without_signing_in(
        self, record: Record, cast: Cast, settings: Any
    ) -> None:
        settings.ADDRESS = "https://infoshare.example"
        choose(person=cast.priya, rhythm=Rhythm.DAILY, off=[Kind.HANDED_ON])
        told(record, cast.priya)
        round_at()
        path = mail.outbox[0].body.split("https://infoshare.example")[-1].split()[0]
        client = Client()
        assert "Stop mails" in client.get(path).content.decode()
        assert MailChoice.objects.get().rhythm == Rhythm.DAILY
        assert "no more mails" in client.post(path).content.decode()
        assert MailChoice.objects.values_list("rhythm", "off").get() == ("never", ["handed-on"])
        assert client.post("/messages/stop/forged/").status_code == 404
        forged = signing.dumps(str(cast.tom.pk), salt="another")
        assert client.post(f"/messages/stop/{forged}/").status_code == 404


def test_the_count_costs_one_statement_with_all_others(record: Record, cast: Cast) -> None:
    told(record, cast.priya)
    person = fresh(cast.priya)
    assert person.held_memberships
    names = ["decisions:messages", "decisions:needs-you"]
    with CaptureQueriesContext(connection) as captured:
        assert navigation.count(person, names) == {
            "decisions:messages": 1,
            "decisions:needs-you": 0,
        }
    assert len(captured) == 1


def test_every_kind_is_said_and_leads_somewhere(record: Record, cast: Cast) -> None:
    assert set(WORDS) == set(Kind)
