"""What needs a person today: from every source, oldest first, and counted alike in the header."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from decisions.afterwards.timeline import situation
from decisions.afterwards.writers import note_recipient_told, withdraw_consent
from decisions.doubts.writers import settle_doubt
from decisions.needs_you.models import Looked
from decisions.needs_you.sources import needs
from decisions.needs_you.words import Why, when
from decisions.needs_you.writers import note_looked
from decisions.records.events import note_viewed
from decisions.records.models import Record
from decisions.review.needs import Before
from decisions.review.results import Result
from decisions.review.rules import set_rules
from decisions.review.writers import advise, answer_question
from decisions.telling.due import tell_what_is_due
from decisions.telling.kinds import Kind
from decisions.telling.listing import known_to
from infoshare import clock, navigation
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast
from tests.decisions.doubts.conftest import seal_doubtful
from tests.decisions.review.conftest import say, seal_departure
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.guidance.protocols.entries import enter

SignIn = Callable[[User], Client]
LATER = timedelta(days=21)
CONSENT = {
    "urgent": "no",
    "setting": "other",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
    "consent": "given",
    "lawful-basis": "public-task",
}
REFUSED = {**CONSENT, "consent": "refused", "public-interest": "sufficient"}


def fresh(person: User) -> User:
    """As the next request has them."""
    return User.objects.get(pk=person.pk)


def why(person: User) -> list[Why]:
    return [one.why for one in needs(fresh(person))]


def counted(person: User) -> int:
    return navigation.count(fresh(person), ["decisions:needs-you"]).get("decisions:needs-you", 0)


def sealed(walk: Walk, gates: dict[str, str], decision: str = "share") -> Record:
    again = begin(walk.client, walk.draft.owner, walk.draft.team)
    again.walk(gates, reasons=dict.fromkeys(gates, "Because"))
    again.save("right-way", RIGHT_WAY)
    reply = again.seal(decision, reason="Words about the case")
    assert reply.status_code == 303
    return Record.objects.get(draft=again.draft)


@pytest.fixture
def everything(walk: Walk, cast: Cast) -> dict[str, Record]:
    """One of each that can need somebody without a review."""
    rules = {"which": (), "before": Before.NONE, "percent": 0, "seen": 0}
    set_rules(organisation_id=cast.northmoor.pk, person=cast.lena, **rules)
    found = {
        "urgent": sealed(walk, {"urgent": "yes"}),
        "departure": sealed(walk, PLAIN, "do-not-share"),
        "overridden": sealed(walk, REFUSED),
        "withdrawn": sealed(walk, CONSENT),
        "plain": sealed(walk, PLAIN),
        "doubt": seal_doubtful(begin(walk.client, cast.priya, cast.early_help)),
    }
    day = localdate(found["withdrawn"].sealed_at)
    given = {"record": found["withdrawn"], "person": cast.priya, "page": uuid4(), "on": day}
    withdraw_consent(**given, words="No more", tell="The school")
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
    return found


def test_each_sees_what_is_theirs_and_the_header_counts_it(
    everything: dict[str, Record], cast: Cast
) -> None:
    now = clock.now()
    assert Why.URGENT not in why(cast.maya)  # not due yet
    with clock.set_to(now + LATER):
        theirs = {Why.URGENT, Why.ADVICE, Why.WITHDRAWN, Why.OVERRIDDEN, Why.DEPARTURE}
        assert set(why(cast.maya)) == theirs
        own = [Why.OWN_URGENT, Why.OWN_ADVICE, Why.OWN_WITHDRAWN]
        assert sorted(why(cast.priya)) == sorted(own)
        assert why(cast.lena) == [Why.DOUBT]
        assert needs(fresh(cast.lena))[0].count == 2
        numbers = {"maya": 5, "priya": 3, "lena": 2, "omar": 0, "tom": 0, "ada": 0, "mina": 0}
        for name, number in numbers.items():
            assert counted(getattr(cast, name)) == number, name
        days = [one.on for one in needs(fresh(cast.maya))]
        assert days == sorted(days)


def test_when_each_is_done_it_goes(everything: dict[str, Record], cast: Cast) -> None:
    person, day = cast.priya, localdate(everything["withdrawn"].sealed_at)
    given = {"record": everything["withdrawn"], "person": person, "page": uuid4(), "on": day}
    note_recipient_told(**given, recipient=next(iter(situation(given["record"]).untold)), reply="")
    assert Why.WITHDRAWN not in why(cast.maya)
    note_viewed(record=everything["departure"], person=cast.maya)
    note_looked(record=everything["departure"], person=cast.maya)
    say(everything["overridden"], cast.maya, Result.AGREED)
    assert why(cast.maya) == []
    settle_doubt(record=everything["doubt"], question="duty", person=cast.lena, words="Yes")
    assert needs(fresh(cast.lena))[0].count == 1


def test_a_review_goes_from_the_manager_to_the_practitioner_and_the_lead(
    walk: Walk, cast: Cast
) -> None:
    record = seal_departure(walk)
    assert why(cast.maya) == []  # not due yet
    with clock.set_to(record.sealed_at + LATER):
        assert why(cast.maya) == [Why.REVIEW]
        assert tell_what_is_due() == 1
        assert kinds_of(cast.maya) == [Kind.REVIEW_DUE]
        say(record, cast.maya, Result.ASKED)
        assert (why(cast.maya), why(cast.priya)) == ([], [Why.QUESTION])
        answer_question(record=record, person=cast.priya, page=uuid4(), words="Because")
        assert (why(cast.maya), why(cast.priya)) == ([Why.REVIEW], [])
        say(record, cast.maya, Result.ESCALATED)
        assert (why(cast.maya), why(cast.lena)) == ([], [Why.ESCALATED])
        advise(record=record, person=cast.lena, page=uuid4(), words="Do")
        say(record, cast.maya, Result.AGREED)
        assert [why(one) for one in (cast.maya, cast.priya, cast.lena)] == [[], [], []]
    told = [Kind.REVIEW_DUE, Kind.REVIEW_ANSWERED, Kind.REVIEW_ADVISED]
    assert kinds_of(cast.maya) == told
    assert kinds_of(cast.priya) == [Kind.REVIEW_ASKED, Kind.REVIEW_DONE]
    assert kinds_of(cast.lena) == [Kind.REVIEW_ESCALATED]


def kinds_of(person: User) -> list[str]:
    return list(known_to(fresh(person)).order_by("id").values_list("kind", flat=True))


def test_the_page_in_words_for_each_role(
    everything: dict[str, Record], cast: Cast, signed_in: SignIn
) -> None:
    enter(cast, review_on=localdate(), owner_id=cast.maya.pk)
    with clock.set_to(clock.now() + LATER):
        assert signed_in(cast.maya).get("/").headers["Location"] == "/needs-you/"
        page = signed_in(cast.maya).get("/needs-you/").content.decode()
        own = signed_in(cast.priya).get("/needs-you/").content.decode()
        lead = signed_in(cast.lena).get("/needs-you/").content.decode()
    for words in (
        "6 things need you",
        "2 overdue",
        "1 urgent decision",
        "Needs you (6)",
        f'dir="auto">{everything["urgent"].reference}</span>',
        "Priya Shah",
        "Early Help",
        "overdue since ",
        "A protocol is due for review",
    ):
        assert words in page, words
    assert everything["plain"].reference not in page
    assert "Words about the case" not in page + own + lead
    assert "You acted first. Answer the seven questions" in own
    assert "2 questions were left unsure. Settle them" in lead
    for words in ("CASE-1", "Priya Shah", everything["urgent"].reference):
        assert words not in lead


def test_a_manager_says_on_the_record_that_they_have_looked(
    everything: dict[str, Record], cast: Cast, signed_in: SignIn
) -> None:
    record = everything["departure"]
    page, said = f"/records/{record.pk}/", f"/records/{record.pk}/looked/"
    for who in ("priya", "omar", "ada", "lena", "mina"):
        assert signed_in(getattr(cast, who)).post(said).status_code == 404, who
    client = signed_in(cast.maya)
    client.post(said)
    assert not Looked.objects.exists()  # never opened
    assert "Open the record first" in client.get("/needs-you/").content.decode()
    assert "I have looked at it" in client.get(page).content.decode()
    assert "I have looked at it" not in walk_page(signed_in(cast.priya), page)
    assert "I have looked at it" not in walk_page(client, f"/records/{everything['plain'].pk}/")
    for _ in range(2):
        assert client.post(said).status_code == 303
    assert Looked.objects.get().person == cast.maya
    assert "I have looked at it" not in walk_page(client, page)


def walk_page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_a_person_with_every_role_costs_at_most_twelve_statements(
    everything: dict[str, Record], cast: Cast, signed_in: SignIn
) -> None:
    for role, team in ((Role.PRACTITIONER, cast.adults), (Role.LEAD, None)):
        Membership.objects.create(user=cast.maya, organisation=cast.northmoor, team=team, role=role)
    client = signed_in(cast.maya)
    client.get("/needs-you/")
    with clock.set_to(clock.now() + LATER), CaptureQueriesContext(connection) as captured:
        page = client.get("/needs-you/").content.decode()
    assert "7 things need you" in page
    assert len(captured) <= 12, [one["sql"] for one in captured]


def test_when_in_words() -> None:
    today = date(2026, 3, 3)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    assert when(Why.REVIEW, yesterday, today) == "overdue since Monday 2 March 2026"
    assert when(Why.URGENT, today, today) == "due today"
    assert when(Why.PROTOCOL, tomorrow, today) == "due by Wednesday 4 March 2026"
    assert when(Why.DEPARTURE, today, today) == "since today"
    assert when(Why.ADVICE, yesterday, today) == "since Monday 2 March 2026"
