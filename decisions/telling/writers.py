"""Tell people, note what they have read, and how they want to be told.

`tell` belongs into the transaction of what it tells of, before its leaf of the ledger. A mail is
a job that is left in the same transaction: no commit, no message and no mail.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from decisions.records.models import Record
from decisions.telling.kinds import WORDS, Kind, can_be_switched_off
from decisions.telling.mailing import want_mail
from decisions.telling.models import MailChoice, Message, Rhythm
from decisions.telling.people import managers
from decisions.telling.thing import Thing, record_thing
from infoshare import clock
from infoshare.people.models import User

SPACE = uuid.UUID("6a1f3c52-6f0c-4c8c-9d0e-0f5f6a3a3b54")


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told what of which thing; `occasion` tells apart what happens to it twice."""

    person_id: uuid.UUID
    kind: Kind
    thing: Thing
    occasion: str = ""

    @property
    def once(self) -> uuid.UUID:
        """The same for the same notice, however often it is given."""
        words = (self.person_id, self.kind, self.thing.id, self.occasion)
        return uuid.uuid5(SPACE, " ".join(map(str, words)))


@transaction.atomic
def tell(*, person: User, kind: Kind, record: Record, occasion: str = "") -> int:
    """Tell this person of a record; 1 when that is new, 0 when they know or do not want it.

    Told once for each `occasion`, such as the id of the event that it is about.
    """
    return tell_all([Notice(person.pk, kind, record_thing(record), occasion)])


@transaction.atomic
def tell_managers(*, kind: Kind, record: Record, occasion: str = "") -> int:
    """Tell the managers of the record's team, but not its practitioner; how many it is new to."""
    thing = record_thing(record)
    return tell_all(
        Notice(person_id, kind, thing, occasion)
        for person_id in managers([record.team_id])[record.team_id]
        if person_id != record.owner_id
    )


@transaction.atomic
def tell_all(notices: Iterable[Notice]) -> int:
    """Give these notices, three statements for them all; how many were new.

    People whose account is closed and kinds that somebody switched off are left out.
    """
    by_key = {one.once: one for one in notices}
    if not by_key:
        return 0
    known = Message.objects.filter(once__in=by_key).values_list("once", flat=True)
    for key in list(known):
        del by_key[key]
    people = {one.person_id for one in by_key.values()}
    wanted = _choices(people) if people else {}
    new = [one for one in by_key.values() if _is_wanted(one, wanted)]
    Message.objects.bulk_create(map(_row, new), ignore_conflicts=True)
    for person_id in sorted({one.person_id for one in new}):
        if wanted[person_id].rhythm == Rhythm.AT_ONCE:
            want_mail(person_id)
    return len(new)


@transaction.atomic
def mark_read(*, person: User, up_to: int, message_id: int | None = None) -> int:
    """Note that the person has read one message, or all up to a number; how many are new."""
    unread = Message.objects.filter(person=person, read_at__isnull=True, pk__lte=up_to)
    chosen = unread if message_id is None else unread.filter(pk=message_id)
    return chosen.update(read_at=clock.now())


@transaction.atomic
def choose(*, person: User, rhythm: Rhythm, off: Collection[Kind]) -> MailChoice:
    """How the person wants to be told from now on.

    Raises `ValueError` for a kind that cannot be switched off.
    """
    if fixed := set(off) - set(can_be_switched_off()):
        raise ValueError(f"cannot be switched off: {', '.join(sorted(fixed))}")
    choice, _ = MailChoice.objects.update_or_create(
        person=person, defaults={"rhythm": rhythm, "off": sorted(off)}
    )
    if rhythm == Rhythm.AT_ONCE:
        want_mail(person.pk)
    return choice


def _choices(people: Collection[uuid.UUID]) -> dict[uuid.UUID, MailChoice]:
    """The choice of each of these people whose account is open."""
    found = User.objects.filter(pk__in=people, is_active=True).select_related("mail_choice")
    return {one.pk: getattr(one, "mail_choice", None) or MailChoice(person=one) for one in found}


def _is_wanted(notice: Notice, choices: dict[uuid.UUID, MailChoice]) -> bool:
    choice = choices.get(notice.person_id)
    return choice is not None and (WORDS[notice.kind].is_critical or notice.kind not in choice.off)


def _row(notice: Notice) -> Message:
    return Message(
        person_id=notice.person_id,
        kind=notice.kind,
        thing=notice.thing.id,
        reference=notice.thing.reference,
        owner_id=notice.thing.owner_id,
        team_id=notice.thing.team_id,
        organisation_id=notice.thing.organisation_id,
        once=notice.once,
        at=clock.now(),
    )
