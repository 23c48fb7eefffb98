"""Who is told of what was said in a review."""

import uuid

from decisions.records.models import Record
from decisions.review.results import ENDS, Result
from decisions.telling.kinds import Kind
from decisions.telling.people import leads
from decisions.telling.thing import record_thing
from decisions.telling.writers import Notice, tell_all
from infoshare.people.models import User


def tell_of_review(*, record: Record, result: Result, once: uuid.UUID, before: User | None) -> int:
    """Tell whoever is next, or was waiting; how many. `before` is who spoke last.

    Before the event, because the ledger is locked from there on.
    """
    to, kind = _whom(record, result, before)
    thing, occasion = record_thing(record), str(once)
    return tell_all(Notice(one, kind, thing, occasion) for one in to)


def _whom(record: Record, result: Result, before: User | None) -> tuple[list[uuid.UUID], Kind]:
    if result in ENDS:
        return [record.owner_id], Kind.REVIEW_DONE
    if result is Result.ASKED:
        return [record.owner_id], Kind.REVIEW_ASKED
    if result is Result.ESCALATED:
        found = leads([record.organisation_id])[record.organisation_id]
        return [one for one in found if one != record.owner_id], Kind.REVIEW_ESCALATED
    if before is None or result is Result.COMMENT:
        return [], Kind.REVIEW_DONE
    return [before.pk], (Kind.REVIEW_ANSWERED if result is Result.ANSWERED else Kind.REVIEW_ADVISED)
