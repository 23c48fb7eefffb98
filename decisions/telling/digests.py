"""Mails: what a person was told since the last one, each mail at most once.

A digest is made in one transaction: its row, and its number on each of its messages. So a message
stands in one digest only, and a morning has one digest for a person however often its job runs.

Sending cannot be in one transaction with the mail server. So the digest is first marked as being
sent, and that is committed; then it is handed over; then it is marked as sent. A worker that is
killed in between leaves it marked as being sent, and nobody can know whether the server took it:
it is never sent again. Its messages still stand in the person's list, and come once more with
their next digest. A server that says no, or that is not there, has taken nothing: then the mark
goes, and another job tries again.
"""

import smtplib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from decisions.telling.letter import letter
from decisions.telling.listing import unread
from decisions.telling.models import Digest, MailChoice, Message, Rhythm
from infoshare import clock
from infoshare.people.models import User

# Older ones are in the list; a mail that comes late must not begin with last year.
NEWS = timedelta(days=14)
# A digest that could not be sent for so long is not news any more.
TRIED_FOR = timedelta(days=3)
# How long a mail that was handed over may take until nobody waits for the answer.
UNKNOWN_AFTER = timedelta(hours=1)
# What means that the server has not taken the mail.
REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ConnectionRefusedError)


class _Nothing(Exception):
    """There is nothing to mail: no digest either."""


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """The mail server, which is there: else it raises before any digest was touched."""
    connection: BaseEmailBackend = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def mail_at_once(person_id: uuid.UUID) -> int:
    """Mail what this person was not mailed yet, when that is their choice; how many mails."""
    people = User.objects.filter(pk=person_id, is_active=True).select_related("mail_choice")
    person = people.first()
    if person is None:
        return 0
    if rhythm_of(person) == Rhythm.AT_ONCE:
        make(person, Rhythm.AT_ONCE)
    if not _waiting().filter(person=person).exists():
        return 0
    with mail_server() as server:
        return send_waiting(person, server)


def make(person: User, rhythm: Rhythm, morning: datetime | None = None) -> Digest | None:
    """The digest of what the person was told before this morning, if any, and not mailed yet.

    None when there is nothing, and when they have one of this morning.
    """
    try:
        with transaction.atomic():
            day = morning.date() if morning else None
            digest = Digest.objects.create(
                person=person, rhythm=rhythm, day=day, made_at=clock.now()
            )
            if not _take(person, digest, morning or clock.now()):
                raise _Nothing
    except (IntegrityError, _Nothing):
        return None
    return digest


def _take(person: User, digest: Digest, before: datetime) -> int:
    """Put the person's unread news into the digest; how many."""
    now = clock.now()
    lost = Q(digest__sent_at__isnull=True, digest__sending_since__lt=now - UNKNOWN_AFTER)
    news = unread(person).filter(Q(digest__isnull=True) | lost, at__gt=now - NEWS, at__lte=before)
    # Locked, so that of two jobs at once only one has them.
    taken = list(news.select_for_update(of=("self",)).values_list("pk", flat=True))
    return Message.objects.filter(pk__in=taken).update(digest=digest) if taken else 0


def _waiting() -> QuerySet[Digest]:
    """Digests that nobody began to send, and that are still news."""
    return Digest.objects.filter(
        sending_since__isnull=True, made_at__gt=clock.now() - TRIED_FOR
    ).order_by("made_at")


def send_waiting(person: User, server: BaseEmailBackend) -> int:
    """Send the person's digests that nobody began to send; how many. Raises as `send` does."""
    return sum(send(one, person, server) for one in _waiting().filter(person=person))


def send(digest: Digest, person: User, server: BaseEmailBackend) -> bool:
    """Send one digest; False when somebody has begun to, or when nothing is left to say.

    Raises what the mail server raised; one of `REFUSED` leaves the digest to be sent again.
    """
    found = unread(person).filter(digest=digest).order_by("id")
    mail = letter(person, Rhythm(digest.rhythm), list(found))
    this = Digest.objects.filter(pk=digest.pk)
    if not this.filter(sending_since__isnull=True).update(sending_since=clock.now()):
        return False
    if mail is None or rhythm_of(person) == Rhythm.NEVER:
        return False
    mail.connection = server
    try:
        mail.send()
    except REFUSED:
        this.update(sending_since=None)
        raise
    return bool(this.update(sent_at=clock.now()))


def rhythm_of(person: User) -> Rhythm:
    """How often the person wants mail."""
    choice: MailChoice | None = getattr(person, "mail_choice", None)
    return Rhythm(choice.rhythm) if choice else Rhythm.DAILY
