"""Records made of the shipped editions by the code that seals them, without a database."""

from datetime import UTC, datetime

from decisions.records.contents import Circumstances, sections
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from tests.decisions.documents import samples

AROUND = Circumstances(
    record_id="2b0f9a4e-6a55-4f5b-b7b0-6d1c8c6d3e44",
    reference="K7MX-3RQ2-9WTC",
    practitioner=("b7a1f5f0-7c56-4c3c-9a3a-0d6a6c1c7f11", "Priya Sandhu"),
    team=("0f5b1f2e-3a9a-4a0e-8f43-2f6f1f1f7a22", "Early Help"),
    organisation=("6d0c7a53-51f5-4b58-8f6a-6d9f1b0a9c33", "Northmoor Council", "social-care"),
    started_at=datetime(2026, 3, 4, 14, 58, 11, tzinfo=UTC),
    sealed_at=datetime(2026, 3, 4, 15, 42, 7, tzinfo=UTC),
)
URGENT = {"urgent": "yes"}
TYPICAL = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
    "consent": "refused",
    "public-interest": "limited",
    "lawful-basis": "public-task",
}
RIGHT_WAY = {
    "what": "That he arrives hungry on most days since January, and his weight at school.",
    "recipient": "Grace Okafor, health visitor, Northmoor Community Health",
    "method": "Secure email to her named address, after a phone call to confirm it.",
    "told": "yes-now",
    "told_reason": "",
}


def record(
    gates: dict[str, str],
    decision: str,
    *,
    edition: str = catalogue.DEFAULT,
    reasons: dict[str, str] | None = None,
) -> bytes:
    """The sealed bytes of these answers, with the reasons of the typical sample."""
    written = {q["question"]: q["reason"] for q in samples.TYPICAL_QUESTIONS} | (reasons or {})
    answers = {
        "about": {"case_reference": "EH/2026/0117", "agreement": "no"},
        **{g: {"answer": a, "reason": written.get(g, "")} for g, a in gates.items()},
        "right-way": RIGHT_WAY,
        "decide": {"decision": decision, "reason": "Food and weight can be shared alone."},
    }
    journey = Journey(catalogue.shipped()[edition], answers)
    return samples.seal(sections(journey, AROUND))
