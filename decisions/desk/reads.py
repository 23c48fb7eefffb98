"""Who read which records: the views of an organisation's records, the newest first."""

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from decisions.desk.newest import newest
from decisions.records.models import Event, Record

A_PAGE = 100
ORDER = ("-at", "-id")
VIEWS = Event.objects.filter(kind=Event.VIEWED)
# In the words of the partial indexes `event_viewed` and `event_viewed_by`. An export would bring
# thousands at once; it stands among the exports.
ONE_BY_ONE = VIEWS.filter(~Q(details__has_key="export"))
Number = tuple[datetime, int]
"""A view's place among all: when, and its number."""

_PLACE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reads are narrowed to; what is empty narrows nothing."""

    person: uuid.UUID | None = None
    others_only: bool = False  # leave out whoever read their own record
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """That somebody opened a record, or put it into an export."""

    place: Number
    who: str
    record_id: uuid.UUID
    reference: str
    team: str
    is_own: bool
    by_export: bool  # not opened, but put into an export


@dataclass(frozen=True, slots=True)
class Page:
    """Reads, and the place before which the next page begins; "" on the last one."""

    reads: Sequence[Read]
    older_than: str


def reads_in(organisations: Collection[uuid.UUID], asked: Asked, before: str = "") -> Page:
    """Who opened records of these organisations; a `before` that is no place is taken for none."""
    views = ONE_BY_ONE.filter(_wanted(asked), _older(before))
    if asked.others_only:
        views = views.exclude(actor=F("record__owner"))
    if asked.person:
        here = views.filter(record__organisation__in=organisations)
        return _page(here.order_by(*ORDER)[: A_PAGE + 1])
    return _page(newest(views, *ORDER, most=A_PAGE + 1, organisations=organisations))


def reads_of(record: Record, before: str = "") -> Page:
    """Who read this record, or put it into an export."""
    return _page(VIEWS.filter(_older(before), record=record).order_by(*ORDER)[: A_PAGE + 1])


def _page(views: QuerySet[Event]) -> Page:
    rows = views.values_list(
        *("at", "id", "actor", "actor__name", "record", "record__reference"),
        *("record__team__name", "record__owner", "details__export"),
    )
    found = [
        Read((at, number), name, record, reference, team, actor == owner, bool(export))
        for at, number, actor, name, record, reference, team, owner, export in rows
    ]
    reads = found[:A_PAGE]
    return Page(reads, _written(reads[-1].place) if len(found) > A_PAGE else "")


def _wanted(asked: Asked) -> Q:
    wanted = Q(actor=asked.person) if asked.person else Q()
    if asked.since:
        wanted &= Q(at__gte=_midnight(asked.since))
    if asked.until:
        wanted &= Q(at__lt=_midnight(asked.until + timedelta(days=1)))
    return wanted


def _older(text: str) -> Q:
    found = _PLACE.fullmatch(text)
    if found is None:
        return Q()
    try:
        at = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError:
        return Q()
    # Said so that an index can begin there.
    return Q(at__lte=at) & (Q(at__lt=at) | Q(id__lt=int(found[2])))


def _written(place: Number) -> str:
    at, number = place
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z-{number}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
