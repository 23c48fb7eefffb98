"""What people were told, the mails it went into, and how each person wants them.

No row holds text of a case: a message knows its kind, the id of its thing, and the reference of a
record, which names nobody. These tables serve people and are no evidence: messages are removed
after a year.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from infoshare import clock
from infoshare.people.models import Organisation, Team

A_KIND = 30


class Rhythm(models.TextChoices):
    """How often a person wants mail."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week, on Mondays"
    NEVER = "never", "Never"


class MailChoice(models.Model):
    """How one person wants to be told. Without a row: a mail a day, nothing switched off."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="mail_choice"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    off = models.JSONField(default=list, help_text="Kinds that they are not told")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="mail_choice_rhythm")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}"


class Digest(models.Model):
    """One mail to one person. It is sent at most once; see `digests.send`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests", db_index=False
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    day = models.DateField(null=True, help_text="Of a daily or weekly mail: the day it is for")
    made_at = models.DateTimeField(default=clock.now)
    sending_since = models.DateTimeField(null=True, help_text="It was handed to the mail server")
    sent_at = models.DateTimeField(null=True, help_text="The mail server has taken it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rhythm", "day"], name="digest_once")
        ]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(sending_since__isnull=True), name="digest_unsent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} mail to {self.person_id}"


class Message(models.Model):
    """That a person was told of something: in their list, and perhaps in a mail.

    `owner`, `team` and `organisation` are those of its thing, so that `policy.visible` can say
    whether the person may still know of it.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="told", db_index=False
    )
    kind = models.CharField(max_length=A_KIND)
    thing = models.UUIDField(help_text="The record, draft, protocol or export that it is about")
    reference = models.CharField(max_length=14, help_text="Of a record or an export; else empty")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    once = models.UUIDField(unique=True, help_text="Of person, kind, thing and occasion")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(
        Digest, models.PROTECT, null=True, related_name="told", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="message_by_person"),
            models.Index(
                fields=["person"], condition=Q(read_at__isnull=True), name="message_unread"
            ),
            models.Index(
                fields=["digest"], condition=Q(digest__isnull=False), name="message_by_digest"
            ),
            # Whom the next mails are for, person by person.
            models.Index(
                fields=["person", "at"],
                condition=Q(read_at__isnull=True, digest__isnull=True),
                name="message_unmailed",
            ),
            models.Index(fields=["at"], name="message_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
