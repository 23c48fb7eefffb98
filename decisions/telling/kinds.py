"""What people are told: one closed table. Nothing here can hold a word of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from infoshare.people.policy import Action


class Kind(StrEnum):
    """Everything that a message can be about."""

    URGENT_SEALED = "urgent-sealed"
    FOLLOW_UP_DUE = "follow-up-due"
    FOLLOW_UP_LATE = "follow-up-late"
    TEAM_FOLLOW_UP_LATE = "team-follow-up-late"
    ADVICE_LATE = "advice-late"
    TEAM_ADVICE_LATE = "team-advice-late"
    HANDED_TO_YOU = "handed-to-you"
    HANDED_ON = "handed-on"
    DOUBT_SETTLED = "doubt-settled"
    REVIEW_DUE = "review-due"
    REVIEW_ASKED = "review-asked"
    REVIEW_ANSWERED = "review-answered"
    REVIEW_ADVISED = "review-advised"
    REVIEW_DONE = "review-done"
    REVIEW_ESCALATED = "review-escalated"
    PROTOCOL_DUE = "protocol-due"
    EXPORT_READY = "export-ready"


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind is said, who may see it, and where it leads.

    `action` is what a person must be allowed to do to the thing, now, to see that they were told;
    `leads_to` is the name of a page that takes the thing's id as `argument`, if any.
    """

    sentence: str
    switch: str  # what the settings page calls it
    action: Action
    leads_to: str
    argument: str = ""
    is_critical: bool = False
    thing: str = "record"  # what a reference is of


RECORD = ("decisions:record", "record_id")
REVIEW = ("decisions:review", "record_id")
DRAFT = ("decisions:resume", "draft_id")
OWN = Action.LIST_OWN_DECISIONS

WORDS: Mapping[Kind, Words] = {
    Kind.URGENT_SEALED: Words(
        "An urgent decision was sealed. Its practitioner acted first",
        "Urgent decisions in your teams",
        Action.SEE_OVERDUE_FOLLOW_UPS,
        *RECORD,
        is_critical=True,
    ),
    Kind.FOLLOW_UP_DUE: Words(
        "You acted first: the seven questions are due today", "Your follow-ups", OWN, *RECORD
    ),
    Kind.FOLLOW_UP_LATE: Words(
        "You acted first: the seven questions are overdue",
        "Your overdue follow-ups",
        OWN,
        *RECORD,
        is_critical=True,
    ),
    Kind.TEAM_FOLLOW_UP_LATE: Words(
        "The seven questions after an urgent decision are overdue",
        "Overdue follow-ups in your teams",
        Action.SEE_OVERDUE_FOLLOW_UPS,
        *RECORD,
        is_critical=True,
    ),
    Kind.ADVICE_LATE: Words(
        "A draft of yours has waited too long for advice",
        "Your drafts that wait too long for advice",
        Action.WORK_ON_DRAFT,
        *DRAFT,
    ),
    Kind.TEAM_ADVICE_LATE: Words(
        "A draft in your team has waited too long for advice",
        "Drafts in your teams that wait too long for advice",
        Action.SEE_OVERDUE_ADVICE,
        "decisions:needs-you",
        is_critical=True,
    ),
    Kind.HANDED_TO_YOU: Words(
        "A draft was handed over to you",
        "Drafts handed over to you",
        Action.WORK_ON_DRAFT,
        *DRAFT,
        is_critical=True,
    ),
    Kind.HANDED_ON: Words(
        "A draft of yours was handed over to a colleague",
        "Drafts handed over from you",
        Action.WORK_ON_DRAFT,
        "home",
    ),
    Kind.DOUBT_SETTLED: Words(
        "The information governance lead settled a question that you were not sure about",
        "Questions settled by the lead",
        OWN,
        *RECORD,
    ),
    Kind.REVIEW_DUE: Words(
        "The review of a record is due",
        "Reviews that are due",
        Action.REVIEW_RECORD,
        *REVIEW,
    ),
    Kind.REVIEW_ASKED: Words(
        "Your manager has a question about a record of yours",
        "Questions about your records",
        Action.ANSWER_REVIEW,
        "decisions:review-answer",
        "record_id",
        is_critical=True,
    ),
    Kind.REVIEW_ANSWERED: Words(
        "A practitioner answered your question about a record",
        "Answers to your questions",
        Action.REVIEW_RECORD,
        *REVIEW,
    ),
    Kind.REVIEW_ADVISED: Words(
        "The information governance lead gave advice on a review",
        "Advice on reviews",
        Action.REVIEW_RECORD,
        *REVIEW,
    ),
    Kind.REVIEW_DONE: Words("A record of yours was reviewed", "Reviews of yours", OWN, *RECORD),
    Kind.REVIEW_ESCALATED: Words(
        "The review of a record was passed on to you",
        "Reviews that are passed on to you",
        Action.ADVISE_ON_REVIEW,
        "decisions:review-advise",
        "record_id",
        is_critical=True,
    ),
    Kind.PROTOCOL_DUE: Words(
        "A protocol is due for review",
        "Protocols due for review",
        Action.READ_PROTOCOLS,
        "protocols:protocol",
        "protocol_id",
    ),
    Kind.EXPORT_READY: Words(
        "Your export is ready",
        "Exports that are ready",
        Action.EXPORT_RECORDS,
        "decisions:export",
        "export_id",
        thing="export",
    ),
}


def can_be_switched_off() -> list[Kind]:
    """The kinds that somebody may choose not to be told, in the order of the table."""
    return [kind for kind, words in WORDS.items() if not words.is_critical]
