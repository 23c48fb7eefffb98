"""What a comparison found, in words."""

from collections.abc import Mapping

from guidance.rulebook.impact import Finding, Kind
from guidance.rulebook.words import OUTCOME_WORDS

KIND_WORDS: Mapping[Kind, str] = {
    Kind.OUTCOME: "Another outcome",
    Kind.RULE: "The same outcome by another rule",
    Kind.PATH: "The same outcome and rule, but other questions are asked",
    Kind.SAME: "The same",
    Kind.CANNOT: "Cannot be compared",
}


def finding_words(finding: Finding) -> str:
    """One line on one decision: what it was, and what it would be."""
    if finding.before is None or finding.after is None:
        return finding.why
    before, after = finding.before, finding.after
    match finding.kind:
        case Kind.OUTCOME:
            was, is_now = OUTCOME_WORDS[before.outcome], OUTCOME_WORDS[after.outcome]
            return f"{was} becomes {is_now.lower()}"
        case Kind.RULE:
            rules = [one.rule.id if one.rule else "no rule" for one in (before, after)]
            return f"{OUTCOME_WORDS[before.outcome]}, by {rules[1]} instead of {rules[0]}"
        case Kind.PATH:
            asked = _questions(before.path.asked, after.path.asked)
            return f"{OUTCOME_WORDS[before.outcome]}. {asked}"
        case _:
            return OUTCOME_WORDS[before.outcome]


def _questions(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    more = [name for name in after if name not in before]
    fewer = [name for name in before if name not in after]
    parts = [
        f"also asks {', '.join(more)}" if more else "",
        f"does not ask {', '.join(fewer)}" if fewer else "",
    ]
    return (" and ".join(filter(None, parts)) or "asks in another order").capitalize()
