"""What an entry of the register says, besides its dates and its people: one table. Pure.

The form, the page of a protocol and the list of what changed are all made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS: Mapping[str, str] = {
    "isp": "Information sharing protocol (regular, both ways)",
    "dsa": "Data sharing agreement",
    "dda": "Data disclosure agreement (one way)",
    "jca": "Joint controller agreement",
    "mou": "Memorandum of understanding",
}
AGREEING, IN_FORCE, ENDED = "agreeing", "in-force", "ended"
STATUSES: Mapping[str, str] = {
    AGREEING: "Being agreed",
    IN_FORCE: "In force",
    ENDED: "Ended",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a protocol lays down, in words."""

    id: str
    label: str
    hint: str = ""
    long: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under one heading, by name."""

    heading: str
    fields: tuple[str, ...]


TERMS: Mapping[str, Term] = {
    one.id: one
    for one in (
        Term("signatories", "Who signed it", "Role, organisation and day, one on each line."),
        Term("powers", "Legal powers it rests on", "The Acts and sections, for each party."),
        Term("article_6", "Lawful basis (UK GDPR Article 6)", long=False),
        Term("article_9", "Condition for sensitive data (Article 9)", long=False),
        Term("article_10", "Condition for criminal offence data (Article 10)", long=False),
        Term(
            "dpia",
            "Data protection impact assessment",
            "Its reference, or where it is kept.",
            long=False,
        ),
        Term("categories", "What kinds of information", "For example attendance, or addresses."),
        Term("subjects", "About whom", "For example children with a plan, and their carers."),
        Term("recipients", "Who gets it, by role"),
        Term("method", "How it is shared", "For example a secure portal, or at a meeting."),
        Term("frequency", "How often", long=False),
        Term("onward", "Limits on passing it on"),
        Term("security", "How it is kept safe"),
        Term("retention", "How long it is kept, and how it is destroyed"),
        Term("breach", "Whom to tell when something goes wrong", "By role, for each party."),
        Term("rights", "Requests and complaints from the people it is about"),
    )
}

GROUPS: tuple[Group, ...] = (
    Group("What it is", ("title", "reference", "kind", "status", "supersedes")),
    Group("Between whom", ("parties", "signatories", "owner")),
    Group("What for", ("purposes", "about", "powers")),
    Group("On what footing", ("article_6", "article_9", "article_10", "dpia")),
    Group("Which information", ("categories", "subjects", "recipients")),
    Group("How it is shared", ("method", "frequency", "onward")),
    Group("How it is looked after", ("security", "retention", "breach", "rights")),
    Group("Its dates", ("starts_on", "review_on", "expires_on", "may_publish")),
)
