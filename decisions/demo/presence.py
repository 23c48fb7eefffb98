"""What of the demo is in the database already.

A case is known again by the first revision of its draft: revisions are never changed, so it
still counts when somebody who tries the demo gives the draft another reference.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from decisions.demo.cases import Case, State
from decisions.demo.people import cast
from decisions.demo.timeline import Happening
from decisions.records.models import Event, Record
from decisions.review.models import Review
from decisions.wizard.answers import ABOUT
from decisions.wizard.models import Draft, Revision


@dataclass(frozen=True, slots=True)
class Presence:
    """The demo's drafts, records and readings that were found, by case reference."""

    drafts: dict[str, uuid.UUID]
    records: dict[str, Record]
    readings: set[tuple[str, str, str]]  # case reference, kind of event, e-mail address
    said: set[tuple[str, str, str]]  # case reference, result of a review, e-mail address

    def holds(self, happening: Happening) -> bool:
        """Whether this has been written already."""
        case, reading, saying = happening.case, happening.reading, happening.saying
        if saying is not None:
            return (case.id, saying.result, cast().people[saying.by].email) in self.said
        if reading is not None:
            email = cast().people[reading.by].email
            return (case.id, reading.looked.value, email) in self.readings
        return case.id in (self.records if case.state is State.SEALED else self.drafts)


def find(cases: Iterable[Case]) -> Presence:
    """What there is of these cases: five SQL statements."""
    drafts = _drafts([case.id for case in cases])
    drafts |= _follow_ups(drafts)
    case_of = {draft: case for case, draft in drafts.items()}
    records = Record.objects.select_related("snapshot").filter(draft__in=case_of)
    events = Event.objects.filter(record__draft__in=case_of)
    reviews = Review.objects.filter(record__draft__in=case_of)
    return Presence(
        drafts=drafts,
        records={case_of[record.draft_id]: record for record in records},
        readings={
            (case_of[draft], kind, email)
            for draft, kind, email in events.values_list("record__draft", "kind", "actor__email")
        },
        said={
            (case_of[draft], result, email)
            for draft, result, email in reviews.values_list("record__draft", "result", "by__email")
        },
    )


def _drafts(references: list[str]) -> dict[str, uuid.UUID]:
    first = Revision.objects.filter(
        draft__acted_on__isnull=True,
        number=1,
        step=ABOUT,
        content__case_reference__in=references,
        saved_by__email__in=[person.email for person in cast().people.values()],
    )
    return dict(first.values_list("content__case_reference", "draft"))


def _follow_ups(drafts: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    case_of = {draft: case for case, draft in drafts.items()}
    found = Draft.objects.filter(acted_on__draft__in=case_of)
    return {
        f"{case_of[urgent]} follow-up": draft
        for urgent, draft in found.values_list("acted_on__draft", "pk")
    }
