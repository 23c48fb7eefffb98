"""What can happen to a record after it was sealed: one table. Pure.

A new kind is one more row: its sentence for the timeline and its fields stand in the row, so
that nothing can be kept that cannot be read again. A row is never changed in a way that
makes the details of old events unreadable; a field that is no longer asked stays, not `asked`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Option = tuple[str, str, str]
"""Value, label and hint of one answer, as in `infoshare.fields`."""


class Ask(StrEnum):
    """How a detail is asked for."""

    DATE = "date"
    LINE = "line"
    WORDS = "words"
    CHOICE = "choice"
    ONE_OF_RECORD = "one-of-record"  # a choice among what stands in the record's own events


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing an event says: asked by `label`, shown on the timeline as `shown`."""

    name: str
    ask: Ask
    label: str
    shown: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its sentence on the timeline, what it asks, and its page's words."""

    sentence: str
    offer: str  # the link that leads to its page
    title: str
    details: tuple[Detail, ...]
    advice: str = ""
    done: str = "Add to the record"


SHARED = "shared"
RECEIVED = "received"
NOT_SHARED = "not-shared"
MISDIRECTED = "misdirected"
WITHDRAWN = "consent-withdrawn"
TOLD = "recipient-told"
OBJECTION = "objection"
CORRECTION = "correction"
REOPENED = "reopened"
ANSWERED = "answered"

GIVES_REASONS, NEITHER = "reasons", "neither"
LETTERS: tuple[Option, ...] = (
    (GIVES_REASONS, "A letter that gives reasons", "You choose which. You can change the words."),
    (
        NEITHER,
        "A letter that neither confirms nor denies",
        "For when even “we hold something” would give too much away. Its words are fixed, and it "
        "names no person, team, case or reason.",
    ),
)
RECEIPT: tuple[Option, ...] = (
    ("yes", "Yes, they have confirmed it", ""),
    ("not-yet", "Not yet", "You can add it to the record when they do."),
)

KINDS: Mapping[str, Kind] = {
    SHARED: Kind(
        sentence="The information was shared.",
        offer="I have shared it",
        title="When and how was it shared?",
        details=(
            Detail("on", Ask.DATE, "When was it shared?", "Shared on"),
            Detail("recipient", Ask.LINE, "Who got it?", "Who got it", "Role and organisation."),
            Detail("method", Ask.LINE, "How was it sent or told?", "How"),
            Detail(
                "receipt",
                Ask.CHOICE,
                "Have they confirmed that it reached them?",
                "Receipt confirmed",
                options=RECEIPT,
            ),
        ),
    ),
    RECEIVED: Kind(
        sentence="The recipient confirmed that it reached them.",
        offer="They have confirmed that it reached them",
        title="When did they confirm it?",
        details=(
            Detail("on", Ask.DATE, "When did they confirm it?", "Confirmed on"),
            Detail("by", Ask.LINE, "Who confirmed it, and how?", "Confirmed by", "Role, not name."),
        ),
    ),
    NOT_SHARED: Kind(
        sentence="The information could not be shared.",
        offer="It could not be shared",
        title="Why could it not be shared?",
        details=(
            Detail("on", Ask.DATE, "When did you find out?", "Found out on"),
            Detail("why", Ask.WORDS, "Why could it not be shared?", "Why"),
        ),
    ),
    MISDIRECTED: Kind(
        sentence="Information went to the wrong place.",
        offer="Something went to the wrong place",
        title="What went to the wrong place?",
        advice="Tell your organisation at once, before you fill in this page. Some breaches must "
        "be reported within 72 hours.",
        details=(
            Detail("what", Ask.WORDS, "What went to the wrong place?", "What"),
            Detail("where", Ask.WORDS, "Where did it go?", "Where it went"),
            Detail("on", Ask.DATE, "When did it go?", "Went on"),
            Detail("noticed_on", Ask.DATE, "When was it noticed?", "Noticed on"),
            Detail(
                "done",
                Ask.WORDS,
                "What has been done so far?",
                "Done so far",
                "For example: asked them to delete it.",
                required=False,
            ),
        ),
    ),
    WITHDRAWN: Kind(
        sentence="Consent was withdrawn.",
        offer="Consent was withdrawn",
        title="Consent was withdrawn",
        advice="Stop sharing what rested on consent. What was shared before stays lawful, but "
        "those who have it must know.",
        details=(
            Detail("on", Ask.DATE, "When was it withdrawn?", "Withdrawn on"),
            Detail(
                "words",
                Ask.WORDS,
                "What did they say?",
                "What they said",
                "In their own words, if you can.",
            ),
            Detail(
                "tell",
                Ask.WORDS,
                "Who has the information and must be told?",
                "To be told",
                "One on each line: role and organisation. Leave it empty if nobody has it yet.",
                required=False,
            ),
        ),
    ),
    TOLD: Kind(
        sentence="A recipient was told that consent was withdrawn.",
        offer="I have told a recipient that consent was withdrawn",
        title="Who was told that consent was withdrawn?",
        details=(
            Detail("recipient", Ask.ONE_OF_RECORD, "Who was told?", "Who was told"),
            Detail("on", Ask.DATE, "When were they told?", "Told on"),
            Detail("reply", Ask.WORDS, "What did they say?", "What they said", required=False),
        ),
    ),
    OBJECTION: Kind(
        sentence="Somebody objected.",
        offer="Somebody objects",
        title="What is the objection?",
        advice="Pass an objection on to your data protection officer. There is a time limit for "
        "the answer.",
        details=(
            Detail("on", Ask.DATE, "When did they object?", "Objected on"),
            Detail("who", Ask.LINE, "Who objects?", "Who objects", "For example: the parent."),
            Detail("words", Ask.WORDS, "What do they object to, and why?", "The objection"),
            Detail(
                "answer",
                Ask.WORDS,
                "What have you done about it?",
                "Done about it",
                required=False,
            ),
        ),
    ),
    CORRECTION: Kind(
        sentence="Something in the record was put right.",
        offer="Something in the record is wrong",
        title="What is wrong in the record?",
        advice="The sealed record stays as it is. Your correction stands beside it for every "
        "reader. If the facts would change the decision, start a new one instead.",
        details=(
            Detail("wrong", Ask.WORDS, "What is wrong?", "What is wrong"),
            Detail("right", Ask.WORDS, "What is right?", "What is right"),
        ),
    ),
    REOPENED: Kind(
        sentence="A new decision was begun.",
        offer="There is something new: decide again",
        title="What is new?",
        advice="This begins a new decision about the same case. It takes over the case reference, "
        "but no answers: ask about consent afresh. This record stays as it is.",
        details=(Detail("news", Ask.WORDS, "What is new?", "What is new"),),
        done="Begin the new decision",
    ),
    ANSWERED: Kind(
        sentence="An answer to the requester was written.",
        offer="Write an answer to the requester",
        title="Answer the requester",
        details=(
            Detail("style", Ask.CHOICE, "Which kind of letter?", "Kind of letter", options=LETTERS),
            Detail("to", Ask.LINE, "Who asked?", "To", "Role and organisation."),
            Detail(
                "their_reference",
                Ask.LINE,
                "What is their own reference?",
                "Their reference",
                "Only what they gave you. Never your case reference.",
                required=False,
            ),
            Detail("text", Ask.WORDS, "The letter", "The letter"),
        ),
    ),
}
