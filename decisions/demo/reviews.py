"""The demo's reviews, read strictly from `reviews.toml`, said by the real writers."""

import uuid
from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from decisions.demo.cases import Saying, When
from decisions.demo.people import DemoCast, cast
from decisions.records.models import Record
from decisions.review.results import Result
from decisions.review.standing import reviewed
from decisions.review.writers import advise, answer_question, review
from guidance.rulebook.tables import Table, read_table
from infoshare.people.models import User

FILE = Path(__file__).resolve().parent / "reviews.toml"


@cache
def shipped() -> tuple[Saying, ...]:
    """What was said, in the order of the file; raises `EditionError` naming file and key."""
    return read(FILE.name, FILE.read_bytes(), cast())


def read(file: str, content: bytes, people: DemoCast) -> tuple[Saying, ...]:
    """What a file's bytes say; raises `EditionError` that names the file and key."""
    table = read_table(file, content)
    found = tuple(_saying(one, people) for one in table.tables("said"))
    table.close()
    return found


def say(one: Saying, record: Record, users: Mapping[str, User]) -> None:
    """Say it as its reviewer, practitioner or lead would, about the record as it is then."""
    result = Result(one.result)
    given: dict[str, Any] = {
        "record": record,
        "person": users[one.by],
        "page": uuid.uuid4(),
        "words": one.words,
    }
    if result is Result.ANSWERED:
        answer_question(**given)
    elif result is Result.ADVISED:
        advise(**given)
    else:
        seen = reviewed(record).seen
        review(**given, result=result, seen=seen, question=one.question)


def _saying(table: Table, people: DemoCast) -> Saying:
    at = table.text("at")
    saying = Saying(
        case=table.text("case"),
        by=table.word("by", people.people),
        result=table.word("result", list(Result)),
        question=table.text("question") if table.has("question") else "",
        words=table.text("words", empty=True),
        when=When(table.number("day"), time.fromisoformat(at)),
    )
    table.close()
    return saying
