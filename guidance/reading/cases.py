"""Whether a case says of each edition what the edition itself says."""

from collections.abc import Iterator, Mapping

from guidance.reading.schema import Case, Reading
from guidance.rulebook.outcome import conclude
from guidance.rulebook.path import UnknownAnswerError
from guidance.rulebook.schema import Edition


def misread(case: Case, editions: Mapping[str, Edition]) -> Iterator[tuple[str, str]]:
    """The key and the fault of every reading that its edition does not bear out."""
    for place, reading in enumerate(case.readings, start=1):
        key = f"reading[{place}]"
        if reading.edition not in editions:
            yield f"{key}.edition", f"no edition is called {reading.edition!r}"
            continue
        if problem := _problem(reading, editions[reading.edition]):
            yield f"{key}.answers", problem


def _problem(reading: Reading, edition: Edition) -> str:
    try:
        found = conclude(edition, reading.answers)
    except UnknownAnswerError as error:
        return str(error)
    if spare := reading.answers.keys() - found.path.answers.keys():
        return f"{edition.id} never asks {', '.join(sorted(spare))} after these answers"
    rule = found.rule.id if found.rule else f"nothing yet: {found.path.next} has no answer"
    if (found.outcome.value, rule) != (reading.outcome, reading.rule):
        said = f"{reading.outcome} by {reading.rule}"
        return f"lead in {edition.id} to {found.outcome.value} by {rule}, not to {said}"
    return ""
