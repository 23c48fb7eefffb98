"""What a person was told and may still know of: the filter for their list, mails and the count."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from decisions.telling.kinds import WORDS, Kind
from decisions.telling.models import Message
from infoshare.people import policy
from infoshare.people.policy import Person, Reach


@dataclass(frozen=True, slots=True)
class Row:
    """One message in words, and where it leads."""

    message: Message

    @property
    def sentence(self) -> str:
        """What happened, without any word of a case."""
        return WORDS[Kind(self.message.kind)].sentence

    @property
    def named(self) -> str:
        """What its reference names, such as "record K7MX-3RQ2-9WTC"; "" where there is none."""
        reference = self.message.reference
        return f"{WORDS[Kind(self.message.kind)].thing} {reference}" if reference else ""

    @property
    def address(self) -> str:
        """The page that it is about."""
        words = WORDS[Kind(self.message.kind)]
        thing = {words.argument: self.message.thing} if words.argument else None
        return reverse(words.leads_to, kwargs=thing)


def known_to(person: Person) -> QuerySet[Message]:
    """Their messages about what they may know of now. Who has left or is closed out has none."""
    # By how far they reach, which is the same for many actions: a shorter statement.
    kinds: dict[Reach, list[Kind]] = defaultdict(list)
    for kind, words in WORDS.items():
        if reach := policy.reach_of(person, words.action):
            kinds[reach].append(kind)
    within = Q(pk__in=[])
    for reach, told in kinds.items():
        within |= Q(kind__in=told) & reach.rows()
    return Message.objects.filter(within, person=person.pk)


def unread(person: Person) -> QuerySet[Message]:
    """Those that they have not marked as read."""
    return known_to(person).filter(read_at__isnull=True)


def waiting(person: Person) -> QuerySet[Message, tuple[int]] | None:
    """A 1 for each message that they have not read; None for those who hold no role."""
    if not policy.memberships(person):
        return None
    return unread(person).annotate(one=Value(1)).values_list("one")
