"""What needs a person today: from every source, oldest first, and counted alike in the header."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from decisions.afterwards.writers import withdraw_consent
from decisions.needs_you.sources import needs
from decisions.needs_you.words import Why
from decisions.records.models import Record
from infoshare import clock, navigation
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.doubts.conftest import seal_doubtful
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin

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
