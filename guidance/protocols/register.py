"""What an organisation's register says now: lists, search, what is due. Reads only."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from guidance.protocols import parties
from guidance.protocols.models import ProtocolVersion
from guidance.protocols.standing import Dates, Standing, is_due, stands
from guidance.protocols.terms import AGREEING, ENDED, IN_FORCE
from infoshare import clock
from infoshare.people import policy
from infoshare.people.policy import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One protocol as its newest version has it."""

    version: ProtocolVersion
    standing: Standing
    is_due: bool

    @property
    def id(self) -> uuid.UUID:
        """The protocol's id."""
        return self.version.protocol_id

    @property
    def due_since(self) -> date:
        """Since when it has been due, when it is: its review or its last day, what came first."""
        last = self.version.expires_on
        if last is None or self.standing is not Standing.EXPIRED:
            return self.version.review_on
        return min(self.version.review_on, last)

    @property
    def parties(self) -> list[parties.Party]:
        """Its parties, in the order typed."""
        return parties.read(self.version.parties)


def newest() -> QuerySet[ProtocolVersion]:
    """The newest version of every protocol."""
    highest = ProtocolVersion.objects.filter(protocol=OuterRef("protocol")).order_by("-number")
    return ProtocolVersion.objects.filter(pk=Subquery(highest.values("pk")[:1]))


def register(organisations: Collection[uuid.UUID]) -> QuerySet[ProtocolVersion]:
    """The newest versions of these organisations' protocols, by title, with what they need."""
    return (
        newest()
        .filter(protocol__organisation__in=organisations)
        .select_related("protocol__organisation", "owner", "document")
        .annotate(is_superseded=_is_superseded())
        .order_by("protocol__organisation__name", "title", "pk")
    )


def holding(organisations: Collection[uuid.UUID]) -> QuerySet[ProtocolVersion]:
    """Those that are in force today: begun, not past their last day, not superseded."""
    today = clock.today()
    return register(organisations).filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        ~_is_superseded(),
        status=IN_FORCE,
    )


def _is_superseded() -> Exists:
    """Whether a protocol that has begun takes the place of the row's."""
    successor = newest().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=clock.today()),
        supersedes=OuterRef("protocol"),
        status=IN_FORCE,
    )
    return Exists(successor)


def readable(person: Person) -> QuerySet[ProtocolVersion]:
    """The register of every organisation in which this person may read it."""
    return register(policy.reach_of(person, policy.Action.READ_PROTOCOLS).organisations)


def entry(version: ProtocolVersion, today: date | None = None) -> Entry:
    """A version of `register` with how it stands."""
    said = Dates(
        status=version.status,
        starts_on=version.starts_on,
        review_on=version.review_on,
        expires_on=version.expires_on,
        is_superseded=getattr(version, "is_superseded", False),
    )
    day = today or clock.today()
    return Entry(version, stands(said, day), is_due(said, day))


def found(person: Person, words: str) -> QuerySet[ProtocolVersion]:
    """Those that have every one of these words in title, reference, parties or purposes.

    Nothing in the words is an operator: what people look for is a part of a name.
    """
    text = Concat(
        F("title"),
        Value("\n"),
        F("reference"),
        Value("\n"),
        F("parties"),
        Value("\n"),
        F("purposes"),
        output_field=TextField(),
    )
    rows = readable(person).annotate(words=text)
    for word in words.split():
        rows = rows.filter(words__icontains=word.strip("\"“”'‘’") or word)
    return rows


def _may_be_due(organisations: Collection[uuid.UUID], today: date) -> QuerySet[ProtocolVersion]:
    come = Q(review_on__lte=today) | Q(expires_on__lt=today)
    return register(organisations).filter(come).exclude(status=ENDED)


def due_for(person: Person) -> list[Entry]:
    """What this person should review: what they look after, and for a lead everything.

    One statement; none for somebody who may read no register.
    """
    led = policy.reach_of(person, policy.Action.EDIT_PROTOCOLS).organisations
    reach = policy.reach_of(person, policy.Action.READ_PROTOCOLS).organisations
    if not reach:
        return []
    today = clock.today()
    own = Q(owner=person.pk) | Q(protocol__organisation__in=led)
    rows = _may_be_due(reach, today).filter(own)
    entries = [entry(one, today) for one in rows.order_by("review_on", "title")]
    return [one for one in entries if one.is_due]


def due_everywhere() -> QuerySet[ProtocolVersion]:
    """What somebody should review in any organisation, as `is_due` has it."""
    today = clock.today()
    expired = Q(expires_on__lt=today) & ~Q(status=AGREEING)
    rows = newest().filter(Q(review_on__lte=today) | expired, ~_is_superseded())
    return rows.exclude(status=ENDED).select_related("protocol").order_by("pk")


def due_protocols(person: Person) -> QuerySet[ProtocolVersion]:
    """Those of `due_for`, without what a list needs."""
    led = policy.reach_of(person, policy.Action.EDIT_PROTOCOLS).organisations
    reach = policy.reach_of(person, policy.Action.READ_PROTOCOLS).organisations
    own = Q(owner=person.pk) | Q(protocol__organisation__in=led)
    return due_everywhere().filter(own, protocol__organisation__in=reach)


def waiting(person: Person) -> QuerySet[ProtocolVersion, tuple[int]] | None:
    """A 1 for each that waits for this lead; None for anyone else."""
    led = policy.reach_of(person, policy.Action.EDIT_PROTOCOLS).organisations
    if not led:
        return None
    rows = _may_be_due(led, clock.today()).filter(~_is_superseded())
    return rows.order_by().annotate(one=Value(1)).values_list("one")
