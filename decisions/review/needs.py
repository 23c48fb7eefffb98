"""Which decisions need a review, and which a manager's agreement before sharing. Pure.

The organisation's rules are data; a record's facts are read from its gate answers and its seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from decisions.wizard.answers import SHARING, URGENT

SAFEGUARDING = frozenset({"safeguarding-child", "safeguarding-adult"})
CHILD = "safeguarding-child"
LEGAL_DUTY = "legal-duty"
GIVEN = "given"


class Why(StrEnum):
    """Why a decision is reviewed. The value is kept with it."""

    WITHOUT_CONSENT = "without-consent"
    DEPARTURE = "departure"
    NOT_SHARED_SAFEGUARDING = "not-shared-safeguarding"
    DETRIMENT = "detriment"
    ADVICE = "advice"
    ENDED_OTHERWISE = "ended-otherwise"
    ALL = "all"
    BEFORE_SHARING = "before-sharing"  # a manager agrees first: no rule of its own
    TOLD = "told"  # it went ahead at once, and the manager is told instead
    SAMPLE = "sample"


RULES = tuple(list(Why)[:7])
"""Those that the lead chooses among."""


class Before(StrEnum):
    """Before which decisions to share a manager must agree."""

    NONE = "none"
    REVIEWED = "reviewed"
    EVERY = "every"


class Authorisation(StrEnum):
    """What sharing waits for: nothing; a manager's word; nothing, but the manager is told."""

    NONE = ""
    NEEDED = "needed"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask of a sealed decision."""

    decision: str
    rule: str
    gates: Mapping[str, str]
    is_departure: bool = False
    took_advice: bool = False
    acted_first: bool = False  # it follows up what was shared already
    ended_otherwise: bool = False  # a follow-up that does not come to what was done first

    @property
    def is_sharing(self) -> bool:
        """Whether the decision was to share all or part."""
        return self.decision in SHARING

    @property
    def setting(self) -> str:
        """The setting; "" in an edition that does not ask."""
        return self.gates.get("setting", "")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an organisation has set."""

    which: frozenset[Why] = field(default_factory=frozenset)
    before: Before = Before.NONE


def needs_review(facts: Facts, rules: Rules) -> tuple[Why, ...]:
    """Why the decision needs a review, in the order of the table; () when it needs none."""
    found = [why for why in RULES if why in rules.which and _applies(why, facts)]
    authorisation = authorisation_of(facts, rules)
    if authorisation is Authorisation.NEEDED:
        found.append(Why.BEFORE_SHARING)
    elif authorisation is Authorisation.TOLD:
        found.append(Why.TOLD)
    return tuple(found)


def authorisation_of(facts: Facts, rules: Rules) -> Authorisation:
    """Whether a manager must agree before this is shared.

    Never for what is urgent, a legal duty or safeguarding: there the manager is told instead.
    """
    if not facts.is_sharing or rules.before is Before.NONE:
        return Authorisation.NONE
    if rules.before is Before.REVIEWED and not any(
        _applies(why, facts) for why in RULES if why in rules.which
    ):
        return Authorisation.NONE
    waits_for_nobody = (
        facts.acted_first
        or facts.rule == URGENT
        or facts.gates.get(URGENT) == "yes"
        or facts.rule == LEGAL_DUTY
        or facts.setting in SAFEGUARDING
    )
    return Authorisation.TOLD if waits_for_nobody else Authorisation.NEEDED


def _without_consent(facts: Facts) -> bool:
    # Child safeguarding rests on no consent, so that sharing without it is no exception there.
    consent = facts.gates.get("consent", GIVEN)
    return facts.is_sharing and facts.setting != CHILD and consent != GIVEN


def _applies(why: Why, facts: Facts) -> bool:
    match why:
        case Why.WITHOUT_CONSENT:
            return _without_consent(facts)
        case Why.DEPARTURE:
            return facts.is_departure
        case Why.NOT_SHARED_SAFEGUARDING:
            return not facts.is_sharing and facts.setting in SAFEGUARDING
        case Why.DETRIMENT:
            return facts.gates.get("detriment") == "yes"
        case Why.ADVICE:
            return facts.took_advice
        case Why.ENDED_OTHERWISE:
            return facts.ended_otherwise
        case Why.ALL:
            return True
    return False
