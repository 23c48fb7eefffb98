"""The newest events of an organisation's records, found without reading those of all others."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Func, OuterRef, QuerySet

from decisions.records.models import Event
from infoshare.people.models import Membership, User

FEW = 300


def newest(
    events: QuerySet[Event], *order: str, most: int, organisations: Collection[UUID]
) -> QuerySet[Event]:
    """The newest of these events of people, of records of these organisations, in this order.

    An event does not say whose record it is of. Where an organisation has few people, the newest
    of each of them are put together: whoever opened a record held a role in its organisation, then
    or now, and no membership is ever deleted. Where it has many, it has much of all there is, and
    going back through all that happened soon finds so many.
    """
    here = events.filter(record__organisation__in=organisations)
    held = Membership.objects.filter(organisation__in=organisations).values("user").distinct()
    if held[: FEW + 1].count() <= FEW:
        each = here.filter(actor=OuterRef("pk")).order_by(*order).values("pk")[:most]
        people = User.objects.filter(pk__in=held)
        here = Event.objects.filter(pk__in=people.values_list(_Each(ArraySubquery(each))))
    # By themselves first: what is shown beside them is then read for a page and no more.
    numbers = list(here.order_by(*order).values_list("pk", flat=True)[:most])
    return Event.objects.filter(pk__in=numbers).order_by(*order)


class _Each(Func):
    """A row for each element of an array."""

    function = "unnest"
    output_field = BigIntegerField()
    set_returning = True
