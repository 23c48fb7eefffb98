"""Classes that a lead can begin with. They are suggestions to be checked, and say so.

None names an authority: that is what the lead has to find before the class can be saved.
"""

from typing import Any

from guidance.local.models import CountedFrom, Unit

CHECK = (
    "A suggestion to begin with, not advice. Check the length against your own retention "
    "schedule, and say below which law, code or policy it comes from."
)
SUGGESTIONS: dict[str, dict[str, Any]] = {
    "usual": {
        "name": "Decisions in the usual course of work",
        "length": 6,
        "unit": Unit.YEARS,
        "counted_from": CountedFrom.SEALED,
        "note": "Six years is the time in which most claims can be brought. "
        "Many schedules keep such decisions as long as the case file.",
    },
    "child": {
        "name": "Decisions about safeguarding a child",
        "length": 25,
        "unit": Unit.YEARS,
        "counted_from": CountedFrom.OTHER,
        "counted_words": "The child’s date of birth, as your case file has it",
        "note": "Schedules differ: some keep them to the 25th birthday, some for 35 or 75 years. "
        "InfoShare holds no date of birth, so somebody has to look it up.",
    },
    "adult": {
        "name": "Decisions about safeguarding an adult",
        "length": 10,
        "unit": Unit.YEARS,
        "counted_from": CountedFrom.LAST_ADDED,
        "note": "Schedules differ, from 6 to 20 years after the last contact. Some never begin "
        "to count while the person is in your care.",
    },
    "not-shared": {
        "name": "Requests that were refused",
        "length": 3,
        "unit": Unit.YEARS,
        "counted_from": CountedFrom.SEALED,
        "note": "Long enough to answer a complaint about the refusal.",
    },
}
