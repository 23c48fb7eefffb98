"""What an organisation says of its own. A row is one version: rows are added, never changed."""

import re
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from infoshare import clock
from infoshare.people.models import Organisation

LONGEST_PROCEDURE = 5_000
MOST_KEPT = 100


class Version(models.Model):
    """One version of something that an organisation says, with who wrote it and when."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="1 for the first version, then 2, 3, ...")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def owner_id(self) -> None:
        """Nobody's own: it is the organisation's."""

    @property
    def team_id(self) -> None:
        """No team's: it is the organisation's."""


class Procedure(Version):
    """One version of the organisation's own procedure for a question, or for it in one setting.

    It holds from its date until the date of another version; of two with one date, the later
    number holds. An empty text says that there is none from that date on.
    """

    question = models.CharField(max_length=60, help_text="A gate or a step of an edition")
    setting = models.CharField(max_length=60, blank=True, help_text="Empty: in every setting")
    text = models.TextField(blank=True)
    in_force_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "question", "setting", "number"],
                name="procedure_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.setting} version {self.number}"


class Entry(Version):
    """One version of an entry in a list of the organisation's. The newest is the entry."""

    WORDS: ClassVar[tuple[str, ...]]  # what its lead writes
    SAME: ClassVar[tuple[str, ...]]  # what no two entries of one list may have alike
    entry = models.UUIDField(default=uuid.uuid4, editable=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        abstract = True


class ContactKind(models.TextChoices):
    """What somebody can be rung about, in the order in which the lists show it."""

    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    OUT_OF_HOURS = "out-of-hours", "Out of hours"
    CALDICOTT = "caldicott", "Caldicott Guardian"
    PROTECTION = "data-protection", "Data protection officer"
    BREACH = "breach", "Information that went to the wrong place"
    OTHER = "other", "Other advice"


class Contact(Entry):
    """A role that practitioners can ring, and how to reach it."""

    WORDS = ("kind", "role", "phone", "email", "place", "hours")
    SAME = ("kind", "role", "phone", "email", "place")
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    role = models.CharField(max_length=200)
    phone = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=254, blank=True)
    place = models.CharField(max_length=500, blank=True, help_text="Another way to reach them")
    hours = models.CharField(max_length=200, blank=True, help_text="When they can be reached")

    class Meta:
        indexes = [models.Index(fields=["organisation", "entry", "-number"], name="contact_newest")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="contact_version_once"),
            models.CheckConstraint(
                condition=~Q(phone="", email="", place=""), name="contact_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def dial(self) -> str:
        """The number as a telephone dials it; "" for an extension alone."""
        main = re.split(r"(?i)e?x", self.phone)[0]
        plus = "+" if main.strip().startswith("+") else ""
        return plus + "".join(re.findall(r"\d", main.replace("(0)", "") if plus else main))

    @property
    def mail_to(self) -> str:
        """The address as a link may hold it: nothing of it is read as a subject or a copy."""
        return self.email.replace("%", "%25").replace("?", "%3F")


class Unit(models.TextChoices):
    """What the length of time is counted in."""

    YEARS = "years", "Years"
    MONTHS = "months", "Months"


class CountedFrom(models.TextChoices):
    """The day from which the time is counted."""

    SEALED = "sealed", "The day the record was sealed"
    LAST_ADDED = "last-added", "The day something was last added to the record"
    OTHER = "other", "Another day"


class RetentionClass(Entry):
    """How long the organisation keeps records of one kind. Nothing is disposed of by it yet."""

    WORDS = ("name", "length", "unit", "counted_from", "counted_words", "authority", "note")
    SAME = ("name",)
    name = models.CharField(max_length=200)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Unit.choices)
    counted_from = models.CharField(max_length=20, choices=CountedFrom.choices)
    counted_words = models.CharField(max_length=200, blank=True, help_text="Which other day")
    authority = models.CharField(max_length=500, help_text="On whose authority, by which policy")
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "entry", "-number"], name="retention_newest")
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="retention_version_once"),
            models.CheckConstraint(
                condition=Q(length__gte=1, length__lte=MOST_KEPT), name="retention_length"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def how_long(self) -> str:
        """The length of time in words."""
        unit = self.unit if self.length != 1 else self.unit.removesuffix("s")
        return f"{self.length} {unit}"

    @property
    def from_when(self) -> str:
        """The day from which it is counted, in words."""
        return self.counted_words or str(self.get_counted_from_display())
