"""Consent withdrawn: only where it was given; it stops the sharing and names whom to tell."""

import uuid

import pytest

from decisions.afterwards import kinds, writers
from decisions.afterwards.rules import Happened, Situation, wrong
from decisions.afterwards.timeline import situation, timeline
from tests.decisions.afterwards.conftest import CONSENT, REFUSED, Added, Seal, ago, today, words
from tests.decisions.walk import PLAIN

WORDS = {"words": "I changed my mind", "tell": "Housing officer\r\n\r\n  School nurse  "}
SHARED = {"recipient": "Housing officer", "method": "By phone", "receipt": "yes"}


def withdraw(added: Added) -> None:
    assert added.add(kinds.WITHDRAWN, **WORDS, on=ago(5)).status_code == 303


@pytest.mark.parametrize(
    ("gates", "decision"),
    [(PLAIN, "share"), (REFUSED, "do-not-share"), ({"urgent": "yes"}, "share")],
)
def test_consent_that_was_never_given_cannot_be_withdrawn(
    sealed: Seal, gates: dict[str, str], decision: str
) -> None:
    added = sealed(gates, decision)
    reply = added.add(kinds.WITHDRAWN, **WORDS, on=ago(5))
    assert "does not say that consent was given" in words(reply)
    assert "I changed my mind</textarea>" in reply.content.decode()
    with pytest.raises(writers.Refused):
        writers.withdraw_consent(
            record=added.record, person=added.record.owner, page=uuid.uuid4(), on=ago(5), **WORDS
        )
    assert not added.record.events.filter(kind=kinds.WITHDRAWN).exists()
    assert "Consent was withdrawn" not in added.page()


def test_withdrawn_consent_stops_the_sharing(sealed: Seal) -> None:
    added = sealed(CONSENT)
    withdraw(added)
    page = added.page()
    assert "Do not share any more." in page
    assert "Decide again" in page
    late = added.add(kinds.SHARED, **SHARED, on=ago(4))
    assert "nothing may be shared after that day" in words(late)
    assert added.add(kinds.SHARED, **SHARED, on=ago(6)).status_code == 303


@pytest.mark.parametrize(
    ("rule", "basis", "stops"),
    [
        ("consent", "public-task", True),
        ("advice-lawful-basis", "consent", True),
        ("advice-lawful-basis", "not-sure", False),
    ],
)
def test_it_stops_what_rested_on_consent(rule: str, basis: str, stops: bool) -> None:
    withdrawn = Happened(7, kinds.WITHDRAWN, {"on": ago(5).isoformat(), "words": "", "tell": ""})
    now = Situation(
        decision="share",
        rule=rule,
        gates={"consent": "given", "lawful-basis": basis},
        decided_on=ago(10),
        today=today(),
        happened=(withdrawn,),
    )
    assert now.must_stop is stops
    assert ("on" in wrong(now, kinds.SHARED, {**SHARED, "on": ago(4)})) is stops
    assert wrong(now, kinds.SHARED, {**SHARED, "on": ago(6)}) == {}


def test_each_recipient_is_marked_when_told(sealed: Seal) -> None:
    added = sealed(CONSENT)
    withdraw(added)
    key, other = situation(added.record).untold
    reply = added.add(kinds.TOLD, recipient=key, on=ago(3), reply="They deleted it")
    assert reply.status_code == 303
    entry = next(one for one in timeline(added.record) if one.kind == kinds.WITHDRAWN)
    assert [(one.recipient, bool(one.told_on)) for one in entry.to_tell] == [
        ("Housing officer", True),
        ("School nurse", False),
    ]
    assert list(situation(added.record).untold) == [other]
    again = added.add(kinds.TOLD, recipient=key, on=ago(3), reply="Once more")
    assert again.status_code == 200
    assert added.add(kinds.TOLD, recipient=other, on=today(), reply="").status_code == 303
    assert "Nobody named in this record" in words(added.client.get(added.address(kinds.TOLD)))
    assert "not told yet" not in added.page()


def test_nobody_is_told_before_it_happened(sealed: Seal) -> None:
    added = sealed(CONSENT)
    withdraw(added)
    key = next(iter(situation(added.record).untold))
    assert "so not before that day" in words(
        added.add(kinds.TOLD, recipient=key, on=ago(6), reply="")
    )


def test_consent_is_withdrawn_once(sealed: Seal) -> None:
    added = sealed(CONSENT)
    withdraw(added)
    assert "says already that consent was withdrawn" in words(
        added.add(kinds.WITHDRAWN, words="Again", tell="", on=ago(2))
    )


def test_the_page_names_those_who_got_it(sealed: Seal) -> None:
    added = sealed(CONSENT)
    before = added.client.get(added.address(kinds.WITHDRAWN)).content.decode()
    assert "Housing officer, Northmoor Homes</textarea>" in before
    added.add(kinds.SHARED, **{**SHARED, "recipient": "School nurse"}, on=ago(6))
    after = added.client.get(added.address(kinds.WITHDRAWN)).content.decode()
    assert "School nurse</textarea>" in after


def test_more_than_thirty_recipients_are_too_many(sealed: Seal) -> None:
    added = sealed(CONSENT)
    many = "\n".join(f"Office {number}" for number in range(31))
    reply = added.add(kinds.WITHDRAWN, words="No", tell=many, on=ago(2))
    assert "at most 30" in words(reply)
