"""How reviews stand: of a record, of a manager's teams, of a practitioner, of a lead."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Max, Q, QuerySet, Value

from decisions.records.models import Event, Record
from decisions.register.models import Entry
from decisions.review.models import Review, ReviewCall
from decisions.review.needs import Authorisation
from decisions.review.results import (
    ENDS,
    OPEN,
    SUPPORTS,
    Result,
    Said,
    Standing,
    State,
    stands,
)
from infoshare.people import policy
from infoshare.people.policy import Person

REVIEWED = "reviewed"
ANSWERED = "question-answered"
READ_ONLY = (Event.VIEWED, Event.EXPORTED, Event.DOCUMENT)
"""Events that add nothing to a record."""


@dataclass
class Reviewed:
    """All that concerns the review of one record, as it stands when it is made."""

    calls: list[ReviewCall]
    reviews: list[Review]
    seen: int  # the last event that a page made now is made from
    newest: int  # the last event that is no review
    also: tuple[Said, ...] = ()  # what is being said just now

    @cached_property
    def standing(self) -> Standing:
        """How the record stands."""
        said = [Said(Result(one.result), one.seen_id, one.call_id) for one in self.reviews]
        return stands([one.pk for one in self.calls], [*said, *self.also], self.newest)

    def with_said(self, result: Result) -> "Reviewed":
        """How it will stand once this has been said about the call that is open."""
        said = Said(result, self.seen, self.standing.open_call)
        return replace(self, also=(*self.also, said))

    @property
    def open_call(self) -> ReviewCall | None:
        """What the record is to be reviewed for; None when nothing called for it."""
        return next((one for one in self.calls if one.pk == self.standing.open_call), None)

    @property
    def end(self) -> Review | None:
        """The last review that was concluded."""
        return next((one for one in reversed(self.reviews) if one.result in ENDS), None)

    @property
    def last(self) -> Review | None:
        """The last thing that was said, but for comments."""
        others = (one for one in reversed(self.reviews) if one.result != Result.COMMENT)
        return next(others, None)

    @property
    def waits_for_agreement(self) -> bool:
        """Whether a manager must agree before this is shared, and has not."""
        is_needed = any(one.authorisation == Authorisation.NEEDED for one in self.calls)
        return is_needed and not any(one.result in SUPPORTS for one in self.reviews)


def reviewed(record: Record) -> Reviewed:
    """How the review of this record stands; three SQL statements."""
    events = record.events.exclude(kind__in=READ_ONLY)
    no_review = ~Q(kind__in=[REVIEWED, ANSWERED])
    numbers = events.aggregate(seen=Max("id"), newest=Max("id", filter=no_review))
    return Reviewed(
        calls=list(record.review_calls.order_by("id")),
        reviews=list(reviews_of(record)),
        seen=numbers["seen"] or 0,
        newest=numbers["newest"] or 0,
    )


def reviews_of(record: Record) -> QuerySet[Review]:
    """Everything said in reviews of the record, oldest first."""
    return record.reviews.select_related("event", "by", "call").order_by("event_id")


def reviews_due(person: Person) -> QuerySet[Entry]:
    """Records that wait for this person's review, the first due in front; never their own.

    Those with a question to the practitioner or the lead are among them, by `review_state`.
    """
    return (
        _open()
        .filter(policy.visible(person, policy.Action.REVIEW_RECORD))
        .exclude(owner=person.pk)
        .order_by("review_due", "sealed_at", "record_id")
    )


def questions_for(person: Person) -> QuerySet[Entry]:
    """The person's own records about which a reviewer asked something, the oldest in front."""
    within_reach = policy.visible(person, policy.Action.ANSWER_REVIEW)
    return _open().filter(within_reach, review_state=State.ASKED).order_by("sealed_at")


def escalated_to(person: Person) -> QuerySet[Entry]:
    """Records on which a manager asked this lead for advice, the first due in front."""
    return (
        _open()
        .filter(
            policy.visible(person, policy.Action.ADVISE_ON_REVIEW), review_state=State.ESCALATED
        )
        .exclude(owner=person.pk)
        .order_by("review_due", "sealed_at", "record_id")
    )


def waiting(person: Person) -> QuerySet[Entry, tuple[int]] | None:
    """One row for each record that waits for this person's review or advice; None for others."""
    may_review = policy.can(person, policy.Action.REVIEW_RECORD)
    if not may_review and not policy.can(person, policy.Action.ADVISE_ON_REVIEW):
        return None
    review = policy.visible(person, policy.Action.REVIEW_RECORD)
    advise = policy.visible(person, policy.Action.ADVISE_ON_REVIEW)
    theirs = (review & Q(review_state=State.WAITING)) | (advise & Q(review_state=State.ESCALATED))
    rows = _open().filter(theirs).exclude(owner=person.pk).order_by()
    return rows.annotate(n=Value(1)).values_list("n")


def _open() -> QuerySet[Entry]:
    # In the words of the partial index `entry_review_due`, or it would not be used.
    waiting = Q(review_due__isnull=False, reviewed_at__isnull=True)
    return Entry.objects.filter(waiting, review_state__in=sorted(OPEN))
