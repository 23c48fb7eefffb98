"""The pure rules: which decisions are reviewed, how a review stands, what a sample draws."""

import uuid
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from decisions.review.needs import RULES, Authorisation, Before, Facts, Rules, Why, needs_review
from decisions.review.needs import authorisation_of as authorisation
from decisions.review.results import BY_REVIEWER, ENDS, OPEN, Result, Said, State, stands
from decisions.review.sample import draw, month_before

EVERY = Rules(frozenset(RULES), Before.EVERY)
REFUSED = {"setting": "early-help", "consent": "refused"}
SHARED = Facts("share", "public-interest", REFUSED)


def why(facts: Facts, *which: Why) -> tuple[Why, ...]:
    return needs_review(facts, Rules(frozenset(which)))


def test_each_rule_finds_its_decisions_and_no_others() -> None:
    not_shared = Facts("do-not-share", "no-purpose", {"setting": "safeguarding-adult"})
    plain = Facts("share", "not-confidential", {"setting": "other"})
    finds = {
        Why.WITHOUT_CONSENT: SHARED,
        Why.DEPARTURE: Facts("share", "no-purpose", {}, is_departure=True),
        Why.NOT_SHARED_SAFEGUARDING: not_shared,
        Why.DETRIMENT: Facts("do-not-share", "duty-detriment", {"detriment": "yes"}),
        Why.ADVICE: Facts("share", "consent", {"consent": "given"}, took_advice=True),
        Why.ENDED_OTHERWISE: Facts("do-not-share", "no-purpose", {}, ended_otherwise=True),
        Why.ALL: plain,
    }
    assert set(finds) == set(RULES)
    for one, facts in finds.items():
        assert why(facts, *RULES) == tuple(dict.fromkeys([one, Why.ALL])), one
        assert why(facts) == ()
    assert why(plain, *(set(RULES) - {Why.ALL})) == ()


def test_consent_is_no_matter_of_child_safeguarding() -> None:
    child = Facts("share", "public-interest", {**REFUSED, "setting": "safeguarding-child"})
    assert why(child, Why.WITHOUT_CONSENT) == ()
    not_asked = Facts("share", "not-confidential", {"setting": "other"})
    assert why(not_asked, Why.WITHOUT_CONSENT) == ()
    withheld = Facts("do-not-share", "public-interest-insufficient", REFUSED)
    assert why(withheld, Why.WITHOUT_CONSENT) == ()


def test_nobody_waits_for_agreement_where_waiting_could_harm() -> None:
    told = [
        Facts("share", "urgent", {"urgent": "yes"}),
        Facts("share", "public-interest", REFUSED, acted_first=True),
        Facts("share", "legal-duty", {"urgent": "no", "setting": "other", "detriment": "no"}),
        Facts("share", "public-interest", {"setting": "safeguarding-child"}),
        Facts("share-in-part", "public-interest-limited", {"setting": "safeguarding-adult"}),
    ]
    for facts in told:
        assert authorisation(facts, EVERY) is Authorisation.TOLD
        assert needs_review(facts, Rules(before=Before.EVERY)) == (Why.TOLD,)
    assert authorisation(SHARED, EVERY) is Authorisation.NEEDED
    assert authorisation(SHARED, Rules(before=Before.REVIEWED)) is Authorisation.NONE
    only_reviewed = Rules(frozenset({Why.WITHOUT_CONSENT}), Before.REVIEWED)
    assert needs_review(SHARED, only_reviewed) == (Why.WITHOUT_CONSENT, Why.BEFORE_SHARING)
    assert authorisation(Facts("do-not-share", "consent", REFUSED), EVERY) is Authorisation.NONE


def said(*results: Result, call: int | None = 1, seen: int = 5) -> list[Said]:
    return [Said(one, seen, call) for one in results]


def test_how_a_review_stands() -> None:
    assert stands([], [], 5).state is State.NONE
    assert stands([1], [], 5).state is State.WAITING
    asked = stands([1], said(Result.ASKED), 5)
    assert asked.state is State.ASKED
    assert asked.allows(Result.ANSWERED) and asked.allows(Result.AGREED)
    answered = stands([1], said(Result.ASKED, Result.ANSWERED), 5)
    assert answered.state is State.WAITING and not answered.allows(Result.ANSWERED)
    passed_on = stands([1], said(Result.ESCALATED), 5)
    assert passed_on.state is State.ESCALATED
    assert passed_on.allows(Result.ADVISED) and not passed_on.allows(Result.ESCALATED)
    assert stands([1], said(Result.COMMENT), 5).state is State.WAITING
    agreed = said(Result.AGREED)
    assert stands([1], agreed, 5).is_closed
    assert not stands([1], agreed, 6).is_closed  # something was added since
    assert stands([1, 2], agreed, 5).open_call == 2
    # A review that nothing called for does not stand for a later sample.
    assert stands([2], said(Result.AGREED, call=None), 5).state is State.WAITING


@given(st.lists(st.sampled_from(list(Result)), max_size=12), st.integers(0, 2))
def test_what_is_allowed_never_leads_astray(wishes: list[Result], calls: int) -> None:
    numbers, kept = list(range(1, calls + 1)), list[Said]()
    for wish in wishes:
        now = stands(numbers, kept, 5)
        if now.allows(wish):
            kept.append(Said(wish, 5, now.open_call))
    now = stands(numbers, kept, 5)
    ends = [one for one in kept if one.result in ENDS]
    assert len(ends) <= max(calls, 1)
    assert now.is_closed == (not any(map(now.allows, BY_REVIEWER)))
    assert (now.open_call is None) or now.state in OPEN


@given(st.sets(st.uuids(), max_size=40), st.text(max_size=20), st.integers(0, 50), st.randoms())
def test_the_same_seed_draws_the_same_share(
    ids: set[uuid.UUID], seed: str, percent: int, chance: object
) -> None:
    shuffled = list(ids)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    drawn = draw(shuffled, seed, percent)
    assert drawn == draw(sorted(ids), seed, percent)
    assert len(drawn) == len(set(drawn) & ids) == -(-len(ids) * percent // 100)


def test_the_month_before() -> None:
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
