"""Sealed records written by hand, in the canonical form of a snapshot."""

import copy
import hashlib
from typing import Any

from decisions import snapshot

Content = dict[str, Any]

EDITION = {
    "id": "england-2026",
    "title": "Sharing information in England, 2026",
    "digest": hashlib.sha256(b"an edition").hexdigest(),
    "status": "current",
    "notice": "Current edition. Checked on 2 March 2026.",
    "legal_review": "Not yet reviewed by a lawyer.",
}
PEOPLE = {
    "practitioner": {"id": "b7a1f5f0-7c56-4c3c-9a3a-0d6a6c1c7f11", "name": "Priya Sandhu"},
    "team": {"id": "0f5b1f2e-3a9a-4a0e-8f43-2f6f1f1f7a22", "name": "Early Help"},
    "organisation": {
        "id": "6d0c7a53-51f5-4b58-8f6a-6d9f1b0a9c33",
        "name": "Northmoor Council",
        "sector": "social-care",
    },
    "started_at": "2026-03-04T14:58:11.000000Z",
    "sealed_at": "2026-03-04T15:42:07.250000Z",
}
ADVICE = "This is guidance to help you decide. It is not legal advice."
NOTHING_SHARED = {"what": "", "recipient": "", "method": "", "told": "", "told_reason": ""}


def question(gate: str, title: str, answer: tuple[str, str, str], **more: Any) -> Content:
    """The content of one question's section: `answer` is id, label and the edition's reason."""
    chosen, answer_label, edition_reason = answer
    return {
        "question": gate,
        "number": None,
        "title": title,
        "answer": chosen,
        "answer_label": answer_label,
        "edition_reason": edition_reason,
        "reason": "",
        "changed": [],
        **more,
    }


URGENT_NO = question(
    "urgent",
    "Is someone at risk of serious harm right now?",
    ("no", "No", "Nobody was thought to be in immediate danger."),
)
TYPICAL_QUESTIONS = [
    URGENT_NO,
    question(
        "setting",
        "What kind of work is this?",
        ("early-help", "Early help or family support", "The work is early help with a family."),
    ),
    question(
        "duty",
        "Does the law require you to share, or forbid it?",
        ("no", "No", "No law was found that requires or forbids this sharing."),
        reason="I asked our information governance team on 3 March. No order is in force.",
    ),
    question(
        "purpose",
        "Is there a clear and legitimate purpose for sharing?",
        ("yes", "Yes", "There is a clear and legitimate purpose."),
        number=1,
        reason=(
            "School has seen the child arrive hungry on most days since January and he has lost "
            "weight. The health visitor needs to know so that the family gets food support and "
            "the younger sister is weighed.\n\nWithout it nobody outside school sees the pattern."
        ),
    ),
    question(
        "identifiable",
        "Does the information let someone identify a living person?",
        ("living", "Yes, a living person", "The information identifies a living person."),
        number=2,
    ),
    question(
        "confidential",
        "Is the information confidential?",
        ("yes", "Yes", "The information was given in confidence."),
        number=3,
        reason="His mother told me about her illness in confidence, at home.",
    ),
    question(
        "consent",
        "Has the person agreed?",
        ("refused", "They said no", "Consent was asked for and refused."),
        number=4,
        reason=(
            "I explained on 2 March what I wanted to share, with whom and why. She said no: she "
            "is afraid that “they will take him away”. I told her that I might still share, and "
            "why, and wrote down what she said."
        ),
    ),
    question(
        "public-interest",
        "Is there enough reason to share without consent?",
        ("limited", "Yes, but only part of it", "There is enough reason to share a part of it."),
        number=5,
        reason=(
            "The child’s weight and the missed meals can be shared without saying anything about "
            "the mother’s illness. That part is enough to get help, and it is what the health "
            "visitor can act on. Sharing the diagnosis would break her trust and adds nothing."
        ),
    ),
    question(
        "lawful-basis",
        "Which lawful basis do you rely on?",
        ("public-task", "Public task", "The lawful basis is public task."),
        reason="Early help is part of the council’s task of promoting the welfare of children.",
    ),
]
TYPICAL_OUTCOME = {
    "outcome": "share-in-part",
    "rule": "public-interest-limited",
    "title": "You can share part of it",
    "text": (
        "There is enough reason to share some of this information without consent. Share only "
        "what the purpose needs, and leave the rest out."
    ),
    "next_steps": [
        "Write down which part you share and which you leave out.",
        "Tell the person what you have shared, unless that would put someone at risk.",
        "Check the name and address before you send anything.",
    ],
    "not_legal_advice": ADVICE,
}


def contents(
    questions: list[Content],
    outcome: Content,
    decision: Content,
    sharing: Content,
    **context: Any,
) -> Content:
    """The contents of a record's sections by name."""
    reasons = [
        {"question": q["question"], "answer": q["answer"], "text": q["edition_reason"]}
        for q in questions
    ]
    return {
        "context": {
            "record": "2b0f9a4e-6a55-4f5b-b7b0-6d1c8c6d3e44",
            "reference": "K7MX-3RQ2-9WTC",
            "case_reference": "EH/2026/0117",
            "edition": dict(EDITION),
            "agreement": "no",
            "path": [q["question"] for q in questions],
            "follows": None,
            **context,
        },
        **{f"question:{q['question']}": q for q in questions},
        "outcome": {"reasons": reasons, **outcome},
        "decision": decision,
        "sharing": sharing,
        "people": copy.deepcopy(PEOPLE),
    }


def seal(sections: Content) -> bytes:
    """The canonical bytes of a record with these contents (salts are fixed, not random)."""
    salts = {name: hashlib.sha256(name.encode()).digest() for name in sections}
    return snapshot.write(sections, salts).body


def typical() -> Content:
    """A refusal overridden in part: nine questions, reasons of a sentence or a paragraph."""
    return contents(
        copy.deepcopy(TYPICAL_QUESTIONS),
        copy.deepcopy(TYPICAL_OUTCOME),
        {
            "decision": "share-in-part",
            "label": "Share part of it",
            "departure": False,
            "reason": "Food and weight can be shared without the mother’s illness.",
        },
        {
            "what": "That he arrives hungry on most days since January, and his weight at school.",
            "recipient": "Grace Okafor, health visitor, Northmoor Community Health",
            "method": "Secure email to her named address, after a phone call to confirm it.",
            "told": "yes-now",
            "told_reason": "I told his mother on the phone before I sent it.",
        },
    )


def urgent() -> Content:
    """The shortest record: one question, nothing else asked."""
    asked = question(
        "urgent",
        "Is someone at risk of serious harm right now?",
        ("yes", "Yes", "Someone was at risk of serious harm."),
    )
    outcome = {
        "outcome": "share",
        "rule": "urgent",
        "title": "Share now what protects",
        "text": "Share what is needed to protect, only with those who can protect.",
        "next_steps": ["Call 999 if you have not."],
        "not_legal_advice": ADVICE,
    }
    decision = {"decision": "share", "label": "Share", "departure": False, "reason": ""}
    return contents([asked], outcome, decision, dict(NOTHING_SHARED), case_reference="")


def departure() -> Content:
    """Advice was suggested, and the practitioner decided not to share."""
    asked = [
        *copy.deepcopy(TYPICAL_QUESTIONS[:3]),
        question(
            "purpose",
            "Is there a clear and legitimate purpose for sharing?",
            ("not-sure", "Not sure", "It was not clear whether there is a purpose."),
            number=1,
        ),
    ]
    outcome = {
        "outcome": "seek-advice",
        "rule": "advice-purpose",
        "title": "Ask for advice first",
        "text": "You were not sure about the purpose. Ask before you decide.",
        "next_steps": ["Ask your information governance lead, without naming the person."],
        "not_legal_advice": ADVICE,
    }
    decision = {
        "decision": "do-not-share",
        "label": "Do not share",
        "departure": True,
        "reason": "The person who asked has withdrawn the request, so nobody needs it now.",
    }
    return contents(asked, outcome, decision, dict(NOTHING_SHARED))


FREE_TEXT = [
    ("context", "case_reference"),
    *((f"question:{q['question']}", "reason") for q in TYPICAL_QUESTIONS),
    ("decision", "reason"),
    *(("sharing", field) for field in NOTHING_SHARED),
]


def typical_with(text: str, fields: list[tuple[str, str]] = FREE_TEXT) -> bytes:
    """The typical record with `text` in these free-text fields, sealed."""
    sections = typical()
    for section, field in fields:
        sections[section][field] = text
    return seal(sections)
