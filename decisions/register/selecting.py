"""Which entries a view shows to a person, in its order: filters, places, a page, a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from decisions.register import search
from decisions.register.cursor import LATER, Place
from decisions.register.models import Entry
from decisions.register.searchable import of_organisation, of_team
from decisions.register.terms import (
    A_PAGE,
    COUNTED,
    NO_REVIEW,
    NOT_ASKED,
    OVERRIDDEN,
    UNTOLD,
    URGENT,
    Sort,
)
from decisions.register.view import View
from decisions.wizard.models import Draft
from guidance.models import StoredEdition
from infoshare import clock
from infoshare.people import policy
from infoshare.people.policy import Action, Person

PLAIN = ("decision", "outcome", "rule")
MARKED = {URGENT: "is_urgent", OVERRIDDEN: "consent_overridden", UNTOLD: "withdrawal_open"}
IN_ORDER: dict[str, tuple[str, bool]] = {
    Sort.NEWEST: ("sealed_at", True),
    Sort.OLDEST: ("sealed_at", False),
    Sort.REVIEW_DUE: ("due", False),
    Sort.REFERENCE: ("reference", False),
}
"""What each order goes by, and whether backwards."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of entries, and whether there is more on either side of it."""

    entries: Sequence[Entry]
    has_earlier: bool
    has_later: bool


def chosen(person: Person, view: View) -> QuerySet[Entry]:
    """The entries that the view narrows the person's decisions to, in no order."""
    rows = Entry.objects.filter(policy.visible(person, Action.LIST_TEAM_DECISIONS))
    return rows.filter(_facts(view), _days(view)).filter(_found(person, view)).defer("search")


def page(rows: QuerySet[Entry], sort: str, after: Place | None, before: Place | None) -> Rows:
    """The page that begins after a place, or ends before one; else the first."""
    backwards = before is not None
    place = before if backwards else after
    found = list(_from(rows, sort, place, backwards=backwards)[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    if backwards:
        return Rows(found[::-1], has_earlier=more, has_later=True)
    return Rows(found, has_earlier=after is not None, has_later=more)


def ordered(rows: QuerySet[Entry], sort: str) -> QuerySet[Entry]:
    """The entries in this order."""
    return _from(rows, sort, None, backwards=False)


def count(rows: QuerySet[Entry]) -> int:
    """How many there are, up to one more than are counted."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def place_of(entry: Entry, sort: str) -> Place:
    """Where the entry stands in this order."""
    if sort == Sort.REVIEW_DUE:
        return Place(entry.review_due or LATER, entry.pk)
    return Place(getattr(entry, IN_ORDER[sort][0]), entry.pk)


def _facts(view: View) -> Q:
    wanted = Q(**{name: getattr(view, name) for name in PLAIN if getattr(view, name)})
    if view.departure:
        wanted &= Q(is_departure=view.departure == "yes")
    for name, column in {"setting": "setting", "basis": "lawful_basis"}.items():
        if value := getattr(view, name):
            wanted &= Q(**{column: "" if value == NOT_ASKED else value})
    if view.state:
        wanted &= Q(review_state="" if view.state == NO_REVIEW else view.state)
    if view.marked:
        wanted &= Q(**{MARKED[view.marked]: True})
    if view.team:
        wanted &= Q(team=view.team)
    if view.practitioner:
        wanted &= Q(owner=view.practitioner)
    if view.edition:
        copies = StoredEdition.objects.filter(edition_id=view.edition)
        wanted &= Q(edition__in=list(copies.values_list("pk", flat=True)))
    return wanted


def _days(view: View) -> Q:
    wanted = Q()
    if view.since:
        wanted &= Q(sealed_at__gte=_midnight(view.since))
    if view.until:
        wanted &= Q(sealed_at__lt=_midnight(view.until + timedelta(days=1)))
    return wanted & overdue() if view.overdue else wanted


def overdue() -> Q:
    """Entries whose review, or whose seven questions after acting first, are late."""
    today = clock.today()
    answered = Draft.objects.filter(acted_on=OuterRef("pk"), record__isnull=False)
    return Q(review_due__lt=today, reviewed_at__isnull=True) | (
        Q(follow_up_due__lt=today) & ~Q(Exists(answered))
    )


def _found(person: Person, view: View) -> Q:
    """What was typed, among the marks of the person's own organisations and teams."""
    if not view.is_typed:
        return Q()
    reach = policy.reach_of(person, Action.LIST_TEAM_DECISIONS)
    query: Any = search.of_marks(
        [of_organisation(one) for one in reach.organisations]
        + [of_team(team) for _, team in reach.teams]
    )
    if view.words:
        query &= search.of_words(view.words)
    if view.recipient:
        query &= search.of_recipient(view.recipient)
    return Q(search=query)


def _from(
    rows: QuerySet[Entry], sort: str, place: Place | None, *, backwards: bool
) -> QuerySet[Entry]:
    name, falls = IN_ORDER[sort]
    if name == "due":
        rows = rows.annotate(due=Coalesce("review_due", Value(LATER), output_field=DateField()))
    falls ^= backwards
    if place is not None:
        rows = rows.filter(_beyond(name, place, falls))
    order = [F(name), F("record")]
    return rows.order_by(*(one.desc() if falls else one.asc() for one in order))


def _beyond(name: str, place: Place, falls: bool) -> Q:
    # Said so that an index can begin at the key: (a, b) < (x, y) as a <= x and (a < x or b < y).
    way = "lt" if falls else "gt"
    return Q(**{f"{name}__{way}e": place.key}) & (
        Q(**{f"{name}__{way}": place.key}) | Q(**{f"record__{way}": place.record})
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
