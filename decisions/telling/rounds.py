"""The round of all people who are due a mail: a batch at a time, so that memory stays flat."""

import logging
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, OuterRef, Q, QuerySet

from decisions.telling import when
from decisions.telling.digests import NEWS, REFUSED, TRIED_FOR, mail_server, make, send_waiting
from decisions.telling.mailing import want_mail
from decisions.telling.models import Digest, Message, Rhythm
from infoshare import clock
from infoshare.jobs.failing import place
from infoshare.people.models import Membership, User

logger = logging.getLogger(__name__)

# As many mails go through one connection; some servers hang up after a hundred.
A_BATCH = 100
KEPT = timedelta(days=365)


def send_digests() -> int:
    """Make and send the mails of this morning and of this Monday that are not sent; how many.

    Doing it again sends nothing twice. Who could not be mailed gets a job of their own.
    """
    now = clock.now()
    mornings = {Rhythm.DAILY: when.latest_morning(now), Rhythm.WEEKLY: when.latest_monday(now)}
    sent = 0
    for rhythm, morning in mornings.items():
        for people in _batches(_without_mail_of(rhythm, morning)):
            for person in people:
                make(person, rhythm, morning)
            sent += _send_all(people)
    return sent + sum(map(_send_all, _batches(_left_over())))


def forget_old() -> int:
    """Remove messages that are older than a year, and mails that are; how many messages."""
    before = clock.now() - KEPT
    removed, _ = Message.objects.filter(at__lt=before).delete()
    Digest.objects.filter(made_at__lt=before, told=None).delete()
    return removed


def _send_all(people: list[User]) -> int:
    """Send what waits for these people, through one connection as long as it holds."""
    sent, rest = 0, iter(people)
    left = len(people)
    while left:
        with mail_server() as server:
            for person in rest:
                left -= 1
                number, is_broken = _send_to(person, server)
                sent += number
                if is_broken:
                    break
    return sent


def _send_to(person: User, server: BaseEmailBackend) -> tuple[int, bool]:
    """How many mails this person got, and whether another connection is needed."""
    try:
        return send_waiting(person, server), False
    except REFUSED:
        want_mail(person.pk)
    except Exception as error:
        # Whatever a backend raises, the others get their mail. What and where, and no address.
        logger.warning("A mail may be lost: %s", place(error))
    return 0, True


def _batches(people: QuerySet[User]) -> Iterator[list[User]]:
    """The people in order of their ids, a batch at a time."""
    held = Membership.objects.filter(ended_at__isnull=True)
    whole = (
        people.filter(Exists(held.filter(user=OuterRef("pk"))), is_active=True)
        .select_related("mail_choice")
        .order_by("pk")
    )
    last = uuid.UUID(int=0)
    while batch := list(whole.filter(pk__gt=last)[:A_BATCH]):
        yield batch
        last = batch[-1].pk


def _without_mail_of(rhythm: Rhythm, morning: datetime) -> QuerySet[User]:
    """People of this rhythm who have news from before this morning and no mail of it."""
    chosen = Q(mail_choice__rhythm=rhythm)
    if rhythm == Rhythm.DAILY:
        chosen |= Q(mail_choice__isnull=True)
    news = Message.objects.filter(
        person=OuterRef("pk"),
        read_at__isnull=True,
        digest__isnull=True,
        at__gt=clock.now() - NEWS,
        at__lte=morning,
    )
    made = Digest.objects.filter(person=OuterRef("pk"), rhythm=rhythm, day=morning.date())
    return User.objects.filter(chosen, Exists(news), ~Exists(made))


def _left_over() -> QuerySet[User]:
    """People with a mail that could not be sent."""
    waiting = Digest.objects.filter(
        person=OuterRef("pk"),
        sending_since__isnull=True,
        made_at__gt=clock.now() - TRIED_FOR,
    )
    return User.objects.filter(Exists(waiting))
