"""Which of the organisation's own procedures a record names. Pure.

Only a version is named, by number and date, in the section of what it stood beside. Its words
are kept by the organisation.
"""

from collections.abc import Mapping, Sequence
from typing import Any

NAME = "own_procedures"
CASE, SHARING, DECISION = "The case", "What is shared, and how", "The decision"

Named = Mapping[str, Any]


def named_at(procedures: Mapping[str, Sequence[Named]], step: str) -> dict[str, Any]:
    """What a step's section says of them; {} when none was in force."""
    found = [dict(one) for one in procedures.get(step, ())]
    return {NAME: found} if found else {}


def procedures_named(sections: Mapping[str, Any]) -> list[tuple[str, Named]]:
    """What was asked, and a version of the procedure for it, in the order of the record.

    Older records, and those of organisations without procedures, name none.
    """
    asked = [sections[f"question:{gate}"] for gate in sections["context"]["path"]]
    places = [
        (CASE, sections["context"]),
        *((one["title"], one) for one in asked),
        (SHARING, sections["sharing"]),
        (DECISION, sections["decision"]),
    ]
    return [(title, one) for title, place in places for one in place.get(NAME, ())]
