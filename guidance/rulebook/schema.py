"""The shape of an edition: frozen values that the loader makes and everything else reads.

Terms: a **question** with fixed options is a **gate**; a **step** (what the case is about, and
questions 6 and 7 of the seven) guides a page of the wizard but decides nothing. See
docs/how-to-change-a-question.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidance.rulebook.conditions import Condition
    from guidance.rulebook.crosswalk import Crosswalk


SECTORS = ("health", "education", "social-care", "police", "housing", "charity", "other")


class Outcome(StrEnum):
    """What the rulebook suggests. The first three are also the decisions a person can take."""

    SHARE = "share"
    SHARE_IN_PART = "share-in-part"
    DO_NOT_SHARE = "do-not-share"
    SEEK_ADVICE = "seek-advice"
    ASK_CONSENT = "ask-consent"
    INCOMPLETE = "incomplete"


DECISIONS = (Outcome.SHARE, Outcome.SHARE_IN_PART, Outcome.DO_NOT_SHARE)


@dataclass(frozen=True, slots=True)
class Force:
    """Whether a law was seen to be in force, and what is left to check where it was not."""

    standing: str  # "seen", "reported", "not-seen" or "not-yet"
    looked: date  # when somebody of ours last looked
    found: str  # what they found; "" only where it was seen
    check: str  # what to check for your own organisation; "" only where it was seen


@dataclass(frozen=True, slots=True)
class Citation:
    """A source, and how sure we are of it."""

    id: str
    title: str
    address: str  # where a reader finds it; "" when only a paper or secondary copy is known
    published: str  # as the source dates itself, for example "October 2008"
    checked: date  # when somebody of ours last looked
    confidence: str  # "read", "excerpt", "reported" or "unverified"
    note: str = ""
    force: Force | None = None  # of a law; None for what is not one


@dataclass(frozen=True, slots=True)
class GoldenRule:
    """One of an edition's seven golden rules."""

    number: int
    title: str
    text: str
    sources: tuple[str, ...]
    speaks: tuple[str, ...] = ()  # the answers that speak to it (`guidance.rulebook.speaking`)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values of a detail."""

    id: str
    label: str
    hint: str
    leads_to: str = ""  # an earlier question that this value belongs to


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact behind an answer. Offered; asked for only where an answer makes it necessary."""

    id: str
    label: str
    hint: str
    kind: str  # "line", "text", "choice", "date", or "past-date": not after today
    choices: tuple[Choice, ...]  # of a "choice"
    show_when: tuple[str, ...]  # values of the field it goes with; empty: whatever that says
    required_when: tuple[str, ...]
    of: str = "answer"  # the field it goes with; of a step: any of the step's fields

    def is_shown(self, value: str) -> bool:
        """Whether the detail belongs to this value of the field it goes with."""
        return not self.show_when or value in self.show_when


@dataclass(frozen=True, slots=True)
class Instead:
    """Other words for a step's own field while a condition holds."""

    when: "Condition"
    label: str
    hint: str
    needed: str  # what to say when the field is left empty; "" while it may be


@dataclass(frozen=True, slots=True)
class Words:
    """What a step's own field is called, and what helps to fill it in."""

    id: str
    label: str
    hint: str
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands beside a question or step: the edition's words for the side panel."""

    title: str
    hint: str
    help: tuple[str, ...]  # paragraphs
    consider: tuple[str, ...]
    why: str
    golden_rules: tuple[int, ...]
    sources: tuple[str, ...]
    number: int | None = None  # which of the seven key questions this is
    added: str = ""  # why this is our addition to the published method; "" when it is not
    words: tuple[Words, ...] = ()  # of a step's own fields
    details: tuple[Detail, ...] = ()  # of a step; those of a gate belong to its `Question`


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can choose."""

    id: str
    label: str
    hint: str
    reason: str  # the sentence a record gives when this answer was chosen
    sectors: tuple[str, ...] = ()  # whom it is offered first; empty: everybody
    offered_when: "Condition | None" = None  # else it is not offered; it is never refused


@dataclass(frozen=True, slots=True)
class Question:
    """A gate: a question with fixed options, asked when its condition holds."""

    id: str
    guide: Guide
    options: tuple[Option, ...]
    ask_when: "Condition | None"
    reason_required_for: tuple[str, ...] = ()  # answers that need the person's reasons
    details: tuple[Detail, ...] = ()

    def option(self, option_id: str) -> Option:
        """The option with this id; raises `KeyError` when there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to send or tell information, and what makes it safe."""

    id: str
    label: str
    safe: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemField:
    """One thing to say of each item that is shared."""

    id: str
    label: str
    hint: str
    choices: tuple[Choice, ...]  # only where one of a few is chosen


@dataclass(frozen=True, slots=True)
class ItemList:
    """The words of the page on which items to share are listed one by one."""

    guide: Guide
    fields: Mapping[str, ItemField]  # by id, in the order of the file


@dataclass(frozen=True, slots=True)
class Rule:
    """An outcome and when it follows. The first rule that matches wins."""

    id: str
    when: "Condition"
    outcome: Outcome
    title: str  # what the person reads first, for example "You can share"
    text: str
    next_steps: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A context answer (such as `agreement`) that no condition may mention."""

    id: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated version of the guidance, with the exact files it was read from."""

    id: str
    title: str
    status: str  # "current" or "withdrawn"
    notice: str  # what must be said wherever the edition is named
    legal_review: str
    jurisdiction: str
    published: str
    checked: date
    questions: tuple[Question, ...]
    steps: Mapping[str, Guide]  # "about", "right-way" (question 6) and "record" (question 7)
    rules: tuple[Rule, ...]
    golden_rules: tuple[GoldenRule, ...]
    citations: Mapping[str, Citation]
    context: tuple[Context, ...]
    digest: str  # 64 hexadecimal digits
    files: Mapping[str, bytes] = field(repr=False)
    items: ItemList | None = None  # None in editions stored before items could be listed
    methods: tuple[Method, ...] = ()
    crosswalks: "Mapping[str, Crosswalk]" = field(default_factory=dict)  # by the other's id

    def __hash__(self) -> int:
        """The digest stands for all the rest, so that what is worked out can be kept."""
        return hash(self.digest)

    def question(self, question_id: str) -> Question:
        """The gate with this id; raises `KeyError` when there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; raises `KeyError` when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@dataclass(frozen=True, slots=True)
class Path:
    """The gates a set of answers leads through, in order."""

    asked: tuple[str, ...]  # the first unanswered one included
    answers: Mapping[str, str]  # on the path only
    next: str | None  # the first unanswered gate; None when the path is complete


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome followed: one answered question."""

    question: str
    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A path with the outcome it reaches."""

    path: Path
    outcome: Outcome
    rule: Rule | None  # None while the path is incomplete
    reasons: tuple[Reason, ...]


class EditionError(Exception):
    """An edition's files cannot be used: names the file, the key and what is wrong."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        self.file, self.key, self.problem = file, key, problem
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
