"""For managers: safeguarding drafts whose advice has waited past the end of a working day."""

from dataclasses import dataclass
from datetime import datetime

from decisions.wizard.advice.brief import SAFEGUARDING
from decisions.wizard.advice.same_day import age, last_end
from decisions.wizard.closing.state import open_now
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from guidance import stored
from guidance.rulebook.schema import Outcome
from infoshare import clock
from infoshare.people import policy
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class Overdue:
    """A draft that waits, without any text about the case."""

    practitioner: str
    team: str
    case_reference: str
    since: datetime
    age: str


def overdue_advice(person: Person) -> list[Overdue]:
    """The drafts of the person's teams that wait too long for advice, the oldest first.

    Empty, and no statement, for anyone who is not a manager. One statement otherwise, but
    for editions that are not in memory yet.
    """
    now = clock.now()
    late = (
        Draft.objects.filter(policy.visible(person, policy.Action.SEE_OVERDUE_ADVICE))
        .filter(open_now(), parked_since__lt=last_end(now))
        .filter(answers__setting__answer__in=SAFEGUARDING)
        .select_related("owner", "team")
        .order_by("parked_since")
    )
    return [_overdue(draft, now) for draft in late if _waits_for_advice(draft)]


def _waits_for_advice(draft: Draft) -> bool:
    """Not for consent; and `setting` counts only while it is on the path."""
    conclusion = Journey(stored.edition(draft.edition_id), draft.answers).conclusion
    return conclusion.outcome is Outcome.SEEK_ADVICE and "setting" in conclusion.path.answers


def _overdue(draft: Draft, now: datetime) -> Overdue:
    since = draft.parked_since or draft.saved_at
    return Overdue(draft.owner.name, draft.team.name, str(draft), since, age(since, now))
