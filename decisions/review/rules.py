"""The rules of an organisation about reviews: those in force, and a new version of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from decisions.review import words
from decisions.review.models import ReviewRules
from decisions.review.needs import RULES, Before, Rules, Why
from infoshare import clock
from infoshare.people.models import Organisation, User

UNTIL_SET = Rules(
    frozenset(
        {
            Why.WITHOUT_CONSENT,
            Why.DEPARTURE,
            Why.NOT_SHARED_SAFEGUARDING,
            Why.DETRIMENT,
            Why.ENDED_OTHERWISE,
        }
    )
)
"""What holds in an organisation whose lead has set nothing yet."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules that hold now; without a version while nothing was set."""

    rules: Rules
    percent: int = 0
    version: ReviewRules | None = None

    @property
    def number(self) -> int:
        """The version's number; 0 while nothing was set."""
        return self.version.number if self.version else 0


class StaleRules(Exception):
    """Somebody changed the rules since the page was made; nothing was saved."""

    def __init__(self, now: InForce) -> None:
        self.now = now
        super().__init__("the rules were changed in between")


def rules_of(organisation_id: UUID) -> InForce:
    """The rules in force in an organisation; one SQL statement."""
    found = ReviewRules.objects.filter(organisation=organisation_id)
    return _in_force(found.select_related("by").order_by("-number").first())


@transaction.atomic
def set_rules(
    *,
    organisation_id: UUID,
    person: User,
    which: Iterable[Why],
    before: Before,
    percent: int,
    seen: int,
) -> InForce:
    """The rules that hold from now on. The same ones again make no new version.

    `seen` is the number of the version that the sender's page showed. Raises `StaleRules` when
    somebody else set others since. Records that are sealed already keep what was asked of them.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    now = rules_of(organisation_id)
    wanted = Rules(frozenset(which), before)
    if (now.rules, now.percent) == (wanted, percent) and now.version:
        return now
    if now.number != seen:
        raise StaleRules(now)
    version = ReviewRules.objects.create(
        organisation_id=organisation_id,
        number=now.number + 1,
        which=[why for why in RULES if why in wanted.which],
        before=before,
        percent=percent,
        by=person,
        at=clock.now(),
    )
    return _in_force(version)


def _in_force(version: ReviewRules | None) -> InForce:
    if version is None:
        return InForce(UNTIL_SET)
    rules = Rules(frozenset(map(Why, version.which)), Before(version.before))
    return InForce(rules, version.percent, version)


def in_words(version: ReviewRules) -> str:
    """What a version says, in a few sentences."""
    which = "; ".join(words.RULES[Why(one)][0] for one in version.which)
    before = {value: label for value, label, _ in words.BEFORE}[Before(version.before)]
    needed = f"Needs a review: {which}." if which else "No decision needs a review."
    return (
        f"{needed} A manager agrees before sharing: {before}. "
        f"Drawn by chance: {version.percent} percent."
    )
