"""The parts of the library, in the order in which they are shown."""

from guidance.reading.schema import Section

CASES = "cases"
GLOSSARY = "glossary"

SECTIONS = (
    Section(
        "pocket-guide",
        "Pocket guide",
        "All of it on two sides, to read before a visit or a meeting.",
    ),
    Section(
        "questions-and-answers",
        "Questions and answers",
        "The fourteen questions of October 2008, and what has changed since.",
    ),
    Section(
        "golden-rules",
        "Golden rules",
        "The seven rules of 2008, 2015, 2018 and 2024, side by side.",
    ),
    Section(
        CASES,
        "Cases",
        "Invented cases, each worked through under every edition.",
    ),
    Section(
        "law",
        "Law",
        "Human rights, confidentiality, data protection, and Acts that let or make you share.",
        hardest=11.0,
    ),
    Section(
        "protocols",
        "Protocols",
        "What an agreement between bodies is for, and why one decision never needs it.",
    ),
    Section(
        "supporting-staff",
        "Supporting staff",
        "What an organisation owes the people who decide.",
    ),
    Section(
        GLOSSARY,
        "Glossary",
        "What the words mean here.",
    ),
)
BY_ID = {one.id: one for one in SECTIONS}
